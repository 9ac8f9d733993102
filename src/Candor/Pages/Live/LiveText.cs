using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Candor.Pages.Live;

/// <summary>Messages in the form of the event stream.</summary>
internal static class LiveText
{
    /// <summary>A comment: proxies see that the stream lives, scripts see nothing.</summary>
    public static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    public static byte[] Of(string id, LiveChanged changed) => Of($"id: {id}\n", "changed", changed, LiveJson.Default.LiveChanged);

    public static byte[] Of(LiveVerified verified) => Of("", "verified", verified, LiveJson.Default.LiveVerified);

    /// <summary>The first message: how soon to come back when the stream breaks, and what was missed if anything was.</summary>
    public static byte[] Greeting(string id, LiveChanged? missed)
    {
        var hello = Encoding.UTF8.GetBytes($"retry: 3000\nid: {id}\nevent: hello\ndata: {{}}\n\n");
        return missed is null ? hello : [.. hello, .. Of(id, missed)];
    }

    private static byte[] Of<T>(string id, string name, T body, JsonTypeInfo<T> type) =>
    [
        .. Encoding.UTF8.GetBytes($"{id}event: {name}\ndata: "),
        .. JsonSerializer.SerializeToUtf8Bytes(body, type),
        (byte)'\n', (byte)'\n',
    ];
}
