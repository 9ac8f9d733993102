using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Slack;

/// <summary>
/// Slack's incoming webhooks, and whatever takes the same (Mattermost, Rocket.Chat). Source:
/// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
/// </summary>
internal sealed class SlackKind : IChannelKind
{
    public string Name => "slack";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(15),
        Nominal = 20, // Slack lets each webhook have one a second
    };

    public bool NeedsSettings => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text) => HookAddress.Read(text, "Slack");

    public string DestinationOf(string address) => new Uri(address).Authority;

    public bool IsForMany(string destination) => destination is "hooks.slack.com" or "hooks.slack-gov.com";

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new HttpChannel(
        new(tools, Timing.SendWithin),
        static message => JsonRequest.Post(message, message.Address, SlackBody.Of(message)),
        Read);

    // 403 is an archived conversation or one where nobody may post; it comes back when its owners want it to. 404 and 410
    // are a webhook that was taken away.
    internal static Handover Read(HttpAnswer answer) => answer.ReadWithGone(404, 410);
}
