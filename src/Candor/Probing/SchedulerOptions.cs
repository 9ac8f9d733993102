namespace Candor.Probing;

/// <summary>Limits of the scheduler.</summary>
internal sealed record SchedulerOptions
{
    public static readonly SchedulerOptions Default = new();

    /// <summary>Looks under way at once, so that a dead network cannot use up the files that readers need.</summary>
    public int RunningMax { get; init; } = 4_000;

    /// <summary>How much the calendar may move against the steady clock before it counts as a jump.</summary>
    public TimeSpan JumpAbove { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>This process standing still for longer makes a failed look our fault.</summary>
    public TimeSpan StallAbove { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>First looks after a start come at most this often.</summary>
    public TimeSpan FirstLooksApart { get; init; } = TimeSpan.FromMilliseconds(2);
}
