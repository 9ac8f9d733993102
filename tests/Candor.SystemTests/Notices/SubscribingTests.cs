using System.Globalization;
using System.Net;
using System.Text;
using Candor.Tests.Contracts;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Readers subscribe, confirm, change and leave from outside: the real executable, its public listener, a mailbox.</summary>
public sealed class SubscribingTests
{
    private const string Ada = "ada@example.com";

    public static bool NoPostfix => Postfix.Missing;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_form_to_the_first_notice_and_out_again_with_one_click()
    {
        await using var server = new SmtpStub();
        var desk = await StartAsync(ReaderDesk.Settings(server.Port));
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, server);
        await reader.AskAsync("Ada@Example.com");
        var link = Assert.Single(await reader.LinksAsync(Ada));

        // Nothing is told before the button was pressed, and fetching the link presses nothing.
        await desk.OpenAsync("Before");
        var (code, page, _) = await reader.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Contains("Confirm your subscription", page, StringComparison.Ordinal);
        Assert.Equal("unconfirmed", await StateAsync(desk));
        Assert.Equal((HttpStatusCode.SeeOther, link + "?done=confirmed"), Coded(await reader.PostAsync(link, true, ("maintenance", "true"))));
        Assert.Equal("active", await StateAsync(desk));

        var id = await desk.OpenAsync("Homepage is down");
        var links = await reader.LinksAsync(Ada, mails: 2);
        Assert.Contains(": investigating", reader.To(Ada)[1], StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", reader.To(Ada)[1], StringComparison.Ordinal);
        var leave = links.Single(static one => one.StartsWith("/unsubscribe/", StringComparison.Ordinal));
        foreach (var (path, method) in links.SelectMany(static one => new[] { (one, HttpMethod.Get), (one, HttpMethod.Head), (one, HttpMethod.Options) }))
        {
            Assert.Equal(method == HttpMethod.Options ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.OK, (await reader.GetAsync(path, method)).Code);
        }

        Assert.DoesNotContain("This is a defect", candor.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.PostAsync(leave, asBrowser: false)).Code);

        Assert.Equal("active", await StateAsync(desk));
        var (left, text, _) = await reader.PostAsync(leave, asBrowser: false, ("List-Unsubscribe", "One-Click"));
        Assert.Equal(HttpStatusCode.OK, left);
        Assert.Contains("You are not told any more", text, StringComparison.Ordinal);
        Assert.Equal("left", await StateAsync(desk));
        await desk.UpdateAsync(id, "All is well.", "resolved");
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "pending") == 0, 30, "email"));
        Assert.Equal(2, reader.To(Ada).Count);

        // "Delete me" leaves nothing that opens, and the link is over.
        Assert.Equal(HttpStatusCode.OK, (await reader.PostAsync(link + "/delete")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(link)).Code);
        Assert.DoesNotContain("ada@example", EverythingIn(candor.Data), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task New_known_and_told_addresses_get_the_same_bytes_and_strange_pages_get_none()
    {
        await using var server = new SmtpStub();
        var desk = await StartAsync(ReaderDesk.Settings(server.Port));
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, server);
        await reader.AskAsync("known@example.com");
        await desk.SubscribeAsync("told@example.com", "email");

        var answers = new List<(HttpStatusCode, string, string?)>();
        foreach (var address in new[] { "new@example.com", "known@example.com", "told@example.com" })
        {
            answers.Add(await reader.PostAsync("/subscriptions", true, ("channel", "email"), ("address", address)));
        }

        Assert.Equal((HttpStatusCode.SeeOther, "", "/subscriptions"), Assert.Single(answers.Distinct()));
        Assert.Contains("One more step", (await reader.GetAsync("/subscriptions")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/subscriptions", asBrowser: false, ("channel", "email"), ("address", Ada))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/subscriptions/sub000000001." + new string('0', 32))).Code);
        var (code, text, _) = await reader.PostAsync("/subscriptions", true, ("channel", "email"), ("address", "a@b\r\nBcc: c@example.com"), ("time_zone", "Mars/Base"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("This is no mail address", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_page_of_one_incident_somebody_is_told_of_it_alone()
    {
        await using var server = new SmtpStub();
        var desk = await StartAsync(ReaderDesk.Settings(server.Port));
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, server);
        await reader.AskAsync("somebody@example.com");
        var id = await desk.OpenAsync("Homepage is down");
        var page = "";
        await Patience.UntilAsync(
            async () => (page = (await reader.GetAsync($"/incidents/{id}")).Text).Contains("Be told of this incident", StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => page, Ct);
        Assert.Contains($"name=\"incident\" value=\"{id}\"", page, StringComparison.Ordinal);

        // As the form there sends it; new and known addresses, and an incident that is none, as everywhere.
        var asked = await reader.PostAsync("/subscriptions", true, ("channel", "email"), ("address", Ada), ("incident", id));
        Assert.Equal((HttpStatusCode.SeeOther, "", "/subscriptions"), asked);
        Assert.Equal(asked, await reader.PostAsync("/subscriptions", true, ("channel", "email"), ("address", Ada), ("incident", id)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.PostAsync("/subscriptions", true, ("channel", "email"), ("address", Ada), ("incident", "nothing00000"))).Code);
        var link = Assert.Single(await reader.LinksAsync(Ada));
        Assert.Contains("“Homepage is down” alone", (await reader.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, link + "?done=confirmed"), Coded(await reader.PostAsync(link, true, ("about", "incidents"), ("incidents", id))));

        await desk.OpenAsync("Something else");
        await desk.UpdateAsync(id, "A disk is full.", "identified");
        await reader.LinksAsync(Ada, mails: 2);
        await desk.UpdateAsync(id, "All is well.", "resolved");
        await reader.LinksAsync(Ada, mails: 3);
        MustAddUp(await desk.UntilLedgerAsync(static ledger => Count(ledger, "pending") == 0, 30, "email"));
        Assert.Equal(3, reader.To(Ada).Count);
        Assert.All(reader.To(Ada).Skip(1), static mail => Assert.Contains("Homepage is down", mail, StringComparison.Ordinal));
        await Patience.UntilAsync(
            async () => !(await reader.GetAsync($"/incidents/{id}")).Text.Contains("Be told of this incident", StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
    }

    [Fact]
    public async Task A_webhook_is_asked_by_a_signed_post_and_a_200_alone_confirms_nothing()
    {
        using var sink = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, null);
        await reader.BringAsync(sink.Url("hook"), "webhook");
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count == 1), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        var asked = sink.Posts[0];

        Assert.Equal("confirmation", asked.Json.GetProperty("candor").GetProperty("about").GetString());
        Assert.False(asked.Json.TryGetProperty("incident", out _));
        Assert.StartsWith("t=", asked.Signature, StringComparison.Ordinal);
        await desk.OpenAsync("Before");
        var link = Assert.Single(ReaderDesk.LinksOf(Encoding.UTF8.GetString(asked.Body)));
        Assert.Equal(HttpStatusCode.SeeOther, (await reader.PostAsync(link + "/confirm", asBrowser: false)).Code);

        var key = (await reader.GetAsync(link)).Text;
        Assert.Contains("whsec_", key, StringComparison.Ordinal);
        await desk.OpenAsync("After");
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count == 2), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        Assert.Equal("After", sink.Posts[1].Json.GetProperty("incident").GetProperty("name").GetString());

        // Their side says that it is gone, and that is that.
        sink.Answer = static context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Gone;
            return Task.CompletedTask;
        };
        await desk.OpenAsync("Third");
        await Patience.UntilAsync(async () => await StateAsync(desk) == "gone", TimeSpan.FromSeconds(30), () => candor.Log, Ct);
    }

    [Fact]
    public async Task What_a_stranger_enters_is_not_reached_in_a_network_that_is_allowed_for_ours()
    {
        using var theirs = new HookSink();
        using var ours = new HookSink();
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, null);
        await reader.AskAsync(theirs.Url("admin/delete?user=1"), "webhook");
        await reader.AskAsync(theirs.Url("services/T0/B0/x"), "slack");
        await desk.SubscribeAsync(ours.Url("hook"));
        await desk.OpenAsync("Homepage is down");

        // Ours is told, and theirs have failed for good: nothing of them is on its way any more.
        await Patience.UntilAsync(() => Task.FromResult(ours.Posts.Count == 1), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        foreach (var channel in (string[])["webhook", "slack"])
        {
            await desk.UntilLedgerAsync(static ledger => Count(ledger, "failed") == 1 && Count(ledger, "pending") == 0, 30, channel);
        }

        Assert.Empty(theirs.Posts);
    }

    [Fact]
    public async Task What_was_asked_for_while_the_mail_server_was_down_goes_out_after_a_kill()
    {
        await using var server = new SmtpStub { Answer = static command => command.Length == 0 ? "421 4.3.2 down" : null };
        var desk = await StartAsync(ReaderDesk.Settings(server.Port));
        await using var candor = desk.Candor;
        using var reader = new ReaderDesk(desk, server);
        await reader.AskAsync(Ada);
        await candor.KillAsync(Ct);
        server.Answer = static _ => null;
        await candor.StartAgainAsync(Ct);

        Assert.Single(await reader.LinksAsync(Ada));
    }

    [Fact]
    public async Task A_list_is_looked_at_entered_listed_saved_and_taken_out_from_a_shell()
    {
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync("https://receiver.example.com/first");
        var file = Path.Combine(candor.Folder, "people.csv");
        await File.WriteAllTextAsync(file, "Type,Email,Endpoint\nemail,ada@example.com,\nwebhook,,https://receiver.example.com/hook\nfax,+4912345,\n", Ct);

        var (code, output, error) = await desk.RunAsync("subscribers", "import", file);
        Assert.Equal(1, code);
        Assert.Contains("Bad, line 4", output, StringComparison.Ordinal);
        Assert.Contains("so nothing was entered", error, StringComparison.Ordinal);

        (code, output, _) = await desk.RunAsync("subscribers", "import", file, "--skip-bad", "--dry-run");
        Assert.Equal(0, code);
        Assert.Contains("Would enter 2 new", output, StringComparison.Ordinal);
        (code, output, _) = await desk.RunAsync("subscribers", "import", file, "--skip-bad");
        Assert.Equal(0, code);
        Assert.Contains("Entered 2 new", output, StringComparison.Ordinal);

        // By a pipe, and one by one; a secret is shown by its end, and named by the whole of it.
        (code, output, error) = await desk.RunWithAsync("address,minimum_impact\nada@example.com,major\n", "subscribers", "import", "-", "--dry-run");
        Assert.True(code == 0, error);
        Assert.Contains("Would change, line 2: ada@example.com: minimum_impact from none to major.", output, StringComparison.Ordinal);
        (code, output, error) = await desk.RunAsync("subscribers", "add", "slack", "https://hooks.slack.com/services/T0/B0/secretWxyz");
        Assert.True(code == 0, error);
        Assert.Contains("hooks.slack.com/…Wxyz is told by slack.", output, StringComparison.Ordinal);
        (code, output, error) = await desk.RunAsync("subscribers", "add", "email", "team@example.com");
        Assert.True(code == 0, error);
        Assert.Contains("several people", output, StringComparison.Ordinal);
        (_, output, _) = await desk.RunAsync("subscribers", "list");
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        (_, output, _) = await desk.RunAsync("subscribers", "export");
        Assert.Contains("https://hooks.slack.com/services/T0/B0/secretWxyz", output, StringComparison.Ordinal);
        (code, _, error) = await desk.RunAsync("subscribers", "remove", "https://hooks.slack.com/services/T0/B0/secretWxyz");
        Assert.True(code == 0, error);
        (code, _, error) = await desk.RunAsync("subscribers", "remove", "team@example.com");
        Assert.True(code == 0, error);

        (_, output, _) = await desk.RunAsync("subscribers", "list", "--search", "ADA@", "--state", "active");
        Assert.Contains("ada@example.com", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        (_, output, _) = await desk.RunAsync("subscribers", "export");
        Assert.Equal(4, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (code, _, _) = await desk.RunAsync("subscribers", "remove", "ada@example.com");
        Assert.Equal(0, code);
        (_, output, _) = await desk.RunAsync("subscribers", "export");
        Assert.DoesNotContain("ada@", output, StringComparison.Ordinal);
    }

    [Fact(Skip = "needs postfix and root", SkipWhen = nameof(NoPostfix))]
    public async Task A_real_mail_server_takes_the_link_and_the_notice_after_it()
    {
        await using var postfix = await Postfix.StartAsync(Ct);
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            page: { name: Heron, url: "https://status.example.com" }
            egress: { allow: [127.0.0.0/8, "::1/128"] }
            components: [{ name: Homepage }]
            notices: { email: { smtp: "smtp://candor:$SMTP_PASSWORD@localhost:{{postfix.Port}}", from: status@heron.example } }
            """);
        await using var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Settings = settings,
                Environment = new Dictionary<string, string> { ["SMTP_PASSWORD"] = LoginDesk.Password, ["SSL_CERT_FILE"] = postfix.Certificate },
            },
            Ct);
        using var reader = new ReaderDesk(new(candor, ""), null);
        await reader.AskAsync(Ada);
        var link = Assert.Single(ReaderDesk.LinksOf(Encoding.UTF8.GetString((await postfix.MailsAsync(1, Ct)).Single()).Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.SeeOther, (await reader.PostAsync(link)).Code);
        Assert.Contains("is told about Heron", (await reader.GetAsync(link)).Text, StringComparison.Ordinal);
    }

    private static (HttpStatusCode, string?) Coded((HttpStatusCode Code, string Text, string? Location) answer) => (answer.Code, answer.Location);

    private static async Task<string?> StateAsync(NoticeDesk desk)
    {
        var (_, body) = await desk.SendAsync(HttpMethod.Get, "/api/subscribers");
        return body.GetProperty("subscribers").EnumerateArray().Single().GetProperty("state").GetString();
    }

    /// <summary>Without what is only for a moment: a file is written under another name first, and may have its own by the time it is opened.</summary>
    private static string EverythingIn(string folder) => string.Concat(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static file => Path.GetFileName(file) != "lock" && !file.EndsWith(".new", StringComparison.Ordinal))
        .Select(static file =>
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            open.CopyTo(copy);
            return Encoding.Latin1.GetString(copy.ToArray());
        }));
}
