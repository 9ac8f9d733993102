using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Candor.SystemTests.Browser;
using Candor.Tests.Contracts;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Web push end to end: the real executable, a push service of our own, and a browser's keys that really decrypt.</summary>
public sealed class WebPushTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_confirms_is_told_what_only_it_can_read_and_ends_it_by_being_gone()
    {
        var headers = new ConcurrentQueue<WebHeaderCollection>();
        using var browser = new PushBrowser();
        using var service = new HookSink();
        service.Answer = context =>
        {
            headers.Enqueue((WebHeaderCollection)context.Request.Headers);
            context.Response.StatusCode = (int)HttpStatusCode.Created;
            return Task.CompletedTask;
        };
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, null);
        await reader.BringAsync(browser.Json(service.Url("push/1")), "webpush");

        var asked = Told(browser, await PostAsync(service, candor, 1));
        Assert.Contains("Confirm", asked.GetProperty("title").GetString(), StringComparison.Ordinal);
        var link = new Uri(asked.GetProperty("url").GetString()!).AbsolutePath;
        Assert.Equal(HttpStatusCode.SeeOther, (await reader.PostAsync(link + "/confirm", asBrowser: false)).Code);
        await desk.OpenAsync("Homepage is down");
        var told = Told(browser, await PostAsync(service, candor, 2));
        Assert.Contains("Homepage is down", told.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("https://status.example.com/incidents/", told.GetProperty("url").GetString(), StringComparison.Ordinal);

        // The service in between knows who sends, and nothing of what.
        var sent = headers.Last();
        var (audience, expires, contact, key) = PushBrowser.Sender(sent["Authorization"]!);
        Assert.Equal(service.Url("").TrimEnd('/'), audience);
        Assert.Equal("https://status.example.com", contact?.TrimEnd('/'));
        Assert.InRange(expires, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(24));
        Assert.Equal((await reader.GetAsync("/push-key")).Text, key);
        Assert.Equal(("aes128gcm", "86400"), (sent["Content-Encoding"], sent["TTL"]));
        Assert.DoesNotContain(service.Posts, static post => post.Text.Contains("Homepage", StringComparison.Ordinal));

        // The key outlives a restart: browsers take nothing signed with another.
        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);
        using var later = new ReaderDesk(desk, null);
        await Patience.UntilAsync(async () => (await later.GetAsync("/push-key")).Code == HttpStatusCode.OK, TimeSpan.FromSeconds(60), () => candor.Log, Ct);
        Assert.Equal(key, (await later.GetAsync("/push-key")).Text);
        service.Answer = static context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Gone;
            return Task.CompletedTask;
        };
        await desk.OpenAsync("Mail is down");
        await Patience.UntilAsync(
            async () => (await desk.SendAsync(HttpMethod.Get, "/api/subscribers")).Body.GetProperty("subscribers")[0].GetProperty("state").GetString() == "gone",
            TimeSpan.FromSeconds(60), () => candor.Log, Ct);
    }

    [Fact(Skip = "needs Chromium", SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task The_form_shows_where_scripts_run_and_sends_what_the_browser_gave()
    {
        using var keys = new PushBrowser();
        using var service = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        using var asks = new ReaderDesk(desk, null);
        await Patience.UntilAsync(async () => (await asks.GetAsync("/push-key")).Code == HttpStatusCode.OK, TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        var page = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{candor.Address.Port}/subscribe");

        await using var without = await Operator.ComeAsync(chromium, candor, javaScript: false);
        await without.Page.GotoAsync(page);
        Assert.False(await without.Page.GetByText("In this browser").IsVisibleAsync());

        // No browser of a test has a push service behind it; the rest of the way is real.
        await using var reader = await Operator.ComeAsync(chromium, candor);
        await reader.Page.AddInitScriptAsync(
            $"PushManager.prototype.subscribe = async (wanted) => {{ if (wanted.applicationServerKey.length !== 87) throw new Error('key'); return {keys.Json(service.Url("push/2"))}; }};");
        await Patience.UntilAsync(
            async () =>
            {
                // The page is rendered anew a moment after the key was made.
                await reader.Page.GotoAsync(page);
                return await reader.Page.GetByText("In this browser").IsVisibleAsync();
            },
            TimeSpan.FromSeconds(60), () => candor.Log, Ct);
        await reader.LooksRightAsync("reader-push");
        await reader.Page.Locator("#by-push-section").GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await reader.Page.GetByText("One more step").WaitForAsync();

        // What the browser gave has come whole. A service on this machine is none that a stranger's word leads to, so nothing goes there.
        await Patience.UntilAsync(
            async () => (await desk.RunAsync("subscribers", "export")).Output.Contains(service.Url("push/2"), StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), () => candor.Log, Ct);
        var asked = (await desk.SendAsync(HttpMethod.Get, "/api/subscribers")).Body.GetProperty("subscribers")[0];
        Assert.Equal(("webpush", "unconfirmed"), (asked.GetProperty("channel").GetString(), asked.GetProperty("state").GetString()));
        Assert.Empty(service.Posts);
        Assert.EndsWith("/push-worker.js", await reader.Page.EvaluateAsync<string>(
            "async () => { const all = await navigator.serviceWorker.getRegistrations(); const one = all[0]; return (one.active || one.waiting || one.installing).scriptURL; }"), StringComparison.Ordinal);
        Assert.Empty(reader.Complaints);
    }

    private static async Task<HookPost> PostAsync(HookSink service, CandorProcess candor, int count)
    {
        await Patience.UntilAsync(() => Task.FromResult(service.Posts.Count >= count), TimeSpan.FromSeconds(60), () => candor.Log, Ct);
        return service.Posts[count - 1];
    }

    private static JsonElement Told(PushBrowser browser, HookPost post) => JsonElement.Parse(browser.Read(post.Body));
}
