using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Candor.Watching;

/// <summary>Where log lines go: the error stream, as plain lines for people or as JSON for machines.</summary>
internal sealed record Logs(LogLevel Least, bool Json, bool Colours)
{
    /// <summary>Frameworks talk about every connection; only what they warn about is for operators.</summary>
    public void AddTo(ILoggingBuilder logging, TimeProvider time)
    {
        logging.SetMinimumLevel(Least);
        logging.AddFilter("Microsoft", Least < LogLevel.Information ? LogLevel.Information : LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // What it would say is said better by whoever starts and stops the listeners.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        logging.Services.AddSingleton<ConsoleFormatter>(new PlainLogFormat(time, Colours, traces: Least < LogLevel.Information));
        logging.AddConsole(console =>
        {
            console.FormatterName = Json ? ConsoleFormatterNames.Json : PlainLogFormat.FormatName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // A log that nobody reads must not stop a node: what does not fit is dropped, and the drop is said.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        if (Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                json.UseUtcTimestamp = true;
            });
        }
    }
}
