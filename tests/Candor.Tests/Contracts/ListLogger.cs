using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Contracts;

/// <summary>Keeps each line that operators would read.</summary>
internal class ListLogger : ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));
}

/// <summary>The same, for who wants one of a name.</summary>
internal sealed class ListLogger<T> : ListLogger, ILogger<T>;
