namespace Candor.Journal;

/// <summary>
/// The answer to a commit. Accepted: durable, and <see cref="Position"/> is the place of its last event (where nothing
/// needed to change, the place it was decided at). Refused: nothing was written.
/// </summary>
internal readonly record struct CommitOutcome(Position Position, Refusal? Refusal)
{
    public bool Accepted => Refusal is null;
}
