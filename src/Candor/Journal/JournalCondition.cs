namespace Candor.Journal;

/// <summary>How the writer is, in a word and, where it is not well, a sentence.</summary>
internal sealed record JournalCondition(JournalPhase Phase, string? Reason)
{
    public static JournalCondition Opening { get; } = new(JournalPhase.Opening, null);

    public static JournalCondition Running { get; } = new(JournalPhase.Running, null);

    public static JournalCondition Closed { get; } = new(JournalPhase.Closed, null);
}

internal enum JournalPhase
{
    /// <summary>Not yet opened, or reading back what is stored.</summary>
    Opening,

    /// <summary>Accepting commits.</summary>
    Running,

    /// <summary>A write failed. Commits are refused while it opens again; what is known stays readable.</summary>
    Failed,

    /// <summary>A stored event is damaged. Only a person can mend this; what is known stays readable.</summary>
    Corrupt,

    /// <summary>Stopped on request.</summary>
    Closed,
}
