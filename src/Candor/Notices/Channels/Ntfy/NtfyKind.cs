using Candor.Journal;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Ntfy;

/// <summary>A topic of ntfy, at ntfy.sh or at a server of one's own. Source: https://docs.ntfy.sh/publish/#publish-as-json</summary>
internal sealed class NtfyKind : IChannelKind
{
    public string Name => "ntfy";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(5), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(15),
        Nominal = 50,
    };

    public bool NeedsSettings => false;

    public (string? Address, Refusal? Refusal) ReadAddress(string text)
    {
        text = text.Trim();
        var (address, refusal) = HookAddress.Read(text.Contains("://", StringComparison.Ordinal) ? text : $"https://ntfy.sh/{text}", "ntfy");
        return address is null || NtfyTopic.Of(address) is { }
            ? (address, refusal)
            : (null, new("no_address", "This is no topic of ntfy; write its name, or its address such as https://ntfy.example.com/status.", "address"));
    }

    public string DestinationOf(string address) => new Uri(address).Authority;

    public bool IsForMany(string destination) => destination == "ntfy.sh";

    public IChannel Open(ChannelSettings settings, ChannelTools tools) => new HttpChannel(
        new(tools, Timing.SendWithin),
        static message => JsonRequest.Post(message, NtfyTopic.Of(message.Address)!.Value.Server, NtfyBody.Of(message)),
        static answer => answer.Read());
}
