using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.PagerDuty;

/// <summary>
/// PagerDuty's events. An incident triggers and resolves one alert, however many updates there are; planned work is a change,
/// which wakes nobody. Source: https://developer.pagerduty.com/docs/events-api-v2-overview
/// </summary>
internal sealed class PagerDutyKind : IChannelKind
{
    public const string Server = "https://events.pagerduty.com";

    private static readonly TimeSpan OneEventWithin = TimeSpan.FromSeconds(15);

    public string Name => "pagerduty";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = 3 * OneEventWithin,
        Nominal = 20,
    };

    public bool NeedsSettings => false;

    public bool IsOpenToReaders => false;

    public bool ConnectsToAddresses => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text)
    {
        var key = text.Trim();
        return key.Length == 32 && key.All(char.IsAsciiLetterOrDigit)
            ? (key, null)
            : (null, new("no_address", "This is no integration key; take the 32 characters of an Events API v2 integration of the service.", "address"));
    }

    public string DestinationOf(string address) => "pagerduty";

    public IChannel Open(ChannelSettings settings, ChannelTools tools)
    {
        var server = (settings["server"] ?? Server).TrimEnd('/');
        return new PagerDutyChannel(new(tools, OneEventWithin), server);
    }
}
