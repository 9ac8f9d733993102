using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Candor.SystemTests.Browser;
using Candor.SystemTests.Posting;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>The ledger of an incident as operators and programs read it: the real executable, its queue and its processes.</summary>
public sealed class LedgerTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";
    private const int Many = 450;

    private readonly ConcurrentDictionary<string, int> answers = new() { ["/refuses"] = 400, ["/slow"] = 503 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_is_read_in_pieces_and_whole_and_adds_up_to_what_is_counted()
    {
        using var sink = new HookSink { Answer = AnswerAsync };
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("refuses"));
        await EnterManyAsync(desk, sink);
        var id = await desk.OpenAsync("Homepage is down");
        var ledger = await desk.UntilLedgerAsync(static one => Count(one, "sent") == Many && Count(one, "failed") == 1, 60);
        MustAddUp(ledger);

        var (rows, pieces, after) = (new List<JsonElement>(), 0, "");
        while (after is not null)
        {
            var (code, body) = await desk.SendAsync(HttpMethod.Get, $"/api/notices/incident:{id}?after={after}");
            Assert.Equal(HttpStatusCode.OK, code);
            Assert.Equal(Many + 1, body.GetProperty("channels").GetProperty("webhook").GetProperty("accepted").GetInt32());
            rows.AddRange(body.GetProperty("notices").EnumerateArray());
            after = body.TryGetProperty("next", out var next) ? next.GetString() : null;
            pieces++;
        }

        Assert.Equal((3, Many + 1, Many + 1), (pieces, rows.Count, rows.Select(static row => row.GetProperty("subscriber").GetString()).Distinct().Count()));
        Assert.Equal(Many, rows.Count(static row => row.GetProperty("state").GetString() == "sent" && row.GetProperty("said").GetString() == "200 OK" && row.GetProperty("tries").GetInt32() == 1));

        var (_, failed) = await desk.SendAsync(HttpMethod.Get, $"/api/notices/incident:{id}?state=failed&q=REFUSES");
        var dead = Assert.Single(failed.GetProperty("notices").EnumerateArray());
        Assert.Equal(("refused", sink.Url("refuses")), (dead.GetProperty("why").GetString(), dead.GetProperty("address").GetString()));

        var (_, all) = await desk.SendAsync(HttpMethod.Get, $"/api/notices/incident:{id}/list.json");
        Assert.Equal(Many + 1, all.GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Get, "/api/notices/incident:nothere00000")).Code);

        var (exit, output, error) = await desk.RunAsync("ledger", id, "--state", "failed");
        Assert.True(exit == 0, error);
        Assert.Contains($"{Many + 1} accepted = {Many} sent + 1 failed + 0 pending + 0 withheld", output, StringComparison.Ordinal);
        Assert.Contains(sink.Url("refuses"), output, StringComparison.Ordinal);
        (exit, output, _) = await desk.RunAsync("ledger", id, "--json");
        Assert.Equal((0, Many + 1), (exit, JsonElement.Parse(output).GetArrayLength()));
    }

    [Fact]
    public async Task Whoever_may_not_see_addresses_gets_ids_and_finds_nobody_by_address()
    {
        using var sink = new HookSink { Answer = AnswerAsync };
        await using var candor = (await StartAsync()).Candor;
        var tokens = await Api.TokensAsync(candor, "admin", "read");
        var desk = new NoticeDesk(candor, tokens[0]);
        await desk.SubscribeAsync(sink.Url("refuses"));
        var id = await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static one => Count(one, "failed") == 1, 30);

        var table = await TextAsync(candor, tokens[0], $"/api/notices/incident:{id}/list.csv");
        Assert.Contains(sink.Url("refuses"), table, StringComparison.Ordinal);
        Assert.Contains(",400 Bad Request,", table, StringComparison.Ordinal);
        Assert.Equal(2, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.DoesNotContain(sink.Url(""), await TextAsync(candor, tokens[1], $"/api/notices/incident:{id}/list.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain(sink.Url(""), await TextAsync(candor, tokens[1], $"/api/notices/incident:{id}"), StringComparison.Ordinal);

        // An address that is found is as good as one that is shown.
        var found = JsonElement.Parse(await TextAsync(candor, tokens[1], $"/api/notices/incident:{id}?q=refuses"));
        Assert.Equal(0, found.GetProperty("notices").GetArrayLength());
    }

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData(Operator.Phone)]
    [InlineData(1280)]
    public async Task An_operator_finds_from_the_room_who_could_not_be_reached_and_what_their_side_said(int width)
    {
        using var sink = new HookSink { Answer = AnswerAsync };
        await using var candor = await CandorProcess.StartAsync(NoticeDesk.Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, width);
        var desk = new NoticeDesk(candor, (await Api.TokensAsync(candor, "admin"))[0]);
        await desk.SubscribeAsync(sink.Url("refuses"));
        await desk.SubscribeAsync(sink.Url("slow"));
        await EnterManyAsync(desk, sink);
        var id = await desk.OpenAsync("Homepage is down");
        // One of them answers 503 before the others are told, so they go by a rate that rises slowly, and more so on a machine that is busy.
        await desk.UntilLedgerAsync(static one => Count(one, "sent") == Many && Count(one, "failed") == 1, 180);

        await ada.GoAsync("/incidents/" + id);
        await ada.LooksRightAsync("ledger-room");
        await ada.Page.GetByText("Who was told, and what became of it").ClickAsync();
        Assert.Contains($"{Many + 2} accepted = {Many} sent + 1 failed + 1 pending + 0 withheld", await ada.TextAsync(), StringComparison.Ordinal);
        Assert.InRange(await ada.Page.Locator("ul.places > li").CountAsync(), 200, 210);
        await ada.LooksRightAsync("ledger-many");
        await ada.Page.GetByText("The next 200").ClickAsync();
        await ada.Page.GetByText("From the beginning").WaitForAsync();

        await ada.GoAsync("/notices");
        await ada.LooksRightAsync("ledger-channels");
        await ada.Page.GetByText("Homepage is down").ClickAsync();
        await ada.Page.GetByLabel("State").SelectOptionAsync("pending");
        await ada.PressAsync("Look");
        await ada.Page.GetByText("next try").WaitForAsync();
        await ada.LooksRightAsync("ledger-pending");
        await ada.Page.GetByText("See who could not be reached").ClickAsync();
        await ada.Page.GetByText("Their side said: 400").WaitForAsync();
        await ada.LooksRightAsync("ledger-failed");
        answers["/refuses"] = 200;
        await ada.Page.GetByText("Try update 1 again").ClickAsync();
        await ada.LooksRightAsync("ledger-question");
        await ada.PressAsync("Send it again");
        await ada.Page.GetByText("update 1", new() { Exact = false }).First.WaitForAsync();
        await desk.UntilLedgerAsync(static one => Count(one, "sent") == Many + 1, 30);
        await ada.GoAsync("/audit?act=notice.replayed");
        Assert.Contains($"notice.replayed by Ada", await ada.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, sink.Posts.Count(static post => post.Path == "/refuses"));
        Assert.Single(sink.Posts.Where(static post => post.Path == "/refuses").Select(static post => post.Notice).Distinct());
        await ada.GoAsync($"/notices/incident:{id}?q=refuses");
        await ada.Page.GetByText(sink.Url("refuses")).ClickAsync();
        await ada.Page.GetByText("Their side said: 200").WaitForAsync();
        await ada.LooksRightAsync("ledger-person");
        Assert.Empty(ada.Complaints);
    }

    private static async Task<string> TextAsync(CandorProcess candor, string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(candor.AdminAddress, path));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await candor.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static async Task EnterManyAsync(NoticeDesk desk, HookSink sink)
    {
        var all = string.Join(',', Enumerable.Range(0, Many).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"channel":"webhook","address":"{{sink.Url("well" + i)}}"}""")));
        var (code, answer) = await desk.SendAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{all}}]}""");
        Assert.True(code == HttpStatusCode.OK && answer.GetProperty("entered").GetInt32() == Many, $"{answer}");
    }

    private Task AnswerAsync(HttpListenerContext context)
    {
        context.Response.StatusCode = answers.GetValueOrDefault(context.Request.Url!.AbsolutePath, 200);
        return Task.CompletedTask;
    }
}
