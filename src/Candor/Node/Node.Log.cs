using Microsoft.Extensions.Logging;

namespace Candor.Node;

/// <summary>What the node tells operators. Ids 900 to 999 belong to this folder.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(900, LogLevel.Warning, "{Fault}")]
    public static partial void NoSnapshot(ILogger logger, string fault);

    [LoggerMessage(901, LogLevel.Warning, "A loop did not end within {Seconds} s of being asked to; the process ends without it.")]
    public static partial void StoppedLate(ILogger logger, double seconds);
}
