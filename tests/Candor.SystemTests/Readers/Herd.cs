using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Candor.SystemTests.Readers;

/// <summary>Well-behaved readers in any number, at an even pace, whatever the answers to the others do.</summary>
internal static class Herd
{
    /// <summary>True when the full numbers of the promises are wanted: CANDOR_FULL=1.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CANDOR_FULL") == "1";

    public static int Sized(int full, int part) => IsFull ? full : part;

    public static async Task<(double P99Ms, int Errors)> ReadAsync(
        Uri address, int readers, TimeSpan within, int connections, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };
        var times = new ConcurrentBag<double>();
        var errors = 0;
        async Task ReadOneAsync()
        {
            var began = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
            try
            {
                using var answer = await client.SendAsync(request, cancellation);
                Interlocked.Add(ref errors, answer.StatusCode == HttpStatusCode.OK ? 0 : 1);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref errors);
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var started = Stopwatch.GetTimestamp();
        var all = new List<Task>(readers);
        for (var i = 0; i < readers; i++)
        {
            var due = (within * i / readers) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, cancellation);
            }

            all.Add(ReadOneAsync());
        }

        await Task.WhenAll(all);
        return (times.Order().ElementAt((int)(times.Count * 0.99)), errors);
    }
}
