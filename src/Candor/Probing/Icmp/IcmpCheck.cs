using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Icmp;

/// <summary><c>{ icmp: host, packets: 3, expect: { within: 100ms } }</c></summary>
internal sealed record IcmpCheck(string Host) : ICheckOptions
{
    private const int PacketsDefault = 3;

    [JsonIgnore]
    public string Target => Host;

    /// <summary>How many echoes may be sent before the host counts as silent; one answer is enough.</summary>
    public int Packets { get; init; }

    public TimeSpan? Within { get; init; }

    public static IcmpCheck? Read(Entry monitor, Faults faults)
    {
        var check = new IcmpCheck("")
        {
            Packets = monitor.Value("packets", Numbers.Between(1, 10), PacketsDefault, faults),
            Within = Probing.Within.Read(monitor.Map("expect", faults), faults),
        };
        return monitor.Required<string>("icmp", HostNames.Read!, faults, out var host) ? check with { Host = host } : null;
    }
}
