using Candor.Journal;

namespace Candor.State;

/// <summary>
/// Somebody did something that takes a privilege: signed in, made a token, changed a role, overrode a guard. Kept in the
/// chain, so that nobody can take it back unseen.
/// </summary>
/// <param name="Act">What, as a stable word: "token.created", "person.role_changed".</param>
/// <param name="Target">To what: an id, never a name or an address.</param>
internal sealed record AuditRecorded(DateTimeOffset At, Actor By, string Act, string Target) : Event(At)
{
    /// <summary>Where from, in the form that the access settings allow (whole, shortened or hashed); null: not kept.</summary>
    public string? Address { get; init; }

    /// <summary>The token that was used, or null.</summary>
    public string? Token { get; init; }

    /// <summary>Hashes of what it was before and after, where it was a change: they prove, and tell nothing.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Why, where a reason was asked for.</summary>
    public string? Reason { get; init; }
}

/// <summary>Making audit records that can stay for ever.</summary>
internal static class AuditDecisions
{
    private const int WordLimit = 100;

    public static Decision<Event> Record(DateTimeOffset at, Actor by, string act, string target, AuditDetails details = default)
    {
        var no = Refusing.Unnamed(by)
            ?? Refusing.Text("act", act, WordLimit)
            ?? Refusing.Text("target", target, WordLimit)
            ?? (target.Contains('@', StringComparison.Ordinal)
                ? new Refusal("personal", "The target looks like a mail address, which the journal could not forget; give an id.", "target")
                : null);
        return no is not null
            ? no
            : new Event[]
            {
                new AuditRecorded(at, by, act, target)
                {
                    Address = details.Address,
                    Token = details.Token,
                    Before = details.Before,
                    After = details.After,
                    Reason = details.Reason,
                },
            };
    }
}

/// <summary>What an audit record may say besides.</summary>
internal readonly record struct AuditDetails(
    string? Address = null, string? Token = null, string? Before = null, string? After = null, string? Reason = null);
