using System.Text.Json.Serialization;

namespace Candor.Probing.Heartbeat;

/// <summary>What was last heard of one job, by the wall clock: the stored form.</summary>
internal sealed record HeartbeatState(DateTimeOffset? OkAt, DateTimeOffset? StartedAt, DateTimeOffset? FailedAt, int? ExitCode)
{
    public static readonly HeartbeatState Nothing = new(null, null, null, null);
}

/// <summary>The file: every job's state, and until when this installation could hear.</summary>
internal sealed record HeartbeatFile(DateTimeOffset HeardUntil, SortedDictionary<string, HeartbeatState> Monitors);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HeartbeatFile))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
