namespace Candor.Probing;

internal static partial class SchedulerLog
{
    [LoggerMessage(400, LogLevel.Information, "Probing {Monitors} monitors from {Vantage}.", EventName = "probing.watching")]
    public static partial void Watching(ILogger logger, int monitors, string vantage);

    [LoggerMessage(401, LogLevel.Error, "Looking at {Monitor} failed by a defect of Candor's own; it reads as “none”.", EventName = "probing.defect")]
    public static partial void Defect(ILogger logger, string monitor, Exception fault);

    [LoggerMessage(402, LogLevel.Warning, "Candor stood still for {Seconds:0.0} s; looks that failed meanwhile are no evidence.", EventName = "probing.stalled")]
    public static partial void Stalled(ILogger logger, double seconds);

    [LoggerMessage(403, LogLevel.Warning, "The wall clock jumped by {Seconds:0.0} s; nothing fires early or late because of it.", EventName = "probing.clock_jumped")]
    public static partial void ClockJumped(ILogger logger, double seconds);

    [LoggerMessage(404, LogLevel.Warning, "{Waiting} looks are waiting for room; {Running} are under way.", EventName = "probing.crowded")]
    public static partial void Crowded(ILogger logger, int waiting, int running);
}
