using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Smtp;

/// <summary><c>{ smtp: mx.example.com:25, starttls: required, warn: 14d, expect: { within: 5s } }</c></summary>
internal sealed record SmtpCheck(string Address) : ICheckOptions
{
    [JsonIgnore]
    public string Target => Address;

    public StartTls StartTls { get; init; }

    /// <summary>The name that the certificate must carry, where it is not the host.</summary>
    public string? Name { get; init; }

    public int? WarnDays { get; init; }

    public TimeSpan? Within { get; init; }

    public static SmtpCheck? Read(Entry monitor, Faults faults)
    {
        var check = new SmtpCheck("")
        {
            StartTls = monitor.Value(
                "starttls",
                Words.Of(("offered", StartTls.Offered), ("required", StartTls.Required), ("off", StartTls.Off)),
                StartTls.Offered,
                faults),
            Name = monitor.Value<string?>("name", HostNames.Read!, null, faults),
            WarnDays = monitor.Find("warn") is { } warn && warn.Read<int>(Http.HttpCheck.Days, faults, out var days) ? days : null,
            Within = Probing.Within.Read(monitor.Map("expect", faults), faults),
        };
        return monitor.Required<HostPort>("smtp", HostPort.Or(25)!, faults, out var at) ? check with { Address = at.ToString() } : null;
    }
}

internal enum StartTls
{
    /// <summary>Used where the server offers it, without judging the certificate: most servers talk to each other so.</summary>
    Offered,

    /// <summary>It must be offered, and the certificate must be right.</summary>
    Required,

    Off,
}
