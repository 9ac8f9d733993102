namespace Candor.Pages;

/// <summary>Every bound of the publisher in one place.</summary>
internal sealed record PublisherLimits
{
    public static PublisherLimits Default { get; } = new();

    /// <summary>At most forty editions a second, however many facts come.</summary>
    public TimeSpan ShortestGap { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest pause after an edition, however long it took.</summary>
    public TimeSpan LongestGap { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A new edition comes at least this often, so that ages stay true and a dead publisher is noticed.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Pages that nobody waits for, and versions for when nobody can vouch for them, that are rendered between two looks at
    /// whether something newer waits, however much does.
    /// </summary>
    public int AFew { get; init; } = 8;

    /// <summary>How often the last known pages are written to disk at most.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often they are written although nothing happened: what they say of the time is then nearly true.</summary>
    public TimeSpan SaveAnyway { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Archived pages rendered between two looks at whether something newer waits.</summary>
    public int ArchiveSlice { get; init; } = 16;
}
