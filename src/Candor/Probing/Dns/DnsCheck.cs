using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Effects.Dns;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Dns;

/// <summary><c>{ dns: example.com, type: MX, server: 9.9.9.9, expect: { answers: [10 mx.example.com], within: 1s } }</c></summary>
internal sealed record DnsCheck(string Name) : ICheckOptions
{
    private static readonly (string, DnsType)[] Types = [.. Enum.GetValues<DnsType>().Select(t => (t.ToString(), t))];

    [JsonIgnore]
    public string Target => $"{Type} {Name}";

    public DnsType Type { get; init; }

    /// <summary>Who is asked, as host:port; this machine's resolvers where absent.</summary>
    public string? Server { get; init; }

    /// <summary>Answers that must be there, in any order, as in a zone file.</summary>
    public ImmutableArray<string> Answers { get; init; }

    public TimeSpan? Within { get; init; }

    public static DnsCheck? Read(Entry monitor, Faults faults)
    {
        var expect = monitor.Map("expect", faults);
        var check = new DnsCheck("")
        {
            Type = monitor.Value("type", Words.Of(Types), DnsType.A, faults),
            Server = monitor.Value<HostPort?>("server", HostPort.Or(53)!, null, faults)?.ToString(),
            Answers = expect?.List("answers", Texts.UpTo(1_000), faults) is { Count: > 0 } answers ? [.. answers] : default,
            Within = Probing.Within.Read(expect, faults),
        };
        return monitor.Required<string>("dns", HostNames.Read!, faults, out var name) ? check with { Name = name.TrimEnd('.') } : null;
    }
}
