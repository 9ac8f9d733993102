using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Candor.Effects;
using Candor.Testing;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Webhooks end to end: the real executable, the process of the channel, and receivers that behave and misbehave.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_is_told_of_each_update_once_signed_and_in_order()
    {
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        var entered = await desk.SubscribeAsync(sink.Url("one"));
        var key = entered.GetProperty("signing_key").GetString()!;
        Assert.Equal(entered.GetProperty("id").GetString(), (await desk.SubscribeAsync(sink.Url("one"))).GetProperty("id").GetString());

        var id = await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 1, 30);
        await desk.UpdateAsync(id, "A disk is full.", "identified");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 2, 30);
        await desk.UpdateAsync(id, "All is well.", "resolved");
        var ledger = await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 3, 30);

        MustAddUp(ledger);
        Assert.Equal(["investigating", "identified", "resolved"], sink.Posts.Select(static post => post.Status));
        Assert.Equal(3, sink.Posts.Select(static post => post.Notice).Distinct().Count());
        Assert.All(sink.Posts, post => Assert.True(IsSigned(post, key), post.Signature));
        var last = sink.Posts[^1].Json;
        Assert.Equal("All is well.", last.GetProperty("incident").GetProperty("incident_updates")[0].GetProperty("body").GetString());
        Assert.Equal($"https://status.example.com/incidents/{id}", last.GetProperty("incident").GetProperty("shortlink").GetString());
        Assert.Contains("candor_notices", await candor.AdminTextAsync("/metrics", Ct), StringComparison.Ordinal);

        // As Statuspage's clients leave: with what the message says, at the readers' listener and without a token.
        var leave = last.GetProperty("meta").GetProperty("unsubscribe").GetString()!.Split('/')[^1];
        using var leaving = new HttpRequestMessage(HttpMethod.Delete, new Uri(candor.Address, "/api/v2/subscribers.json"))
        {
            Content = new StringContent($$$"""{"subscriber":{"id":"{{{leave}}}"}}""", Encoding.UTF8, "application/json"),
        };
        using var gone = await candor.Http.SendAsync(leaving, Ct);
        Assert.True(gone.IsSuccessStatusCode, await gone.Content.ReadAsStringAsync(Ct));
        Assert.Equal("left", (await desk.SendAsync(HttpMethod.Get, "/api/subscribers")).Body.GetProperty("subscribers")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task P_08_Whoever_reads_the_page_goes_before_whoever_is_told()
    {
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("one"));
        await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 1, 30);

        var own = NiceOf($"/proc/{candor.Id}");
        var threads = Directory.GetDirectories($"/proc/{candor.Id}/task").ToLookup(static task => File.ReadAllText(task + "/comm").Trim(), NiceOf);
        Assert.Equal([own + LowPriorityThreads.Nice], threads["notices webhook"]);
        Assert.Equal([own + LowPriorityThreads.Nice], threads["queue writer"]);
        Assert.Equal([own + LowPriorityThreads.Nice], threads["hears webhook"]);
        Assert.Equal([own], threads["pages"]);
        var channel = Assert.Single(ProcessTable.ChildrenOf(candor.Id, "notify", "webhook"));
        Assert.All(
            Directory.GetDirectories($"/proc/{channel}/task").Where(static task => File.ReadAllText(task + "/comm").StartsWith(".NET TP Worker", StringComparison.Ordinal)),
            task => Assert.Equal(own + LowPriorityThreads.Nice, NiceOf(task)));
        Assert.Equal(own + LowPriorityThreads.Nice, NiceOf($"/proc/{channel}"));
        if (ThreadProcessors.Of($"{candor.Id}") is { Count: > 1 } processors)
        {
            var others = processors.SkipLast(1).ToList();
            Assert.All(
                Directory.GetDirectories($"/proc/{channel}/task").Where(static task => File.ReadAllText(task + "/comm").StartsWith(".NET TP Worker", StringComparison.Ordinal)),
                task => Assert.Equal(others, ThreadProcessors.Of(task["/proc/".Length..])));
            Assert.Equal(others, ThreadProcessors.Of($"{channel}"));
        }

        if (ThreadTurns.AreKnown)
        {
            var turns = Directory.GetDirectories($"/proc/{candor.Id}/task").ToLookup(static task => File.ReadAllText(task + "/comm").Trim(), static task => ThreadTurns.Of(task["/proc/".Length..]));
            Assert.Equal([LibC.LongTurn], turns["notices webhook"].Distinct());
            Assert.Equal([LibC.LongTurn], turns["pages"].Distinct());
            Assert.Equal([LibC.ShortTurn], turns[".NET Sockets"].Distinct());
            Assert.Equal(LibC.LongTurn, ThreadTurns.Of($"{channel}"));
        }
    }

    [Fact]
    public async Task P_10_Receivers_that_hang_redirect_or_are_gone_hold_up_nobody_else()
    {
        using var sink = new HookSink { Answer = Misbehave };
        using var well = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        for (var i = 0; i < 120; i++)
        {
            await desk.SubscribeAsync(sink.Url((i % 3) switch { 0 => $"hang/{i}", 1 => $"redirect/{i}", _ => $"gone/{i}" }));
        }

        await desk.SubscribeAsync(well.Url("well"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await desk.OpenAsync("Homepage is down");
        await Patience.UntilAsync(() => Task.FromResult(well.Posts.Count == 1), TimeSpan.FromSeconds(10), () => candor.Log, Ct);
        var took = clock.Elapsed;
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "failed") >= 80, 60);

        Assert.True(took < TimeSpan.FromSeconds(5), $"the one that is well waited {took}");
        Assert.DoesNotContain(sink.Posts, static post => post.Path.StartsWith("/metadata", StringComparison.Ordinal));
        var subscribers = (await desk.SendAsync(HttpMethod.Get, "/api/subscribers")).Body.GetProperty("subscribers");
        Assert.Equal(40, subscribers.EnumerateArray().Count(static one => one.GetProperty("state").GetString() == "gone"));
    }

    private static Task Misbehave(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (path.StartsWith("/redirect", StringComparison.Ordinal))
        {
            context.Response.Redirect("/metadata/secret");
            return Task.CompletedTask;
        }

        if (path.StartsWith("/gone", StringComparison.Ordinal))
        {
            context.Response.StatusCode = (int)HttpStatusCode.Gone;
            return Task.CompletedTask;
        }

        return Task.Delay(TimeSpan.FromMinutes(1), Ct);
    }

    private static bool IsSigned(HookPost post, string key)
    {
        var parts = post.Signature.Split(',');
        byte[] signed = [.. Encoding.ASCII.GetBytes(parts[0][2..] + "."), .. post.Body];
        var moment = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0][2..], CultureInfo.InvariantCulture));
        return parts[1] == "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed))
            && DateTimeOffset.UtcNow - moment < TimeSpan.FromMinutes(5);
    }

    private static int NiceOf(string folder) => int.Parse(File.ReadAllText(folder + "/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture);
}
