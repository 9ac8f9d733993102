using System.Globalization;
using System.Net;
using System.Text.Json;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Processes and cores that die while many are told. Nothing is missing; what comes twice was counted as ambiguous.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Subscribers = 150;
    private const int PerBatch = 5_000;

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

    /// <summary>In full: CANDOR_NOTICE_KILLS=50 CANDOR_CROWD=20000.</summary>
    [Fact]
    public async Task P_29_Cores_and_channels_that_die_at_random_instants_lose_nobody_and_count_what_may_have_come_twice()
    {
        var (kills, crowd) = (Number("CANDOR_NOTICE_KILLS", 4), Number("CANDOR_CROWD", 400));
        using var sink = new HookSink { Answer = static _ => Task.Delay(Random.Shared.Next(1, 30), Ct) };
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("s0"));
        for (var from = 1; from < crowd; from += PerBatch)
        {
            var many = Enumerable.Range(from, Math.Min(PerBatch, crowd - from)).Select(i => $$"""{"channel":"webhook","address":"{{sink.Url($"s{i}")}}"}""");
            var (code, answer) = await desk.SendAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', many)}}]}""");
            Assert.True(code == HttpStatusCode.OK, $"{code}: {answer}");
        }

        var id = await desk.OpenAsync("Homepage is down");
        var (before, now, looks, words, cores) = (0, 0, 0, 1, 0);

        // A core that has just come back says that nothing was kept yet.
        Task SayAsync(string word, string status) => Patience.UntilAsync(
            async () => (await desk.SendAsync(HttpMethod.Post, $"/api/incidents/{id}/updates", $$"""{"body":"{{word}}","status":"{{status}}"}""")).Code == HttpStatusCode.Created,
            TimeSpan.FromSeconds(90), () => candor.Log, Ct);
        async Task LookAsync()
        {
            if (await desk.LedgerAsync() is { ValueKind: JsonValueKind.Object } ledger)
            {
                MustAddUp(ledger);
                (now, looks) = (Ambiguous(ledger), looks + 1);
                if (Count(ledger, "accepted") > 0 && Count(ledger, "pending") < crowd / 10)
                {
                    words++;
                    await SayAsync($"Word {words}.", "identified");
                }
            }
        }

        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(Random.Shared.Next(50, 1_500), Ct);
            await LookAsync();
            if (i % 2 == 0)
            {
                desk.KillChannel();

                // What it had in hand is counted within a second, and a core that dies sooner takes the count with it.
                await Task.Delay(TimeSpan.FromSeconds(2.5), Ct);
                await LookAsync();
                continue;
            }

            cores++;
            await candor.KillAsync(Ct);
            (before, now) = (before + now, 0);
            await candor.StartAgainAsync(Ct);
        }

        words++;
        await SayAsync("The last word.", "monitoring");
        var last = await desk.UntilLedgerAsync(ledger => Count(ledger, "pending") == 0 && Count(ledger, "accepted") == words * crowd, 120 + (crowd / 20));

        MustAddUp(last);
        Assert.Equal(0, Count(last, "failed"));
        var posts = sink.Posts.ToList();
        var told = posts.GroupBy(static post => post.Path).ToDictionary(static one => one.Key, static one => one.Last().Status);
        Assert.Equal(crowd, told.Count);
        Assert.All(told.Values, static status => Assert.Equal("monitoring", status));
        var (twice, counted) = (posts.Count - posts.Select(static post => post.Notice).Distinct().Count(), before + Ambiguous(last));
        output.WriteLine($"{crowd} subscribers, {words} words, {kills} kills ({cores} of the core): {posts.Count} posts, 0 missing, {twice} twice of {counted} counted as ambiguous, the ledger adds up at {looks} looks");
        Assert.True(twice <= counted, $"{twice} came twice, {counted} were counted");
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;

    private static int Ambiguous(System.Text.Json.JsonElement ledger) => ledger.GetProperty("ambiguous").GetInt32();

    private static async Task SomeAsync(HookSink sink, int posts) => await Patience.UntilAsync(
        () => Task.FromResult(sink.Posts.Count >= posts), TimeSpan.FromSeconds(60), () => $"{sink.Posts.Count} posts", Ct);
}
