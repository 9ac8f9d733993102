using System.Diagnostics;

namespace Candor.Bench;

/// <summary>
/// The page against nginx serving the same compressed bytes from disk. Both run at once and take turns, so that what
/// the machine does besides hits both alike; the ratio is what counts.
/// </summary>
internal static class PageBench
{
    private const int Port = 18480;
    private const int NginxPort = 18481;
    private const int Connections = 64;
    private const int Rounds = 3;
    private const int Seconds = 4;

    private static readonly string[] Brotli = ["Accept-Encoding: br, gzip"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        using var candor = Part.Start(["part", "pages", $"{Port}"]);
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
        try
        {
            await candor.ReadyAsync(cancellation);
            await SettledAsync(client, cancellation);
            using var page = await PageAsync(client, cancellation);
            var bytes = await page.Content.ReadAsByteArrayAsync(cancellation);
            var tag = page.Headers.ETag!.Tag;
            await File.WriteAllBytesAsync(Path.Combine(folder, "page.br"), bytes, cancellation);
            using var nginx = await Nginx.StartAsync(folder, NginxPort, tag, cancellation);
            var ours = $"http://127.0.0.1:{Port}/";
            var theirs = $"http://127.0.0.1:{NginxPort}/";
            var full = await CompareAsync(ours, theirs, Brotli, cancellation);
            var same = await CompareAsync(ours, theirs, [.. Brotli, $"If-None-Match: {tag}"], cancellation);
            return
            [
                new("page.bytes", bytes.Length / 1000.0, "kB", 30, "status page, 50 components with 90-day bars, Brotli"),
                new("page.rate", full.Ours.RequestsPerSecond, "req/s", null, $"{Connections} keep-alive readers"),
                new("page.rate.nginx", full.Theirs.RequestsPerSecond, "req/s", null, "the same bytes from disk, one worker per core"),
                new("page.ratio", full.Ratio, "×", 0.9, "page.rate / page.rate.nginx, median of rounds"),
                new("page.p99", full.Ours.P99Ms, "ms", null, "at full load"),
                new("page.p99.nginx", full.Theirs.P99Ms, "ms", null, "at full load"),
                new("page.unchanged.rate", same.Ours.RequestsPerSecond, "req/s", null, "If-None-Match, answered 304"),
                new("page.unchanged.ratio", same.Ratio, "×", null, "against nginx answering 304"),
                .. await ChangesAsync(client, cancellation),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(Wrk Ours, Wrk Theirs, double Ratio)> CompareAsync(
        string ours, string theirs, IReadOnlyList<string> headers, CancellationToken cancellation)
    {
        await Wrk.RunAsync(ours, Connections, 2, headers, cancellation);
        await Wrk.RunAsync(theirs, Connections, 1, headers, cancellation);
        var rounds = new List<(Wrk Ours, Wrk Theirs, double Ratio)>();
        for (var i = 0; i < Rounds; i++)
        {
            var a = await Wrk.RunAsync(ours, Connections, Seconds, headers, cancellation);
            var b = await Wrk.RunAsync(theirs, Connections, Seconds, headers, cancellation);
            rounds.Add((a, b, a.RequestsPerSecond / b.RequestsPerSecond));
        }

        return rounds.OrderBy(round => round.Ratio).ElementAt(Rounds / 2);
    }

    /// <summary>From a fact to the new bytes as a reader on a warm connection gets them.</summary>
    private static async Task<IReadOnlyList<Figure>> ChangesAsync(HttpClient client, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            using var before = await PageAsync(client, cancellation);
            var started = Stopwatch.GetTimestamp();
            using var _ = await client.PostAsync("/bench/change", null, cancellation);
            while (true)
            {
                using var now = await PageAsync(client, cancellation);
                if (now.Headers.ETag!.Tag != before.Headers.ETag!.Tag)
                {
                    break;
                }
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(150, cancellation);
        }

        times.Sort();
        return
        [
            new("page.change.p50", times[50], "ms", null, "from the fact to the new page in a reader's hands"),
            new("page.change.p99", times[98], "ms", 100, "from the fact to the new page in a reader's hands"),
        ];
    }

    public static async Task SettledAsync(HttpClient client, CancellationToken cancellation)
    {
        // The pages of past incidents are rendered in the background after a start.
        while (true)
        {
            using var answer = await client.GetAsync("/bench/settled", cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(100, cancellation);
        }
    }

    private static async Task<HttpResponseMessage> PageAsync(HttpClient client, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        return await client.SendAsync(request, cancellation);
    }
}
