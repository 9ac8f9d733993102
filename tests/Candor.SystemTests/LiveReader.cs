using System.Collections.Concurrent;

namespace Candor.SystemTests;

/// <summary>One message of the live stream.</summary>
public sealed record LiveEvent(string Name, string Data);

/// <summary>Reads <c>/events</c> as a browser would and keeps what came.</summary>
public sealed class LiveReader : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly StreamReader reader;
    private readonly ConcurrentQueue<LiveEvent> events = new();
    private readonly Task reading;

    private LiveReader(HttpClient client, StreamReader reader)
    {
        (this.client, this.reader) = (client, reader);
        reading = ReadAsync();
    }

    public IReadOnlyCollection<LiveEvent> Events => events;

    public static async Task<LiveReader> OpenAsync(Uri address, CancellationToken cancellation)
    {
        var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        return new(http, new StreamReader(await http.GetStreamAsync("/events", cancellation)));
    }

    public Task<TimeSpan> UntilAsync(Func<LiveEvent, bool> came, TimeSpan within, CancellationToken cancellation) =>
        Patience.UntilAsync(
            () => Task.FromResult(events.Any(came)), within, () => string.Join('\n', events), cancellation);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        reader.Dispose();
        await reading;
    }

    private async Task ReadAsync()
    {
        var name = "message";
        try
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line[7..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    events.Enqueue(new(name, line[6..]));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // The server ended, or the test did.
        }
    }
}
