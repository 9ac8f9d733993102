using Candor.Effects;
using Candor.Journal;

namespace Candor.Notices.Channels.Webhook;

/// <summary>Posts to an address of the subscriber's, in Statuspage's shape and ours, signed.</summary>
internal sealed class WebhookKind : IChannelKind
{
    public const string Channel = "webhook";

    public string Name => Channel;

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(10),
        WorkersMost = 1_000,
        Nominal = 1_000,
    };

    public bool NeedsSettings => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text) => WebAddress.Read(text.Trim(), out var fault) is { } uri
        ? (uri.AbsoluteUri, null)
        : (null, new("no_address", $"The webhook's address cannot be used: {fault}.", "address"));

    public string DestinationOf(string address) => new Uri(address).Authority;

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new WebhookChannel(tools, Timing);
}
