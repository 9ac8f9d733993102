using System.Globalization;
using System.Net;
using Candor.Commands.Drills.Rig;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>
/// A crowd is told of one incident by mail and by webhook at once, and it is printed how long that takes. How quick it was is
/// judged where a size is asked for, on a machine with nothing else to do.
/// </summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Small = 1_000;
    private const int PerBatch = 2_500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_20_One_incident_is_handed_over_by_mail_and_by_webhook_at_once()
    {
        var isAsked = int.TryParse(Environment.GetEnvironmentVariable("CANDOR_CROWD"), CultureInfo.InvariantCulture, out var asked);
        var each = (isAsked ? asked : Small) / 2;
        var (mail, hooks) = (new MailSink(TimeProvider.System), new Commands.Drills.Rig.HookSink(TimeProvider.System));
        await using var sinks = await Sinks.OpenAsync(mail, hooks.TakeAsync, Ct);
        var desk = await StartAsync(string.Create(
            CultureInfo.InvariantCulture, $$"""notices: { email: { smtp: "smtp://127.0.0.1:{{sinks.MailPort}}", from: status@heron.example } }"""));
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(AddressOf(0), "email");
        await EnterAsync(desk, "email", Enumerable.Range(1, each - 1).Select(AddressOf));
        await EnterAsync(desk, "webhook", Enumerable.Range(0, each).Select(i => new Uri(sinks.Hook, $"/s{i}").ToString()));
        await desk.UntilLedgerAsync(static _ => true, 30, "email");
        await desk.UntilLedgerAsync(static _ => true, 30);

        var began = TimeProvider.System.GetUtcNow();
        await desk.OpenAsync("Homepage is down");
        await Patience.UntilAsync(
            () => Task.FromResult(mail.Mails.Count >= each && hooks.Hooks.Count >= each), TimeSpan.FromSeconds(300),
            () => $"{mail.Mails.Count} mails, {hooks.Hooks.Count} webhooks\n{candor.Log}", Ct);
        var byMail = await desk.UntilLedgerAsync(ledger => Count(ledger, "sent") == each, 60, "email");
        var byHook = await desk.UntilLedgerAsync(ledger => Count(ledger, "sent") == each, 60);

        var (mails, posts) = (mail.Mails.Select(one => (one.At - began).TotalSeconds).Order().ToList(), hooks.Hooks.Select(static one => one.After.TotalSeconds).Order().ToList());
        output.WriteLine($"{each} mails: first after {mails[0]:F2} s, last after {mails[^1]:F1} s; {each} webhooks: first after {posts[0]:F2} s, last after {posts[^1]:F1} s");
        MustAddUp(byMail);
        MustAddUp(byHook);
        Assert.Equal((each, each), (mail.Mails.Select(static one => one.Recipient).Distinct().Count(), hooks.Hooks.Select(static one => one.Path).Distinct().Count()));
        Assert.Equal((each, each), (mails.Count, posts.Count));
        if (isAsked)
        {
            Assert.True(Math.Max(mails[0], posts[0]) <= 1, $"the first by mail after {mails[0]:F2} s, by webhook after {posts[0]:F2} s");
            Assert.True(Math.Max(mails[^1], posts[^1]) <= 30, $"the last by mail after {mails[^1]:F1} s, by webhook after {posts[^1]:F1} s");
        }
    }

    private static string AddressOf(int number) => $"reader{number}@domain{number % 100}.example";

    private static async Task EnterAsync(NoticeDesk desk, string channel, IEnumerable<string> addresses)
    {
        foreach (var some in addresses.Chunk(PerBatch))
        {
            var rows = some.Select(address => $$"""{"channel":"{{channel}}","address":"{{address}}"}""");
            var (code, answer) = await desk.SendAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', rows)}}]}""");
            Assert.True(code == HttpStatusCode.OK, $"{code}: {answer}");
        }
    }
}
