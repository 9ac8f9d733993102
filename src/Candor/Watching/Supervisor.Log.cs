using Microsoft.Extensions.Logging;

namespace Candor.Watching;

/// <summary>What the supervisor tells operators. Ids 800 to 899 belong to this folder.</summary>
internal static partial class SupervisorLog
{
    [LoggerMessage(800, LogLevel.Error, "The {Loop} loop failed (time {Failures} in a row) and is started again.")]
    public static partial void Restarting(ILogger logger, string loop, int failures, Exception fault);

    [LoggerMessage(801, LogLevel.Information, "The {Loop} loop has run well for a minute.")]
    public static partial void WellAgain(ILogger logger, string loop);
}
