using Microsoft.Extensions.Logging;

namespace Candor.Pages;

internal sealed partial class Publisher
{
    [LoggerMessage(500, LogLevel.Information, "Serving {Pages} pages as they were last known, from position {Position}, until the journal has been read.", EventName = "pages.restored")]
    private partial void LogRestored(int pages, long position);

    [LoggerMessage(501, LogLevel.Warning, "The saved pages could not be read; readers wait for the first edition.", EventName = "pages.not_restored")]
    private partial void LogNotRestored(Exception fault);

    [LoggerMessage(502, LogLevel.Debug, "Position {Position} is on the page: {Rendered} pages rendered, {Changed} changed, in {Milliseconds} ms.", EventName = "pages.published")]
    private partial void LogPublished(long position, int rendered, int changed, double milliseconds);

    [LoggerMessage(503, LogLevel.Error, "{Path} cannot be rendered since {Since}; its last good version stays up, marked as last known when it gets old.", EventName = "pages.fault")]
    private partial void LogFault(string path, DateTimeOffset since, Exception fault);

    [LoggerMessage(504, LogLevel.Warning, "The last known pages could not be written to disk; the next attempt follows.", EventName = "pages.not_saved")]
    private partial void LogNotSaved(Exception fault);
}
