using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Candor.Bench;

/// <summary>
/// From the last reading that decides to bytes on the page: services fail and recover at random, and a reader asks as
/// fast as it can. What is bad counts once a control target has answered after it, so then that answer decides: the
/// clock starts when the last of the two was given.
/// </summary>
internal static class DecideToPageBench
{
    private const int Services = 20;

    // More at once and the place that probes would rightly suspect itself.
    private const int DownMax = 5;
    private const int Wanted = 400;

    // The first ones meet code that is being compiled; an installation that has run for a minute does not.
    private const int WarmUp = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            await using var targets = await ProbeTargets.StartAsync(cancellation);
            await using var candor = await ServedCandor.StartAsync(
                folder, BenchSettings.Of(Services, targets.Port, targets.ControlPort, "1s", "{ down_after: 1, up_after: 1 }"), cancellation);
            var took = (await WatchAsync(targets, candor.Http, cancellation)).Skip(WarmUp).ToList();
            if (took.Count < Wanted / 4)
            {
                throw new InvalidOperationException($"Only {took.Count} changes of status reached the page after the first {WarmUp}.");
            }

            var decided = took.Select(static t => t.Decided).Order().ToList();
            var answered = took.Select(static t => t.Answered).Order().ToList();
            var note = $"{took.Count} changes of {Services} services after the first {WarmUp}, read over HTTP";
            return
            [
                new("decide_to_page.p50", decided[took.Count / 2], "ms", null, note),
                new("decide_to_page.p99", decided[(int)(took.Count * 0.99)], "ms", 100, note),
                new("decide_to_page.with_control.p99", answered[(int)(took.Count * 0.99)], "ms", null,
                    "the same from the service's own answer: a bad one waits for a control target"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<(double Decided, double Answered)>> WatchAsync(ProbeTargets targets, HttpClient http, CancellationToken cancellation)
    {
        var random = new Random(1);
        var took = new List<(double Decided, double Answered)>();
        var awaited = new Dictionary<int, bool>();
        var shown = await StatusesAsync(http, null, cancellation);
        var (began, nextTurn) = (Stopwatch.GetTimestamp(), 0L);
        while (took.Count < WarmUp + Wanted && Stopwatch.GetElapsedTime(began) < Longest)
        {
            if (await StatusesAsync(http, shown.Tag, cancellation) is { Bad: { } bad } changed)
            {
                var now = Stopwatch.GetTimestamp();
                shown = changed;
                foreach (var (index, wanted) in awaited.Where(a => bad.TryGetValue(a.Key, out var is_) && is_ == a.Value).ToList())
                {
                    awaited.Remove(index);
                    if (targets.AnsweredAt(index) is { } answered)
                    {
                        var decided = wanted && targets.ControlAfter(answered) is { } asked && asked < now ? asked : answered;
                        took.Add((Stopwatch.GetElapsedTime(decided, now).TotalMilliseconds, Stopwatch.GetElapsedTime(answered, now).TotalMilliseconds));
                    }
                }
            }

            if (Stopwatch.GetTimestamp() >= nextTurn && shown.Bad is { Count: Services } all)
            {
                TurnOne(targets, awaited, all, random);
                nextTurn = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 8);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellation);
        }

        return took;
    }

    private static void TurnOne(ProbeTargets targets, Dictionary<int, bool> awaited, Dictionary<int, bool> shown, Random random)
    {
        var calm = shown.Where(s => !awaited.ContainsKey(s.Key)).ToList();
        var turnsBad = shown.Count(static s => s.Value) + awaited.Count < DownMax;
        var fitting = calm.Where(s => s.Value != turnsBad).Select(static s => s.Key).ToList();
        if (fitting.Count > 0)
        {
            var index = fitting[random.Next(fitting.Count)];
            awaited[index] = turnsBad;
            targets.Turn(index, turnsBad);
        }
    }

    /// <summary>Which services the page calls anything but operational; null where nothing changed.</summary>
    private static async Task<(string? Tag, Dictionary<int, bool>? Bad)> StatusesAsync(
        HttpClient http, string? tag, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/components.json");
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        using var answer = await http.SendAsync(request, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return (tag, null);
        }

        using var json = await JsonDocument.ParseAsync(
            await answer.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
        var bad = json.RootElement.GetProperty("components").EnumerateArray()
            .Where(static c => c.GetProperty("name").GetString()!.StartsWith("Service ", StringComparison.Ordinal))
            .ToDictionary(
                static c => int.Parse(c.GetProperty("name").GetString().AsSpan("Service ".Length), provider: null),
                static c => c.GetProperty("status").GetString() != "operational");
        return (answer.Headers.ETag?.ToString(), bad);
    }
}
