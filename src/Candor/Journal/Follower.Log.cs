using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>What followers tell operators.</summary>
internal static partial class FollowerLog
{
    [LoggerMessage(120, LogLevel.Warning,
        "The follower {Follower} failed at event {Position} and tries again.")]
    public static partial void Retrying(ILogger logger, string follower, long position, Exception fault);

    [LoggerMessage(121, LogLevel.Critical,
        "The follower {Follower} stands still: event {Position} ({Kind}) cannot be handled. Nothing else is affected. "
        + "Mend the cause and release the follower.")]
    public static partial void Poisoned(ILogger logger, string follower, long position, string kind, Exception fault);

    [LoggerMessage(122, LogLevel.Critical,
        "The follower {Follower} had handled event {Cursor}, but the journal ends at {Head}: its tail was lost. "
        + "The follower goes on from the journal's end.")]
    public static partial void Ahead(ILogger logger, string follower, long cursor, long head);
}
