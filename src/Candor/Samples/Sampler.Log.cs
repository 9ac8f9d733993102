using Microsoft.Extensions.Logging;

namespace Candor.Samples;

/// <summary>What the sampler tells operators. Ids 900 to 999 belong to this folder.</summary>
internal static partial class SamplerLog
{
    [LoggerMessage(900, LogLevel.Information,
        "Samples: {Series} series read up to write {LastWrite}; {Replayed} raw readings rolled up, {Damaged} damaged rows left out.")]
    public static partial void Loaded(ILogger logger, int series, long lastWrite, int replayed, int damaged);

    [LoggerMessage(901, LogLevel.Error, "Samples cannot be stored; charts go on from memory and opening is tried again.")]
    public static partial void Failed(ILogger logger, Exception fault);
}
