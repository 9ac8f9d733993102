using Microsoft.Extensions.Logging;

namespace Candor.Notices.Workers;

/// <summary>What operators hear of the processes of channels. Ids 1500 to 1549.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1500, LogLevel.Information, "The process of the channel {Channel} runs ({Process}).")]
    public static partial void Started(ILogger logger, string channel, int process);

    [LoggerMessage(1501, LogLevel.Warning, "The process of the channel {Channel} has ended; another one is started in {Seconds} s. Nothing is lost.")]
    public static partial void Restarting(ILogger logger, string channel, double seconds);

    [LoggerMessage(1502, LogLevel.Warning, "The process of the channel {Channel} said nothing for {Seconds} s and is replaced.")]
    public static partial void Silent(ILogger logger, string channel, double seconds);

    [LoggerMessage(1504, LogLevel.Information, "The process of the channel {Channel} is started anew with the settings as they are now.")]
    public static partial void Renewed(ILogger logger, string channel);

    [LoggerMessage(1503, LogLevel.Warning, "The process of the channel {Channel} cannot be spoken with: {Fault}")]
    public static partial void Broken(ILogger logger, string channel, string fault);
}
