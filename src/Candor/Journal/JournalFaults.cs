namespace Candor.Journal;

/// <summary>Somebody else committed first. Reload the tail and decide again.</summary>
internal sealed class ExpectedPositionException(Position expected, Position actual)
    : Exception($"The journal stands at {actual}, not at {expected}: another writer was first.")
{
    public Position Expected { get; } = expected;

    public Position Actual { get; } = actual;
}

/// <summary>A write failed, so this writer has ended. What was not acknowledged may or may not be on disk.</summary>
internal sealed class JournalFailedException(string sentence, Exception? inner = null) : Exception(sentence, inner);

/// <summary>A stored event is not what was written. The message names position, fault and remedy.</summary>
internal sealed class JournalCorruptException(Position position, string fault, Exception? inner = null)
    : Exception(
        $"Event {position} of the journal is damaged: {fault} Events before it are intact. "
        + "Run `candor verify` to see how far, then `candor restore` with the newest backup.",
        inner)
{
    public Position Position { get; } = position;

    public string Fault { get; } = fault;
}
