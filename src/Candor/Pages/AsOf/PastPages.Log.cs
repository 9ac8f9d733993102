using Microsoft.Extensions.Logging;

namespace Candor.Pages.AsOf;

internal sealed partial class PastPages
{
    [LoggerMessage(550, LogLevel.Error, "{Path} cannot be rendered as it was at {At}; whoever asked is told to come back.", EventName = "pages.past_fault")]
    private partial void LogFault(string path, DateTimeOffset at, Exception fault);
}
