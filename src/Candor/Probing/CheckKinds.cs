using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.State;

namespace Candor.Probing;

/// <summary>Every kind of check there is. A new one is a folder and a line here.</summary>
internal static class CheckKinds
{
    public static readonly ImmutableArray<ICheckKind> All =
    [
        new CheckKind<Http.HttpCheck>("http", Http.HttpCheck.Read, static () => CheckJson.Default.HttpCheck, Http.HttpProbe.Open),
        new CheckKind<WriteRead.WriteReadCheck>(
            "write_read", WriteRead.WriteReadCheck.Read, static () => CheckJson.Default.WriteReadCheck, WriteRead.WriteReadProbe.Open),
        new CheckKind<Tcp.TcpCheck>("tcp", Tcp.TcpCheck.Read, static () => CheckJson.Default.TcpCheck, Tcp.TcpProbe.Open),
        new CheckKind<Tls.TlsCheck>("tls", Tls.TlsCheck.Read, static () => CheckJson.Default.TlsCheck, Tls.TlsProbe.Open),
        new CheckKind<Dns.DnsCheck>("dns", Dns.DnsCheck.Read, static () => CheckJson.Default.DnsCheck, Dns.DnsProbe.Open),
        new CheckKind<Icmp.IcmpCheck>("icmp", Icmp.IcmpCheck.Read, static () => CheckJson.Default.IcmpCheck, Icmp.IcmpProbe.Open),
        new CheckKind<Smtp.SmtpCheck>("smtp", Smtp.SmtpCheck.Read, static () => CheckJson.Default.SmtpCheck, Smtp.SmtpProbe.Open),
        new CheckKind<Heartbeat.HeartbeatCheck>(
            "heartbeat", Heartbeat.HeartbeatCheck.Read, static () => CheckJson.Default.HeartbeatCheck, Heartbeat.HeartbeatProbe.Open),
        new CheckKind<Alert.AlertCheck>("alert", Alert.AlertCheck.Read, static () => CheckJson.Default.AlertCheck, Alert.AlertProbe.Open) { JudgesItself = true },
        new CheckKind<Command.CommandCheck>(
            "command", Command.CommandCheck.Read, static () => CheckJson.Default.CommandCheck, Command.CommandProbe.Open),
        new CheckKind<RabbitMq.RabbitMqCheck>(
            "rabbitmq", RabbitMq.RabbitMqCheck.Read, static () => CheckJson.Default.RabbitMqCheck, RabbitMq.RabbitMqProbe.Open),
        new CheckKind<Postgres.PostgresCheck>(
            "postgres", Postgres.PostgresCheck.Read, static () => CheckJson.Default.PostgresCheck, Postgres.PostgresProbe.Open),
        new CheckKind<Self.SelfCheck>("self", Self.SelfCheck.Read, static () => CheckJson.Default.SelfCheck, Self.SelfProbe.Open),
    ];

    private static readonly FrozenDictionary<string, ICheckKind> ByKey = All.ToFrozenDictionary(k => k.Key);

    /// <summary>A probe for a check. A kind or options that this build does not know become a probe that says so.</summary>
    public static IProbe Open(Check check, ProbeTools tools)
    {
        if (!ByKey.TryGetValue(check.Kind, out var kind))
        {
            return new UnknownProbe($"this version of Candor has no “{check.Kind}” check");
        }

        try
        {
            return kind.Open(check.Options, tools);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or NotSupportedException)
        {
            return new UnknownProbe($"this version of Candor cannot read the options of this “{check.Kind}” check");
        }
    }

    /// <summary>The names of the secrets that a check needs; none for a check that cannot be read.</summary>
    public static IReadOnlyList<string> SecretsOf(Check check)
    {
        try
        {
            return ByKey.TryGetValue(check.Kind, out var kind) ? [.. kind.SecretsOf(check.Options)] : [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    /// <summary>Not being able to look is a fault of ours, so it reads as none and is seen as unknown.</summary>
    private sealed class UnknownProbe(string reason) : IProbe
    {
        public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) => new(Finding.None(reason));
    }
}
