namespace Candor.State;

/// <summary>
/// A fact. <paramref name="At"/> is when it happened; arrival and commit time are the journal's own and never overwrite it.
/// Records that derive from this are storage format for ever: add optional fields, never rename, retype or reuse.
/// </summary>
internal abstract record Event(DateTimeOffset At);

/// <summary>
/// A fact of a kind that this build does not know, written by a newer one. It is kept and counted, never dropped,
/// and the page goes on; see docs/decisions.
/// </summary>
internal sealed record UnreadEvent(DateTimeOffset At, string Kind) : Event(At);
