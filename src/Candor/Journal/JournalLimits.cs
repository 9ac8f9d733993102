namespace Candor.Journal;

/// <summary>Every bound of the committer in one place.</summary>
internal sealed record JournalLimits
{
    public static JournalLimits Default { get; } = new();

    /// <summary>Commands that may wait; the next one waits for room.</summary>
    public int WaitingMax { get; init; } = 4096;

    /// <summary>A batch takes no further command once it holds this many events.</summary>
    public int BatchEventsMax { get; init; } = 512;

    /// <summary>How often a command is decided again when another writer was first.</summary>
    public int AttemptsMax { get; init; } = 8;

    /// <summary>Events read at once while replaying.</summary>
    public int ReplayPage { get; init; } = 4096;

    /// <summary>The first and the longest pause before a failed journal is opened again.</summary>
    public TimeSpan ReopenFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan ReopenLongest { get; init; } = TimeSpan.FromSeconds(2);
}
