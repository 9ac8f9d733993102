using System.Net;
using System.Text.RegularExpressions;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>A responder is reminded by the channel that readers are told by, and acknowledges without signing in.</summary>
public sealed partial class ReminderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_promise_about_to_be_missed_is_said_to_the_responder_alone_who_acknowledges_by_the_link()
    {
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("reader"));
        var (code, entered) = await desk.SendAsync(
            HttpMethod.Post, "/api/subscribers", $$"""{"channel":"webhook","address":"{{sink.Url("responder")}}","reminders":true}""");
        Assert.True(code == HttpStatusCode.Created && entered.GetProperty("reminders").GetBoolean(), $"{code} {entered}");

        (code, var opened) = await desk.SendAsync(
            HttpMethod.Post, "/api/incidents", """{"title":"Homepage is down","body":"We are looking.","next_update_in_seconds":60}""");
        Assert.True(code == HttpStatusCode.Created, $"{code} {opened}");
        await Patience.UntilAsync(() => Task.FromResult(Reminders(sink).Count > 0), TimeSpan.FromSeconds(90), () => candor.Log, Ct);

        var reminder = Assert.Single(Reminders(sink));
        Assert.Equal("/responder", reminder.Path);
        Assert.False(reminder.Json.TryGetProperty("incident", out _));
        var link = new Uri(reminder.Json.GetProperty("candor").GetProperty("acknowledge").GetString()!).PathAndQuery;
        Assert.StartsWith("/acknowledge/", link, StringComparison.Ordinal);
        Assert.Contains("the next update on Homepage is down", reminder.Text, StringComparison.OrdinalIgnoreCase);

        using var responder = new ReaderDesk(desk, null);
        var asked = (await responder.GetAsync(link)).Text;
        Assert.Contains("A promised update on “Homepage is down” is due", asked, StringComparison.Ordinal);
        Assert.Contains("Do you have it in hand?", asked, StringComparison.Ordinal);

        // The button of the page that was shown, as a browser presses it.
        var button = WebUtility.HtmlDecode(Button().Match(asked).Groups["action"].Value);
        Assert.Contains("You have it in hand", (await responder.PostAsync(button, asBrowser: false)).Text, StringComparison.Ordinal);
        Assert.Contains("This is settled", (await responder.GetAsync(link)).Text, StringComparison.Ordinal);

        // The link acknowledges and does nothing else; one that was turned round leads nowhere.
        Assert.Equal(HttpStatusCode.NotFound, (await responder.GetAsync(link.Replace("/acknowledge/", "/subscriptions/", StringComparison.Ordinal))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await responder.GetAsync(link.Replace("?of=incident", "?of=maintenance", StringComparison.Ordinal))).Code);
        Assert.Equal(1, sink.Posts.Count(static post => post.Path == "/reader"));
        MustAddUp(await desk.LedgerAsync());
    }

    private static List<HookPost> Reminders(HookSink sink) =>
        [.. sink.Posts.Where(static post => post.Json.GetProperty("candor").GetProperty("about").GetString() == "reminder")];

    [GeneratedRegex("<form[^>]* action=\"(?<action>/acknowledge/[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Button();
}
