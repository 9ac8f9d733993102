using Candor.Effects;
using Candor.Journal;
using Candor.State;

namespace Candor.Access.Agents;

/// <summary>Letting agents in and putting them out: decisions about the roster.</summary>
internal static class Enrolment
{
    public static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(10);

    /// <summary>The kind of token that a code is: <c>cnd_agent_…</c>.</summary>
    public const string CodeKind = "agent";

    private const int NameLengthMax = 64;

    private static readonly Refusal NoSuchCode = new(
        "agent.code", "This code is unknown, used or older than 10 minutes. `candor place add NAME` makes another one.", "code");

    // Compared with where there is no such code, so that both answers take the same time.
    private static readonly string NoHash = Hashes.Of("");

    /// <summary>A code for the agent of a place, and what has to be kept of it, or why there is none.</summary>
    public static (TokenText Code, Decision<RosterChange> Decision) Add(
        Roster roster, string name, AgentRights rights, DateTimeOffset now, IRandomness randomness)
    {
        var code = TokenText.Make(CodeKind, randomness);
        if (!IsName(name))
        {
            return (code, new Refusal(
                "place.name", $"Name the place with up to {NameLengthMax} letters, digits, “-”, “_” or “.”, beginning with a letter or digit, and not “local”.", "name"));
        }

        var before = roster.Agents.GetValueOrDefault(name);
        if (before is { IsIn: true })
        {
            return (code, new Refusal(
                "place.taken", $"An agent looks from {name} already. To let another one in, put this one out first: `candor place revoke {name}`.", "name"));
        }

        var kept = (before ?? new Agent(new(name), now)) with
        {
            Rights = rights, Code = new(code.Id, code.Hash(), now + CodeLasts),
        };
        return (code, [RosterChange.Put(kept)]);
    }

    /// <summary>
    /// Pins the key of whoever has the code. The same key again is no second use: the answer to the first may have been lost.
    /// </summary>
    public static Decision<RosterChange> Use(Roster roster, TokenText code, string publicKey, DateTimeOffset now)
    {
        if (PlaceOf(roster, code) is not { } agent)
        {
            return NoSuchCode;
        }

        if (agent.IsIn && agent.PublicKey == publicKey)
        {
            return [];
        }

        return agent.IsIn || now >= agent.Code!.ExpiresAt
            ? NoSuchCode
            : [RosterChange.Put(agent with { PublicKey = publicKey, EnrolledAt = now, RevokedAt = null })];
    }

    /// <summary>The agent that a code is for, used or not; null for a code that is none.</summary>
    public static Agent? PlaceOf(Roster roster, TokenText code)
    {
        var agent = code.Kind == CodeKind ? roster.Agents.Values.FirstOrDefault(one => one.Code?.Id == code.Id) : null;
        return Hashes.AreEqual(agent?.Code?.Hash ?? NoHash, code.Hash()) ? agent : null;
    }

    /// <summary>The old key says which one is the next; from then on the old one opens nothing.</summary>
    public static Decision<RosterChange> Rotate(Roster roster, VantageId place, string oldKey, string newKey) =>
        roster.Agents.GetValueOrDefault(place.Value) is { IsIn: true } agent && (agent.PublicKey == oldKey || agent.PublicKey == newKey)
            ? [RosterChange.Put(agent with { PublicKey = newKey })]
            : new Refusal("agent.revoked", "This agent was put out, so its key cannot be changed.");

    /// <summary>In force with the next request. A code that is still out lets nobody in either.</summary>
    public static Decision<RosterChange> Revoke(Roster roster, string name, DateTimeOffset now) =>
        roster.Agents.GetValueOrDefault(name) is not { } agent
            ? new Refusal("place.unknown", $"No agent was ever let in for {name}; `candor place list` shows them.", "name")
            : agent is { RevokedAt: not null, Code: null } ? []
            : [RosterChange.Put(agent with { Code = null, RevokedAt = agent.RevokedAt ?? now })];

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && char.IsAsciiLetterOrDigit(name[0]) && name != VantageId.Local.Value
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
