using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;

namespace Candor.SystemTests.Notices;

/// <summary>Mails to a real Postfix, and their signature before an independent judge.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's, which has Debian's packages
    private readonly string folder = Directory.CreateTempSubdirectory("candor-mail-").FullName;

    public static bool NoPostfix => Postfix.Missing;

    public static bool NoJudge => Postfix.Missing || !HasDkimpy();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory(Skip = "needs postfix and root", SkipWhen = nameof(NoPostfix))]
    [InlineData("smtp")]
    [InlineData("smtps")]
    public async Task A_test_mail_goes_by_a_judged_certificate_and_a_login_to_a_mailbox(string scheme)
    {
        await using var postfix = await Postfix.StartAsync(Stop);

        var (exit, output, errors) = await TestAsync(postfix, scheme, "ada@example.com", LoginDesk.Password, trusted: true);

        Assert.True(exit == 0, errors);
        Assert.StartsWith("Handed over: 250 2.0.0 Ok: queued as ", output, StringComparison.Ordinal);
        var mail = Encoding.UTF8.GetString((await postfix.MailsAsync(1, Stop)).Single());
        Assert.Contains("\nSubject: [Heron Copier] Test: this channel works\n", mail, StringComparison.Ordinal);
        Assert.Contains("(using TLSv1.", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
    }

    [Fact(Skip = "needs postfix and root", SkipWhen = nameof(NoPostfix))]
    public async Task What_is_wrong_is_said_and_no_password_with_it()
    {
        await using var postfix = await Postfix.StartAsync(Stop);

        var wrong = await TestAsync(postfix, "smtp", "ada@example.com", "hunter2", trusted: true);
        var untrusted = await TestAsync(postfix, "smtp", "ada@example.com", LoginDesk.Password, trusted: false);
        var unknown = await TestAsync(postfix, "smtp", "nobody@example.com", LoginDesk.Password, trusted: true);

        Assert.Equal((1, 1, 1), (wrong.Exit, untrusted.Exit, unknown.Exit));
        Assert.Contains("535 5.7.8", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("certificate is expired or not trusted here", untrusted.Errors, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1", unknown.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact(Skip = "needs postfix and root", SkipWhen = nameof(NoPostfix))]
    public async Task Many_mails_arrive_once_each_over_few_connections()
    {
        await using var postfix = await Postfix.StartAsync(Stop);
        await using var channel = Channel(postfix, null);

        var handovers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => channel.SendAsync(Message(i), Stop)));

        Assert.All(handovers, static h => Assert.Equal((HandoverEnd.Delivered, ""), (h.End, h.Reason)));
        var ids = (await postfix.MailsAsync(300, Stop)).Select(static mail => Encoding.UTF8.GetString(mail).Split('\n')
            .First(static l => l.StartsWith("Message-ID:", StringComparison.Ordinal))).ToList();
        Assert.Equal((300, 300), (ids.Count, ids.Distinct().Count()));
    }

    /// <summary>dkimpy shares no line with us. What it accepts must stop being accepted when a word or a header changes.</summary>
    [Fact(Skip = "needs postfix, root and python3-dkim", SkipWhen = nameof(NoJudge))]
    public async Task A_signature_holds_before_an_independent_judge_and_only_for_what_was_signed()
    {
        using var rsa = RSA.Create(2048);
        await using var postfix = await Postfix.StartAsync(Stop);
        await using (var channel = Channel(postfix, rsa.ExportPkcs8PrivateKeyPem()))
        {
            Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(1), Stop)).End);
        }

        var mail = Encoding.UTF8.GetString((await postfix.MailsAsync(1, Stop)).Single());
        var record = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";

        Assert.Equal("True", await JudgeAsync(mail, record));
        Assert.Equal("False", await JudgeAsync(mail.Replace("Gr=C3=B6=C3=9Fe", "Kleine", StringComparison.Ordinal), record));
        Assert.Equal("False", await JudgeAsync(mail.Replace("\nSubject: ", "\nSubject: Not ", StringComparison.Ordinal), record));
        Assert.Equal("False", await JudgeAsync(mail.Replace("\nTo: ", "\nFrom: eve@evil.test\nTo: ", StringComparison.Ordinal), record));
        Assert.Equal("False", await JudgeAsync(mail.Replace("/unsubscribe/", "/elsewhere/", StringComparison.Ordinal), record));
    }

    private static IChannel Channel(Postfix postfix, string? key)
    {
        var network = new Egress(
            new EgressRules([IPNetwork.Parse("127.0.0.0/8")], ImmutableHashSet<IPAddress>.Empty),
            static () => throw new InvalidOperationException("no names here"), new SystemRandomness(), TimeProvider.System);
        var values = ImmutableSortedDictionary<string, string>.Empty
            .Add("smtp", $"smtp://{LoginDesk.User}:{Uri.EscapeDataString(LoginDesk.Password)}@127.0.0.1:{postfix.Port}")
            .Add("from", "status@heron.example");
        return new EmailKind().Open(
            new(key is null ? values : values.Add("dkim_key", key).Add("dkim_selector", "candor")),
            new(network, TimeProvider.System, new SystemRandomness()));
    }

    private static Message Message(int number) => new()
    {
        Key = number.ToString("x32", CultureInfo.InvariantCulture),
        Thread = new string('f', 32),
        Address = "ada@example.com",
        Words = new()
        {
            Subject = "[Heron Copier] Störung der Startseite: investigating",
            Text = $"Größe {number}.\n.\n..\nFrom here  \n\n\n",
            Html = "<h1>Größe</h1>",
            Facts = new() { PageId = "p", PageName = "Heron Copier, of “Heron”", Id = "i", Title = "Homepage down", Status = "investigating" },
        },
        UnsubscribeUrl = "https://status.heron.example/unsubscribe/abc",
    };

    private async Task<(int Exit, string Output, string Errors)> TestAsync(
        Postfix postfix, string scheme, string to, string password, bool trusted)
    {
        var settings = Path.Combine(folder, "candor.yaml");
        var port = scheme == "smtps" ? postfix.TlsPort : postfix.Port;
        await File.WriteAllTextAsync(
            settings,
            $$"""
            page: { name: Heron Copier }
            monitors: { home: { http: "https://example.com/" } }
            egress: { allow: [127.0.0.0/8] }
            notices:
              email: { smtp: "{{scheme}}://{{LoginDesk.User}}:$SMTP_PASSWORD@localhost:{{port}}", from: status@heron.example, starttls: required }
            """,
            Stop);
        var start = new ProcessStartInfo(Repository.Program, ["check", "email", "--to", to, "--config", settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SMTP_PASSWORD"] = password;
        if (trusted)
        {
            start.Environment["SSL_CERT_FILE"] = postfix.Certificate;
        }

        return await RunAsync(start, "");
    }

    private static async Task<string> JudgeAsync(string mail, string record)
    {
        var start = new ProcessStartInfo(
            Python,
            ["-c", "import dkim,sys; print(dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda *a, **k: sys.argv[1].encode()))", record])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return (await RunAsync(start, mail)).Output.Trim();
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(ProcessStartInfo start, string input)
    {
        using var process = Process.Start(start)!;
        if (start.RedirectStandardInput)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await errors);
    }

    private static bool HasDkimpy()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import dkim"]) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
