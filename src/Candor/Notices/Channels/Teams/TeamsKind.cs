using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Teams;

/// <summary>
/// Microsoft Teams, by a workflow "when a Teams webhook request is received". Source:
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
/// </summary>
internal sealed class TeamsKind : IChannelKind
{
    /// <summary>Where Microsoft keeps the workflows of all its customers, and the connectors from before.</summary>
    private static readonly string[] Hosts = [".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com"];

    public string Name => "teams";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(30),
        Nominal = 20,
    };

    public bool NeedsSettings => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text) => HookAddress.Read(text, "Teams");

    public string DestinationOf(string address) => new Uri(address).Authority;

    public bool IsForMany(string destination) => Hosts.Any(host => destination.EndsWith(host, StringComparison.Ordinal));

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new HttpChannel(
        new(tools, Timing.SendWithin),
        static message => JsonRequest.Post(message, message.Address, TeamsBody.Of(message)),
        Read);

    // A workflow that was deleted answers 404 or 410; one that is switched off answers 400, and can be switched on again.
    internal static Handover Read(HttpAnswer answer) => answer.ReadWithGone(404, 410);
}
