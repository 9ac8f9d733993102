using Microsoft.Extensions.Logging;

namespace Candor.Settings;

/// <summary>What the settings tell operators. Ids 200 to 299 belong to this folder.</summary>
internal static partial class SettingsLog
{
    [LoggerMessage(200, LogLevel.Information, "{File} is in force: {Sum}")]
    public static partial void Applied(ILogger logger, string file, string sum);

    [LoggerMessage(201, LogLevel.Warning, "The newest settings are not in force: {Detail}")]
    public static partial void Refused(ILogger logger, string detail);

    [LoggerMessage(202, LogLevel.Information, "There is no {File}, so Candor watches itself; its page says what to do next.")]
    public static partial void FirstRun(ILogger logger, string file);
}
