using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Candor.Bench;

/// <summary>Readers ask without waiting for answers, from a process of their own, and an operator posts meanwhile.</summary>
internal static class FloodBench
{
    private const int Connections = 60;
    private const int Posts = 200;

    private const string Requests = """
        local all = {}
        init = function(args)
          for i = 1, 20000 do all[i] = wrk.format("GET", "/", { ["Accept-Encoding"] = "br" }) end
          all = table.concat(all)
        end
        request = function() return all end
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var (token, _) = await AdminBench.LetInAsync(Path.Combine(folder, "data"), cancellation);
            await using var candor = await ServedCandor.StartAsync(folder, AdminBench.Settings(), cancellation);
            using var http = new HttpClient { BaseAddress = candor.AdminAddress };
            var id = await AdminBench.OpenIncidentAsync(http, token, cancellation);
            var quiet = await PostAsync(http, token, id, cancellation);
            using var flood = Flood(folder, candor.Address);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellation);
                var flooded = await PostAsync(http, token, id, cancellation);
                return
                [
                    new("flood.quiet.p99", quiet[(int)(Posts * 0.99)], "ms", null, "an operator's post with nobody else there"),
                    new("flood.post.p50", flooded[Posts / 2], "ms", null, $"while {Connections} connections ask without waiting for answers"),
                    new("flood.post.p99", flooded[(int)(Posts * 0.99)], "ms", 1_000, "the same"),
                ];
            }
            finally
            {
                flood.Kill();
                await flood.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Flood(string folder, Uri address)
    {
        var script = Path.Combine(folder, "flood.lua");
        File.WriteAllText(script, Requests);
        return Process.Start(new ProcessStartInfo("nice", ["-n", "5", "wrk", "-t1", $"-c{Connections}", "-d300s", "-s", script, address.ToString()])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    /// <summary>How long each took, in order of that.</summary>
    private static async Task<List<double>> PostAsync(HttpClient http, string token, string id, CancellationToken cancellation)
    {
        var times = new List<double>(Posts);
        for (var i = 0; i < Posts; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/incidents/{id}/updates")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
                Content = new StringContent($$"""{"body":"Word {{i}}."}""", Encoding.UTF8, "application/json"),
            };
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }

        times.Sort();
        return times;
    }
}
