using System.Diagnostics;
using System.Globalization;
using Candor.Tests.Contracts;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Mails end to end: the real executable, the process of the channel, and a mail server that behaves and misbehaves.</summary>
public sealed class MailNoticeTests(ITestOutputHelper output)
{
    private const int Subscribers = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_is_told_of_each_update_once_in_one_conversation()
    {
        await using var server = new SmtpStub();
        var desk = await StartAsync(Settings(server));
        await using var candor = desk.Candor;
        await desk.SubscribeAsync("Ada@Example.com", "email");

        var id = await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 1, 60, "email");
        await desk.UpdateAsync(id, "All is well.", "resolved");
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 2, 60, "email"));

        var mails = server.Mails.ToList();
        Assert.Equal(
            ["Subject: [Heron] Homepage is down: investigating", "Subject: [Heron] Homepage is down: resolved"], mails.Select(m => Header(m, "Subject")));
        Assert.Single(mails.Select(m => Header(m, "References")).Distinct());
        Assert.Equal(2, mails.Select(m => Header(m, "Message-ID")).Distinct().Count());
        Assert.All(mails, static mail => Assert.Contains("\r\nTo: ada@example.com\r\n", mail, StringComparison.Ordinal));
        Assert.Contains("All is well.", mails[1], StringComparison.Ordinal);
    }

    /// <summary>Entered as a token's holder enters them, written and handed over by the processes that do it.</summary>
    [Fact]
    public async Task Each_subscriber_is_told_in_their_language_and_a_tag_that_is_not_spoken_is_kept()
    {
        await using var server = new SmtpStub();
        var desk = await StartAsync(Settings(server));
        await using var candor = desk.Candor;
        await desk.SubscribeAsync("ada@example.com", "email");
        foreach (var (address, language) in new[] { ("bruno@example.com", "de-AT"), ("chloe@example.com", "fr") })
        {
            var (code, _) = await desk.SendAsync(
                HttpMethod.Post, "/api/subscribers", $$"""{"channel":"email","address":"{{address}}","language":"{{language}}"}""");
            Assert.Equal(System.Net.HttpStatusCode.Created, code);
        }

        await desk.OpenAsync("Homepage is down");
        await desk.UntilLedgerAsync(static ledger => Count(ledger, "sent") == 3, 60, "email");

        var mails = server.Mails.ToDictionary(static mail => Header(mail, "To"));
        Assert.All(["To: ada@example.com", "To: chloe@example.com"], to => Assert.Equal(
            ("Content-Language: en", "Subject: [Heron] Homepage is down: investigating"), (Header(mails[to], "Content-Language"), Header(mails[to], "Subject"))));
        var german = mails["To: bruno@example.com"];
        Assert.Equal(("Content-Language: de", "Subject: [Heron] Homepage is down: wird untersucht"), (Header(german, "Content-Language"), Header(german, "Subject")));
        Assert.Contains("<html lang=3D\"de\">", german, StringComparison.Ordinal);
        var (_, list, _) = await desk.RunAsync("subscribers", "export");
        Assert.Contains(list.Split('\n'), static row => row.Contains("chloe@example.com", StringComparison.Ordinal) && row.Contains(",fr,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stalls", "", SmtpStub.Stall)]
    [InlineData("421", "", "421 4.3.2 busy")]
    [InlineData("4xx", "RCPT", "451 4.3.0 later")]
    [InlineData("5xx", "RCPT", "550 5.1.1 no such user")]
    [InlineData("reset after DATA", ".", SmtpStub.HangUp)]
    [InlineData("TLS garbage", "STARTTLS", SmtpStub.NoHandshake)]
    public async Task P_08_A_mail_server_in_trouble_holds_up_neither_readers_nor_other_channels(string trouble, string verb, string answer)
    {
        await using var server = new SmtpStub { Features = ["STARTTLS", "PIPELINING", "ENHANCEDSTATUSCODES"] };
        using var sink = new HookSink();
        server.Answer = command => command.Split(' ')[0] == verb ? answer : command == "STARTTLS" ? "454 4.7.0 not now" : null;
        server.Features = verb == "STARTTLS" ? server.Features : ["PIPELINING", "ENHANCEDSTATUSCODES"];
        var desk = await StartAsync(Settings(server));
        await using var candor = desk.Candor;
        for (var i = 0; i < Subscribers; i++)
        {
            await desk.SubscribeAsync($"reader-{i}@example.com", "email");
        }

        await desk.SubscribeAsync(sink.Url("hook"));
        var quiet = await P99Async(candor);

        var clock = Stopwatch.StartNew();
        var before = candor.Id;
        await desk.OpenAsync("Homepage is down");
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count == 1), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        var hook = clock.Elapsed;
        await Patience.UntilAsync(() => Task.FromResult(server.Connections > 0), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        var busy = await P99Async(candor);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{trouble}: page p99 {busy:F1} ms against {quiet:F1} ms quiet, webhook after {hook.TotalMilliseconds:F0} ms, {server.Connections} connections"));
        Assert.True(hook < TimeSpan.FromSeconds(15), $"the webhook waited {hook}");
        Assert.Equal((before, false), (candor.Id, candor.HasExited));
        MustAddUp(await desk.UntilLedgerAsync(
            ledger => trouble == "5xx" ? Count(ledger, "failed") == Subscribers : Count(ledger, "pending") == Subscribers, 60, "email"));
        Assert.Empty(server.Mails);
    }

    /// <summary>Nobody presses anything: the one mail in half a minute finds the server back, and everybody is told once.</summary>
    [Fact]
    public async Task When_the_server_is_back_everybody_is_told_once_and_what_is_so_by_then()
    {
        await using var server = new SmtpStub { Answer = static command => command.Length == 0 ? "421 4.3.2 down" : null };
        var desk = await StartAsync(Settings(server));
        await using var candor = desk.Candor;
        for (var i = 0; i < Subscribers; i++)
        {
            await desk.SubscribeAsync($"reader-{i}@example.com", "email");
        }

        var id = await desk.OpenAsync("Homepage is down");
        await Patience.UntilAsync(() => Task.FromResult(server.Connections >= 5), TimeSpan.FromSeconds(60), () => candor.Log, Ct);
        await desk.UpdateAsync(id, "A disk is full.", "identified");
        server.Answer = static _ => null;

        var ledger = await desk.UntilLedgerAsync(static ledger => Count(ledger, "accepted") >= Subscribers && Count(ledger, "pending") == 0, 180, "email");

        MustAddUp(ledger);
        Assert.Equal((Subscribers, 0), (Count(ledger, "sent"), Count(ledger, "failed")));
        Assert.Equal(Subscribers, server.Mails.Count);
        Assert.All(server.Mails, static mail => Assert.Contains(": identified\r\n", mail, StringComparison.Ordinal));
    }

    private static string Settings(SmtpStub server) => string.Create(
        CultureInfo.InvariantCulture, $$"""notices: { email: { smtp: "smtp://127.0.0.1:{{server.Port}}", from: status@heron.example } }""");

    private static string Header(string mail, string name) =>
        mail.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static async Task<double> P99Async(CandorProcess candor)
    {
        var took = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var page = await candor.Http.GetAsync(candor.Address, Ct);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return took.Order().ElementAt(296);
    }
}
