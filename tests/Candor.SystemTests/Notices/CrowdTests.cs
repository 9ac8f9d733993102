using System.Diagnostics;
using System.Globalization;
using System.Net;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>A crowd is told by webhook; prints how long it takes. Run by name: it measures, and a shared machine would make it red.</summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int PerBatch = 5_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task P_20_Twenty_thousand_are_handed_over_to_a_local_sink()
    {
        var crowd = int.TryParse(Environment.GetEnvironmentVariable("CANDOR_CROWD"), CultureInfo.InvariantCulture, out var asked) ? asked : 20_000;
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("s0"));
        for (var from = 1; from < crowd; from += PerBatch)
        {
            var many = Enumerable.Range(from, Math.Min(PerBatch, crowd - from)).Select(i => $$"""{"channel":"webhook","address":"{{sink.Url($"s{i}")}}"}""");
            var (code, answer) = await desk.SendAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', many)}}]}""");
            Assert.True(code == HttpStatusCode.OK, $"{code}: {answer}");
        }

        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        var clock = Stopwatch.StartNew();
        await desk.OpenAsync("Homepage is down");
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count > 0), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        var first = clock.Elapsed;
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count >= crowd), TimeSpan.FromSeconds(300), () => $"{sink.Posts.Count}\n{candor.Log}", Ct);
        var last = clock.Elapsed;
        var ledger = await desk.UntilLedgerAsync(ledger => Count(ledger, "sent") == crowd, 60);

        MustAddUp(ledger);
        output.WriteLine($"{crowd} webhooks: first after {first.TotalMilliseconds:F0} ms, last after {last.TotalSeconds:F1} s, {crowd / last.TotalSeconds:F0}/s, twice {sink.Posts.Count - crowd}");
    }
}
