using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Candor.SystemTests.Notices;
using Candor.Tests.Contracts;

namespace Candor.SystemTests.Mirrors;

/// <summary>A mirror with a mail account of its own tells people when the publisher cannot: real processes, a real Postfix, a kill in the middle.</summary>
public sealed partial class MirrorTellingTests : IDisposable
{
    private const string Home = "https://status.heron.example/";
    private const string Words = "We lost our account and are on it.";

    private readonly string stick = Directory.CreateTempSubdirectory("candor-stick-").FullName;

    public static bool NoPostfix => Postfix.Missing;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Emergency => Path.Combine(stick, "emergency.key");

    private string Contacts => Path.Combine(stick, "contacts.key");

    public void Dispose() => Directory.Delete(stick, recursive: true);

    [Fact(Skip = "needs postfix and root", SkipWhen = nameof(NoPostfix))]
    public async Task P_26_People_are_told_by_the_mirrors_own_mail_account_leave_by_it_and_the_publisher_hears_of_it()
    {
        await using var postfix = await Postfix.StartAsync(Ct);
        await using var origin = new SmtpStub();
        var desk = await NoticeDesk.StartAsync(ReaderDesk.Settings(origin.Port));
        await using var candor = desk.Candor;
        await desk.SubscribeAsync("ada@example.com", "email");
        await desk.SubscribeAsync("nobody@example.com", "email");
        var erased = (await desk.SubscribeAsync("erased@example.com", "email")).GetProperty("id").GetString();
        await desk.SendAsync(HttpMethod.Delete, $"/api/subscribers/{erased}");
        await SameAsNothingAsync(candor, null);
        var token = await PrepareAsync(candor);
        await SameAsNothingAsync(candor, token[..^1]);

        await using var mirror = new MirrorProcess((await RunAsync("mirror", "key", "--data", candor.Data)).Output.Trim())
        {
            Arguments = ["--contacts", "$CONTACTS", "--mail", $"smtp://{LoginDesk.User}:$SMTP_PASSWORD@localhost:{postfix.Port}", "--mail-from", "status@heron.example", "--home", Home],
            Environment = new Dictionary<string, string> { ["CONTACTS"] = token, ["SMTP_PASSWORD"] = LoginDesk.Password },
        };
        await mirror.StartAsync(candor.Address, Ct);
        await HoldsAsync(mirror);
        string[] tell = ["mirror", "tell", "--to", mirror.Http.BaseAddress!.ToString(), "--key-file", Emergency, "--home", Home];
        var (exit, said, fault) = await RunAsync([.. tell, "--tell", Contacts, "--try", "ada@example.com"]);
        Assert.True(exit == 0, fault);
        Assert.Contains("It holds contacts of 2 people", said, StringComparison.Ordinal);
        Assert.Contains("Subject: Trial: the mirror " + Home, Encoding.UTF8.GetString((await postfix.MailsAsync(1, Ct)).Single()).Replace("\n ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        await Patience.UntilAsync(() => Task.FromResult(mirror.Log.Contains("contacts of 2 people are held", StringComparison.Ordinal)), TimeSpan.FromSeconds(90), () => mirror.Log, Ct);
        await candor.KillAsync(Ct);

        (exit, said, fault) = await RunAsync([.. Post(mirror), "--home", Home, "--tell", Contacts]);
        Assert.True(exit == 0, fault);
        Assert.Contains("writes to 2 people", said, StringComparison.Ordinal);
        Assert.Contains("Told by mail: 1 of 2; the mail server refused 1.", said, StringComparison.Ordinal);
        var id = About().Match(said).Value;
        var mail = (await postfix.MailsAsync(2, Ct)).Select(Encoding.UTF8.GetString).Single(static one => !one.Contains("Subject: Trial", StringComparison.Ordinal)).Replace("=\n", "", StringComparison.Ordinal);
        Assert.Contains("Subject: [Heron] Everything is down: investigating", mail, StringComparison.Ordinal);
        Assert.Contains(Words, mail, StringComparison.Ordinal);
        Assert.Contains("with ESMTPSA", mail, StringComparison.Ordinal);
        Assert.Contains("Read on: " + Home, mail, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe: <" + Home + "unsubscribe/", mail.Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        NoAddressIn(mirror);

        // Told again, nobody is; and one POST of the link ends it, without the publisher.
        (exit, said, fault) = await RunAsync("mirror", "tell", "--to", mirror.Http.BaseAddress!.ToString(), "--key-file", Emergency, "--home", Home, "--tell", Contacts, "--bulletin", id);
        Assert.True(exit == 0, fault);
        Assert.Contains("Told by mail: 1 of 2", said, StringComparison.Ordinal);
        (exit, said, fault) = await RunAsync([.. tell, "--bulletin", id, "--stop"]);
        Assert.True(exit == 0, fault);
        Assert.Contains("tells nobody else. Told by mail: 1 of 2", said, StringComparison.Ordinal);
        var leave = Leaving().Match(mail).Value;
        Assert.Contains("No more mails", await mirror.Http.GetStringAsync(new Uri(leave, UriKind.Relative), Ct), StringComparison.Ordinal);
        using (var left = await mirror.Http.PostAsync(new Uri(leave, UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct))
        {
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        }

        using (var guessed = await mirror.Http.PostAsync(new Uri(leave[..^1] + (leave[^1] == '0' ? '1' : '0'), UriKind.Relative), null, Ct))
        {
            Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        }

        (exit, said, fault) = await RunAsync([.. Post(mirror), "--home", Home, "--tell", Contacts, "--about", id, "--status", "identified"]);
        Assert.True(exit == 1, said);
        Assert.Contains("Told by mail: 0 of 2; the mail server refused 1.", said, StringComparison.Ordinal);
        Assert.Contains("Nobody was told by mail: the mail server refused them.", fault, StringComparison.Ordinal);
        await WrongKeysAsync(candor, mirror, id);

        // The publisher is back, at another port; its mirror is told where.
        await candor.StartAgainAsync(Ct);
        await mirror.KillAsync(Ct);
        await mirror.StartAsync(candor.Address, Ct);
        await Patience.UntilAsync(() => Task.FromResult(mirror.Log.Contains("1 were told of bulletin " + id, StringComparison.Ordinal)), TimeSpan.FromSeconds(60), () => mirror.Log, Ct);
        await Patience.UntilAsync(
            async () => (await desk.SendAsync(HttpMethod.Get, "/api/subscribers?q=ada@example.com")).Body.GetProperty("subscribers")[0].GetProperty("state").GetString() == "left",
            TimeSpan.FromSeconds(30), () => mirror.Log, Ct);
        Assert.DoesNotContain(origin.Mails, static mail => mail.Contains("Everything is down", StringComparison.Ordinal));
        Assert.Equal(2, (await postfix.MailsAsync(2, Ct)).Count);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_when_it_is_asked_again_and_loses_nobody()
    {
        const int people = 60;
        await using var origin = new SmtpStub();
        await using var own = new SmtpStub();
        var desk = await NoticeDesk.StartAsync(ReaderDesk.Settings(origin.Port));
        await using var candor = desk.Candor;
        await desk.SubscribeAsync("reader0@example.com", "email");
        var rows = Enumerable.Range(1, people - 1).Select(static i => string.Create(CultureInfo.InvariantCulture, $$"""{"channel":"email","address":"reader{{i}}@example.com"}"""));
        Assert.Equal(HttpStatusCode.OK, (await desk.SendAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', rows)}}]}""")).Code);
        var token = await PrepareAsync(candor);
        await using var mirror = new MirrorProcess((await RunAsync("mirror", "key", "--data", candor.Data)).Output.Trim())
        {
            Arguments = ["--contacts", "$CONTACTS", "--mail", string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{own.Port}"), "--mail-from", "status@heron.example", "--home", Home],
            Environment = new Dictionary<string, string> { ["CONTACTS"] = token },
        };
        await mirror.StartAsync(candor.Address, Ct);
        await HoldsAsync(mirror);
        await candor.KillAsync(Ct);

        // It takes some and then goes silent after the end of a mail, which is where nobody knows.
        own.Answer = command => command == "." && own.Mails.Count > 24 ? SmtpStub.Stall : null;
        var telling = RunAsync([.. Post(mirror), "--home", Home, "--tell", Contacts]);
        await own.Stalled.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        await mirror.KillAsync(Ct);
        var (exit, said, fault) = await telling;
        Assert.Equal(1, exit);

        // How many were told; or, where its answer was not out yet, whether it has begun.
        Assert.Contains("It is not known", fault, StringComparison.Ordinal);
        var id = Bulletin().Match(fault).Groups["id"].Value;
        Assert.InRange(own.Mails.Count, 1, people - 1);
        NoAddressIn(mirror);

        own.Answer = static _ => null;
        await mirror.StartAsync(candor.Address, Ct);
        (exit, said, fault) = await RunAsync("mirror", "tell", "--to", mirror.Http.BaseAddress!.ToString(), "--key-file", Emergency, "--home", Home, "--tell", Contacts, "--bulletin", id);
        Assert.True(exit == 0, fault);
        Assert.Contains($"Told by mail: {people} of {people}.", said, StringComparison.Ordinal);
        var told = own.Mails.Select(static mail => To().Match(mail).Value).GroupBy(static to => to).ToList();
        Assert.Equal(people, told.Count);
        Assert.True(own.Mails.Count <= people + 8, $"{own.Mails.Count} mails");
        NoAddressIn(mirror);
    }

    private static string[] Post(MirrorProcess mirror, string key) =>
        ["mirror", "post", "--to", mirror.Http.BaseAddress!.ToString(), "--key-file", key, "--title", "Everything is down", "--body", Words];

    private string[] Post(MirrorProcess mirror) => Post(mirror, Emergency);

    /// <summary>Of nobody who subscribed; the example in the form is nobody.</summary>
    private static void NoAddressIn(MirrorProcess mirror)
    {
        foreach (var file in Directory.GetFiles(mirror.Folder, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(Address(), Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        Assert.DoesNotMatch(Address(), mirror.Log);
    }

    /// <summary>Without the token there is nothing there: the same answer as anywhere else, by every method.</summary>
    private static async Task SameAsNothingAsync(CandorProcess candor, string? token)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Options })
        {
            foreach (var path in new[] { "/mirror/contacts", "/mirror/told" })
            {
                // The page that says so is rendered anew now and then, so it is asked for before and after.
                await Patience.UntilAsync(
                    async () =>
                    {
                        var before = await AnswerAsync(candor, method, "/mirror/nothing", token);
                        var hidden = await AnswerAsync(candor, method, path, token);
                        var isSame = before == await AnswerAsync(candor, method, "/mirror/nothing", token);
                        Assert.True(!isSame || before == hidden, $"{before}\n---\n{hidden}");
                        return isSame;
                    },
                    TimeSpan.FromSeconds(30), () => candor.Log, Ct);
            }
        }
    }

    private static async Task<string> AnswerAsync(CandorProcess candor, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Candor-Contacts", token);
        using var answer = await candor.Http.SendAsync(request, Ct);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(static one => one.Key != "Date").OrderBy(static one => one.Key, StringComparer.Ordinal);
        return $"{answer.StatusCode} {string.Join('\n', headers.Select(static one => $"{one.Key}: {string.Join(',', one.Value)}"))}\n{await answer.Content.ReadAsStringAsync(Ct)}";
    }

    private async Task<string> PrepareAsync(CandorProcess candor)
    {
        Assert.Equal(0, (await RunAsync("mirror", "emergency", "--out", Emergency, "--data", candor.Data)).Exit);
        var (exit, _, fault) = await RunAsync("mirror", "contacts", "--out", Contacts, "--data", candor.Data);
        Assert.True(exit == 0, fault);
        return (await File.ReadAllTextAsync(Path.Combine(candor.Data, "contacts.token"), Ct)).Trim();
    }

    /// <summary>It has the contacts, and an edition that names the emergency key, on its disk.</summary>
    private static Task<TimeSpan> HoldsAsync(MirrorProcess mirror) => Patience.UntilAsync(
        async () => File.Exists(Path.Combine(mirror.Folder, "mirror.contacts")) && File.Exists(Path.Combine(mirror.Folder, "mirror.pages"))
            && (await File.ReadAllTextAsync(Path.Combine(mirror.Folder, "mirror.pages"), Ct)).Contains("\"emergency\":\"", StringComparison.Ordinal),
        TimeSpan.FromSeconds(90), () => mirror.Log, Ct);

    private async Task WrongKeysAsync(CandorProcess candor, MirrorProcess mirror, string id)
    {
        string[] tell = ["mirror", "tell", "--to", mirror.Http.BaseAddress!.ToString(), "--bulletin", id];
        var strange = Path.Combine(stick, "strange.key");
        Assert.Equal(0, (await RunAsync("mirror", "contacts", "--out", strange, "--data", stick)).Exit);
        var (exit, _, fault) = await RunAsync([.. tell, "--key-file", Emergency, "--home", Home, "--tell", strange]);
        Assert.Equal(1, exit);
        Assert.Contains("is of another page, or the mirror is not honest", fault, StringComparison.Ordinal);

        var newer = Path.Combine(stick, "newer.key");
        Assert.Equal(0, (await RunAsync("mirror", "contacts", "--out", newer, "--data", candor.Data)).Exit);
        (exit, _, fault) = await RunAsync([.. tell, "--key-file", Emergency, "--home", Home, "--tell", newer]);
        Assert.Equal(1, exit);
        Assert.Contains("were sealed for another key", fault, StringComparison.Ordinal);

        (exit, _, fault) = await RunAsync([.. tell, "--key-file", Emergency, "--tell", Contacts]);
        Assert.Equal(1, exit);
        Assert.Contains("its readers have it as " + Home, fault, StringComparison.Ordinal);

        (exit, _, fault) = await RunAsync("mirror", "tell", "--to", "http://192.0.2.1:9/", "--bulletin", id, "--key-file", Emergency, "--home", Home, "--tell", Contacts);
        Assert.Equal(1, exit);
        Assert.Contains("by https:// alone", fault, StringComparison.Ordinal);

        var other = Path.Combine(stick, "other.key");
        Assert.Equal(0, (await RunAsync("mirror", "emergency", "--out", other, "--data", stick)).Exit);
        (exit, _, fault) = await RunAsync([.. tell, "--key-file", other, "--home", Home, "--tell", Contacts]);
        Assert.Equal(1, exit);
        Assert.Contains("not signed with the emergency key", fault, StringComparison.Ordinal);

        (exit, _, fault) = await RunAsync([.. tell, "--key-file", Emergency, "--tell", Emergency]);
        Assert.Equal(2, exit);
        Assert.Contains("does not say whose contacts it opens", fault, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"/unsubscribe/[a-z0-9]+\.[0-9a-f]+", RegexOptions.None, 1_000)]
    private static partial Regex Leaving();

    [GeneratedRegex("(?<=--about )[a-z0-9]{12}", RegexOptions.None, 1_000)]
    private static partial Regex About();

    [GeneratedRegex(@"--bulletin (?<id>[a-z0-9]{12})", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bulletin();

    [GeneratedRegex("(ada|nobody|erased|reader[0-9]+)@example", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Address();

    [GeneratedRegex("(?<=To: )[a-z0-9]+@example.com", RegexOptions.None, 1_000)]
    private static partial Regex To();
}
