using System.Text.Json.Serialization;

namespace Candor.Agents;

/// <summary>Lets an agent in: <c>POST /api/places</c>.</summary>
internal sealed record PlaceBody
{
    public string? Name { get; init; }

    /// <summary>It may look into the networks of <c>egress.allow</c>.</summary>
    public bool PrivateNetworks { get; init; }

    /// <summary>The only monitors that it is given; none: all that are to be looked at from there.</summary>
    public IReadOnlyList<string> Monitors { get; init => field = value ?? []; } = [];
}

/// <param name="Code">Shown once. Good for one agent, until then.</param>
internal sealed record PlaceCodeView(string Name, string Code, DateTimeOffset ExpiresAt);

/// <summary><c>GET /api/places</c>.</summary>
internal sealed record PlaceList(IReadOnlyList<PlaceRow> Places, IReadOnlyList<PlacedMonitor> Monitors);

/// <summary>A place, by the settings, by its agent and by the judge.</summary>
/// <param name="Agent">none, invited, in or revoked; built_in for this installation itself.</param>
/// <param name="Configured">The settings name it, so that its vote counts.</param>
/// <param name="Status">live, suspect or blind: whether it sees.</param>
internal sealed record PlaceRow(string Name, string Agent, bool Configured, string Status, DateTimeOffset? Since, string Reason)
{
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>How old its newest reading was when it arrived.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>How far its calendar is ahead.</summary>
    public double? SkewSeconds { get; init; }

    public string? Version { get; init; }

    public bool? InStep { get; init; }

    public int? Waiting { get; init; }

    public long? Dropped { get; init; }

    public long? Late { get; init; }

    public long? Ignored { get; init; }

    public string? Words { get; init; }

    public bool? PrivateNetworks { get; init; }

    public IReadOnlyList<string>? OnlyMonitors { get; init; }

    public DateTimeOffset? EnrolledAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

internal sealed record PlacedMonitor(string Id, string Verdict, IReadOnlyList<PlacedSight> Places);

/// <param name="Saw">up, degraded, down or unknown.</param>
internal sealed record PlacedSight(string Place, string Saw, string Reason, DateTimeOffset? ReadAt);

/// <summary>The form of <c>/api/places</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    WriteIndented = false)]
[JsonSerializable(typeof(PlaceBody))]
[JsonSerializable(typeof(PlaceCodeView))]
[JsonSerializable(typeof(PlaceList))]
internal sealed partial class PlaceJson : JsonSerializerContext;
