using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Discord;

/// <summary>Discord's webhooks. Source: https://docs.discord.com/developers/resources/webhook#execute-webhook</summary>
internal sealed class DiscordKind : IChannelKind
{
    public string Name => "discord";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(15),
        Nominal = 30, // Discord: fifty a second from one place over all webhooks
    };

    public bool NeedsSettings => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text) => HookAddress.Read(text, "Discord");

    public string DestinationOf(string address) => new Uri(address).Authority;

    public bool IsForMany(string destination) =>
        destination is "discord.com" or "discordapp.com" || destination.EndsWith(".discord.com", StringComparison.Ordinal);

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new HttpChannel(
        new(tools, Timing.SendWithin),
        static message => JsonRequest.Post(message, message.Address, DiscordBody.Of(message)),
        Read);

    // Discord asks senders to stop for good where it says that there is no such webhook: many 404 block the sender.
    internal static Handover Read(HttpAnswer answer) => answer.ReadWithGone(404, 410);
}
