using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Tls;

/// <summary><c>{ tls: host:port, name: example.com, warn: 14d, verify: true, expect: { within: 1s } }</c></summary>
internal sealed record TlsCheck(string Address) : ICheckOptions
{
    private const int WarnDaysDefault = 14;

    [JsonIgnore]
    public string Target => Address;

    /// <summary>The name that the certificate must carry, where it is not the host.</summary>
    public string? Name { get; init; }

    /// <summary>Slow when fewer days are left.</summary>
    public int WarnDays { get; init; }

    public bool SkipVerify { get; init; }

    public TimeSpan? Within { get; init; }

    public static TlsCheck? Read(Entry monitor, Faults faults)
    {
        var check = new TlsCheck("")
        {
            Name = monitor.Value<string?>("name", HostNames.Read!, null, faults),
            WarnDays = monitor.Value("warn", Http.HttpCheck.Days, WarnDaysDefault, faults),
            SkipVerify = !monitor.Value("verify", Booleans.Read, true, faults),
            Within = Probing.Within.Read(monitor.Map("expect", faults), faults),
        };
        return monitor.Required<HostPort>("tls", HostPort.Or(443)!, faults, out var at) ? check with { Address = at.ToString() } : null;
    }
}
