using Candor.Journal;

namespace Candor.Notices.Channels.WebPush;

/// <summary>Notifications of a browser, by the service of whoever made it (RFC 8030). The key to send with is this installation's own.</summary>
internal sealed class WebPushKind : IChannelKind
{
    /// <summary>Services that answer for everybody who uses their browser.</summary>
    private static readonly string[] Services =
        ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "notify.windows.com"];

    public string Name => "webpush";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(15),
        Nominal = 200,
    };

    public (string? Address, Refusal? Refusal) ReadAddress(string text) =>
        WebPushAddress.Read(text, out var fault) is { } address
            ? (address.ToString(), null)
            : (null, new("no_address", $"This browser's address cannot be used: {fault}.", "address"));

    public string DestinationOf(string address) => new Uri(address[..address.IndexOf('#', StringComparison.Ordinal)]).Authority;

    public bool IsForMany(string destination) => IsService(destination);

    public static bool IsService(string destination) => Services.Any(service =>
        destination == service || destination.EndsWith("." + service, StringComparison.OrdinalIgnoreCase));

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new WebPushChannel(
        WebPushSender.Read(settings["key"] ?? "", settings["contact"]), tools, Timing);
}
