using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Access.Agents;

/// <summary>What is kept of the agent at one place: its public key, and what it may do. Its private key never leaves it.</summary>
internal sealed record Agent(VantageId Place, DateTimeOffset CreatedAt) : Entry
{
    [JsonIgnore]
    public override string Key => Place.Value;

    public AgentRights Rights { get; init => field = value ?? AgentRights.Least; } = AgentRights.Least;

    /// <summary>Lets one agent in, once; null where none is out.</summary>
    public EnrolmentCode? Code { get; init; }

    /// <summary>Its P-256 key (SubjectPublicKeyInfo, base64), pinned when it came in; it stays when it is revoked, so that it can be told so.</summary>
    public string? PublicKey { get; init; }

    public DateTimeOffset? EnrolledAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    [JsonIgnore]
    public bool IsIn => PublicKey is not null && RevokedAt is null;
}

/// <summary>What an agent may do.</summary>
/// <param name="PrivateNetworks">It may look into the networks of <c>egress.allow</c>; otherwise only at what is public.</param>
/// <param name="Monitors">The only monitors that it is given, by id; none: all that are to be looked at from its place.</param>
internal sealed record AgentRights(bool PrivateNetworks, IReadOnlyList<string> Monitors)
{
    public static readonly AgentRights Least = new(PrivateNetworks: false, []);

    public bool Covers(MonitorId monitor) => Monitors.Count == 0 || Monitors.Contains(monitor.Value);
}

/// <summary>What is kept of a code that lets an agent in.</summary>
/// <param name="Hash">SHA-256 of its secret, in hex.</param>
internal sealed record EnrolmentCode(TokenId Id, string Hash, DateTimeOffset ExpiresAt);
