using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Candor.Bench;

/// <summary>An incident opens while ten thousand streams are held and ten thousand readers come within ten seconds.</summary>
internal static class HerdBench
{
    private const int Port = 18482;
    private const int Streams = 10_000;
    private const int Readers = 10_000;
    private const int Connections = 200;
    private const int Seconds = 10;
    private const int Everyday = 20;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        using var candor = Part.Start(["part", "pages", $"{Port}"]);
        await candor.ReadyAsync(cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
        {
            BaseAddress = new($"http://127.0.0.1:{Port}"),
        };
        await PageBench.SettledAsync(client, cancellation);
        await EverydayAsync(client, cancellation);
        using var streams = Part.Start(["part", "streams", $"http://127.0.0.1:{Port}/events", $"{Streams}"]);
        await streams.ReadyAsync(cancellation);
        await ReadAsync(client, 2_000, 2, cancellation);
        var reading = ReadAsync(client, Readers, Seconds, cancellation);
        await Task.Delay(Seconds * 500, cancellation);
        var opened = TimeProvider.System.GetUtcNow().UtcTicks;
        using (var _ = await client.PostAsync("/bench/incident", null, cancellation))
        {
            // The answer comes once the fact is there.
        }

        var (times, errors) = await reading;
        await streams.Input.WriteLineAsync($"from {opened}".AsMemory(), cancellation);
        await streams.Input.FlushAsync(cancellation);
        var told = (await streams.Output.ReadLineAsync(cancellation))!.Split(' ')
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        var rss = double.Parse(await client.GetStringAsync("/bench/rss", cancellation), CultureInfo.InvariantCulture);
        times.Sort();
        return
        [
            new("herd.page.p50", times[times.Count / 2], "ms", null, $"{Readers} readers in {Seconds} s over {Connections} connections"),
            new("herd.page.p99", times[(int)(times.Count * 0.99)], "ms", 50, $"while {Streams} streams are held and an incident opens"),
            new("herd.page.errors", errors, "", 0, "of all readers"),
            new("herd.told", told[0], "streams", Streams, "that heard of the incident"),
            new("herd.fanout.p99", told[1], "ms", 500, "from the fact to the event in the stream, rendering included"),
            new("herd.fanout.first", told[4], "ms", null, "the first of them: until then the page is made"),
            new("herd.fanout.max", told[2], "ms", null, "the last of them"),
            new("herd.rss", rss / (1 << 20), "MiB", 400, "of the process that serves, with all streams open"),
        ];
    }

    /// <summary>What a node has published before, and compiled for it: few herds come in the first seconds of a process.</summary>
    private static async Task EverydayAsync(HttpClient client, CancellationToken cancellation)
    {
        for (var i = 0; i < Everyday; i++)
        {
            using var _ = await client.PostAsync("/bench/change", null, cancellation);
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Readers come evenly, whatever the answers to the others do: a slow server gets no mercy.</summary>
    private static async Task<(List<double> Times, int Errors)> ReadAsync(
        HttpClient client, int count, int seconds, CancellationToken cancellation)
    {
        var times = new ConcurrentBag<double>();
        var errors = 0;
        var began = Stopwatch.GetTimestamp();
        async Task ReadOneAsync()
        {
            var started = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
            using var answer = await client.SendAsync(request, cancellation);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Interlocked.Increment(ref errors);
            }
        }

        var all = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)seconds * i / count) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, cancellation);
            }

            all.Add(ReadOneAsync());
        }

        await Task.WhenAll(all);
        return ([.. times], errors);
    }
}
