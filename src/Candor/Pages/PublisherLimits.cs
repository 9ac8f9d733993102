namespace Candor.Pages;

/// <summary>Every bound of the publisher in one place.</summary>
internal sealed record PublisherLimits
{
    public static PublisherLimits Default { get; } = new();

    /// <summary>At most twenty editions a second, however many facts come.</summary>
    public TimeSpan ShortestGap { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A new edition comes at least this often, so that ages stay true and a dead publisher is noticed.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the last known pages are written to disk at most.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Archived pages rendered between two looks at whether something newer waits.</summary>
    public int ArchiveSlice { get; init; } = 16;
}
