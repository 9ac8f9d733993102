using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Tcp;

/// <summary><c>{ tcp: host:port, send: "PING\r\n", expect: { text: PONG, within: 1s } }</c></summary>
internal sealed record TcpCheck(string Address) : ICheckOptions
{
    [JsonIgnore]
    public string Target => Address;

    /// <summary>What to say after connecting.</summary>
    public string? Send { get; init; }

    /// <summary>What the answer must contain.</summary>
    public string? Text { get; init; }

    public TimeSpan? Within { get; init; }

    public static TcpCheck? Read(Entry monitor, Faults faults)
    {
        var expect = monitor.Map("expect", faults);
        var check = new TcpCheck("")
        {
            Send = monitor.Value<string?>("send", Bytes, null, faults),
            Text = expect?.Value<string?>("text", Texts.LinesUpTo(1_000)!, null, faults),
            Within = Probing.Within.Read(expect, faults),
        };
        return monitor.Required<HostPort>("tcp", HostPort.Read!, faults, out var at) ? check with { Address = at.ToString() } : null;
    }

    // Line ends and tabs are wanted here; everything is sent as it is written.
    private static string? Bytes(string text, out string? value)
    {
        value = text;
        return text.Length is 0 or > 4_096 ? "write a text of up to 4096 characters" : null;
    }
}
