using System.Globalization;
using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Telegram;

/// <summary>A bot of the owner's writes into a chat. Source: https://core.telegram.org/bots/api#sendmessage</summary>
internal sealed class TelegramKind : IChannelKind
{
    public const string Server = "https://api.telegram.org";

    public string Name => "telegram";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(15),
        Nominal = 25, // Telegram: about thirty a second for one bot
    };

    public bool IsOpenToReaders => false;

    public bool ConnectsToAddresses => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text)
    {
        text = text.Trim();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id != 0
            ? (id.ToString(CultureInfo.InvariantCulture), null)
            : text is ['@', .. { Length: >= 4 and <= 64 } name] && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
                ? (text.ToLowerInvariant(), null)
                : (null, new(
                    "no_address",
                    "This is no chat of Telegram's; write the chat's number, such as -1001234567890, or the name of a public channel, such as @example_status.",
                    "address"));
    }

    /// <summary>One bot, one server: what it may send is counted for all chats together.</summary>
    public string DestinationOf(string address) => "telegram";

    public IChannel Open(ChannelSettings settings, ChannelTools tools)
    {
        var address = $"{(settings["server"] ?? Server).TrimEnd('/')}/bot{settings["token"]}/sendMessage";
        return new HttpChannel(
            new(tools, Timing.SendWithin) { ReadsBodies = true },
            message => JsonRequest.Post(message, address, TelegramBody.Of(message)),
            TelegramAnswers.Read);
    }
}
