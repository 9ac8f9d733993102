using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Processes and cores that die while many are told. Nothing is missing; what comes twice was counted as ambiguous.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Subscribers = 150;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killing_the_channel_and_the_core_in_the_middle_of_telling_loses_nothing_and_counts_what_may_have_come_twice()
    {
        using var sink = new HookSink { Answer = static _ => Task.Delay(Random.Shared.Next(20, 200), Ct) };
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        for (var i = 0; i < Subscribers; i++)
        {
            await desk.SubscribeAsync(sink.Url($"s{i}"));
        }

        var id = await desk.OpenAsync("Homepage is down");
        await SomeAsync(sink, 10);
        Assert.True(desk.KillChannel(), "there is no process of the channel");
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "accepted") > 0, 20));
        await SomeAsync(sink, 40);
        var ambiguous = Ambiguous(await desk.LedgerAsync());
        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "accepted") >= Subscribers, 60));
        await desk.UpdateAsync(id, "A disk is full.", "identified");
        var ledger = await desk.UntilLedgerAsync(static ledger => Count(ledger, "pending") == 0 && Count(ledger, "accepted") == 2 * Subscribers, 120);

        MustAddUp(ledger);
        Assert.Equal(0, Count(ledger, "failed"));
        var byPath = sink.Posts.GroupBy(static post => post.Path).ToList();
        Assert.Equal(Subscribers, byPath.Count);
        Assert.All(byPath, static posts => Assert.Equal("identified", posts.Last().Status));
        var twice = sink.Posts.Count - sink.Posts.Select(static post => post.Notice).Distinct().Count();
        output.WriteLine($"{sink.Posts.Count} posts for {Subscribers}, {twice} twice, {ambiguous} + {Ambiguous(ledger)} counted as ambiguous");
        Assert.True(twice <= ambiguous + Ambiguous(ledger), $"{twice} came twice, {ambiguous} + {Ambiguous(ledger)} were counted");
    }

    [Fact]
    public async Task P_07_A_damaged_queue_is_made_anew_and_nobody_is_told_again()
    {
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        for (var i = 0; i < 20; i++)
        {
            await desk.SubscribeAsync(sink.Url($"s{i}"));
        }

        var id = await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 20, 30);

        // The journal hears of it within a second or two.
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        await candor.StopAsync(Ct);
        var queue = Path.Combine(candor.Data, "queues", "webhook.db");
        await File.WriteAllBytesAsync(queue, new byte[20_000], Ct);
        await candor.StartAgainAsync(Ct);
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 20, 30);
        await desk.UpdateAsync(id, "All is well.", "resolved");
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 40, 60));

        Assert.Equal(40, sink.Posts.Count);
        Assert.Contains(Directory.GetFiles(Path.Combine(candor.Data, "queues")), static name => name.Contains(".damaged-", StringComparison.Ordinal));
        Assert.True(candor.ReadyAfter < TimeSpan.FromSeconds(20));
    }

    private static int Ambiguous(System.Text.Json.JsonElement ledger) => ledger.GetProperty("ambiguous").GetInt32();

    private static async Task SomeAsync(HookSink sink, int posts) => await Patience.UntilAsync(
        () => Task.FromResult(sink.Posts.Count >= posts), TimeSpan.FromSeconds(60), () => $"{sink.Posts.Count} posts", Ct);
}
