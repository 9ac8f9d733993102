using Microsoft.Extensions.Logging;

namespace Candor.Node;

/// <summary>What the node tells operators. Ids 1100 to 1199 belong to this folder.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(1100, LogLevel.Warning, "{Fault}")]
    public static partial void NoSnapshot(ILogger logger, string fault);

    [LoggerMessage(1101, LogLevel.Warning, "A loop did not end within {Seconds} s of being asked to; the process ends without it.")]
    public static partial void StoppedLate(ILogger logger, double seconds);
}
