using System.Net.Http.Headers;
using System.Text;
using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Sms;

/// <summary>
/// Text messages by Twilio, or by whoever takes the same request. Each one costs, and a phone that rings twice at night is a
/// fault of its own: what may have arrived is held for two minutes and sent again only where it is still so. Source:
/// https://www.twilio.com/docs/messaging/api/message-resource
/// </summary>
internal sealed class SmsKind : IChannelKind
{
    public const string Server = "https://api.twilio.com";

    public string Name => "sms";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromMinutes(30))
    {
        HoldAmbiguous = TimeSpan.FromMinutes(2),
        SendWithin = TimeSpan.FromSeconds(30),
        WorkersMost = 32,
        Nominal = 20,
    };

    public bool IsOpenToReaders => false;

    public bool ConnectsToAddresses => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text)
    {
        var number = new string([.. text.Where(static c => c is not (' ' or '-' or '.' or '(' or ')' or '/'))]);
        return number is ['+', >= '1' and <= '9', .. { Length: >= 6 and <= 13 } rest] && rest.All(char.IsAsciiDigit)
            ? (number, null)
            : (null, new("no_address", "This is no telephone number; write it with the country in front, such as +49 151 23456789.", "address"));
    }

    public string DestinationOf(string address) => "sms";

    public IChannel Open(ChannelSettings settings, ChannelTools tools)
    {
        var account = settings["account"] ?? "";
        var address = $"{(settings["server"] ?? Server).TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Messages.json";
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{settings["token"]}"));
        var from = settings["from"] ?? "";
        return new HttpChannel(
            new(tools, Timing.SendWithin) { ReadsBodies = true },
            message =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(SmsForm.Of(message, from)) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
                return request;
            },
            SmsAnswers.Read);
    }
}
