namespace Candor.Journal;

/// <summary>Every bound of a follower in one place.</summary>
internal sealed record FollowerLimits
{
    public static FollowerLimits Default { get; } = new();

    /// <summary>Events handed over at once.</summary>
    public int PageMax { get; init; } = 256;

    /// <summary>How often one event may fail for a reason that is not transient before it counts as poison.</summary>
    public int AttemptsMax { get; init; } = 3;

    public TimeSpan PauseFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan PauseLongest { get; init; } = TimeSpan.FromSeconds(30);
}
