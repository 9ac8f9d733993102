using System.Text.Json.Serialization;

namespace Candor.Probing;

/// <summary>The stored form of each kind's options. It is in journals for ever: add members, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(Http.HttpCheck))]
[JsonSerializable(typeof(WriteRead.WriteReadCheck))]
[JsonSerializable(typeof(Tcp.TcpCheck))]
[JsonSerializable(typeof(Tls.TlsCheck))]
[JsonSerializable(typeof(Dns.DnsCheck))]
[JsonSerializable(typeof(Icmp.IcmpCheck))]
[JsonSerializable(typeof(Smtp.SmtpCheck))]
[JsonSerializable(typeof(Heartbeat.HeartbeatCheck))]
[JsonSerializable(typeof(Alert.AlertCheck))]
[JsonSerializable(typeof(Command.CommandCheck))]
[JsonSerializable(typeof(RabbitMq.RabbitMqCheck))]
[JsonSerializable(typeof(Postgres.PostgresCheck))]
[JsonSerializable(typeof(Self.SelfCheck))]
internal sealed partial class CheckJson : JsonSerializerContext;
