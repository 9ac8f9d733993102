namespace Candor.Pages.AsOf;

/// <summary>Every bound of the time machine in one place.</summary>
internal sealed record PastLimits
{
    public static PastLimits Default { get; } = new();

    /// <summary>Requests that may wait; one more is told to come back.</summary>
    public int WaitingMax { get; init; } = 32;

    /// <summary>After this a request is told to come back. What was folded for it is kept, so that the next one gets further.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause after a page; otherwise as long as the page took, so that half of a core is the most it uses.</summary>
    public TimeSpan PauseLongest { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Before this an instant may still get facts: those being committed, or a clock that is set back a little.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of rendered pages that are kept.</summary>
    public int KeptBytesMax { get; init; } = 16 << 20;

    /// <summary>Worlds kept along the journal. Each shares with its neighbours what did not change between them.</summary>
    public int CheckpointsMax { get; init; } = 64;

    /// <summary>Events between two of them at first; doubles whenever there would be too many.</summary>
    public int SpacingFirst { get; init; } = 1_000;

    /// <summary>Worlds kept where somebody has just looked: whoever replays an incident asks for the next one soon.</summary>
    public int RecentMax { get; init; } = 8;

    /// <summary>Events read at once.</summary>
    public int ReadMax { get; init; } = 1_024;
}
