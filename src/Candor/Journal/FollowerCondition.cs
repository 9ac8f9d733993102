namespace Candor.Journal;

/// <summary>How a follower is. <see cref="Position"/> is the last event whose work is done.</summary>
internal sealed record FollowerCondition(
    FollowerPhase Phase, Position Position, DateTimeOffset? OldestPendingSince, string? Reason);

internal enum FollowerPhase
{
    /// <summary>Waiting for the journal or for its own cursor.</summary>
    Starting,

    /// <summary>Working through events.</summary>
    Running,

    /// <summary>Nothing is left to do.</summary>
    CaughtUp,

    /// <summary>Something outside fails; the same events are tried again after a pause.</summary>
    Retrying,

    /// <summary>One event cannot be handled. Stands still, and only this follower does, until a person releases it.</summary>
    Poisoned,

    /// <summary>Stopped on request.</summary>
    Stopped,
}
