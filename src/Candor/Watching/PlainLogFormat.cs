using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Candor.Watching;

/// <summary>One line per event for people: time, level where it matters, sentence, cause. Stack traces only at Debug.</summary>
internal sealed class PlainLogFormat(TimeProvider time, bool colours, bool traces) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("HH:mm:ss'Z '", CultureInfo.InvariantCulture));
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, null)));
        for (var fault = logEntry.Exception; fault is not null; fault = fault.InnerException)
        {
            textWriter.Write(" <- ");
            textWriter.Write(OneLine(fault.Message));
        }

        textWriter.WriteLine();
        if (traces && logEntry.Exception is { } thrown)
        {
            textWriter.WriteLine(thrown);
        }
    }

    /// <summary>What a stranger sends must not look like a line of ours, nor steer a terminal.</summary>
    internal static string OneLine(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f', StringComparison.Ordinal)
            ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter))
            : text;

    private string Word(LogLevel level) => (level, colours) switch
    {
        (LogLevel.Information, _) => "",
        (LogLevel.Warning, true) => "\e[33mwarning:\e[0m ",
        (LogLevel.Warning, false) => "warning: ",
        (LogLevel.Error or LogLevel.Critical, true) => "\e[31merror:\e[0m ",
        (LogLevel.Error or LogLevel.Critical, false) => "error: ",
        _ => "debug: ",
    };
}
