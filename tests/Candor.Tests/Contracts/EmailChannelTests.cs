using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Testing;
using Candor.Tests.Effects;

namespace Candor.Tests.Contracts;

/// <summary>The whole channel against a mail server that behaves, and against every way in which one does not.</summary>
public sealed class EmailChannelTests : IAsyncDisposable
{
    private readonly ManualTimeProvider time = new(new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero));
    private readonly List<IAsyncDisposable> open = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open)
        {
            await one.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_is_handed_over_and_the_same_one_is_the_same_mail()
    {
        var (server, channel) = Opened();

        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);

        Assert.Equal(
            ["EHLO heron.example", "MAIL FROM:<status@heron.example>", "RCPT TO:<ada@example.com>", "DATA"],
            server.Commands.Take(4).Select(static c => c.Split(" SIZE=")[0]));
        var mails = server.Mails.ToList();
        Assert.Equal(mails[0], mails[1]);
        Assert.Contains("Message-ID: <0123456789abcdef0123456789abcdef@heron.example>\r\n", mails[0], StringComparison.Ordinal);
        Assert.Contains("References: <fedcba9876543210fedcba9876543210@heron.example>\r\n", mails[0], StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", mails[0], StringComparison.Ordinal);
        Assert.Contains("color-scheme: light dark", mails[0].Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_without_pipelining_is_asked_step_by_step()
    {
        var (server, channel) = Opened();
        server.Features = [];

        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Contains("MAIL FROM:<status@heron.example>", server.Commands);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recipient_who_is_refused_costs_the_next_one_nothing(bool pipelining)
    {
        var (server, channel) = Opened();
        server.Features = pipelining ? server.Features : [];
        server.Answer = static command => command switch
        {
            "RCPT TO:<gone@example.com>" => "550 5.1.1 no such user",
            "DATA" => null,
            _ => null,
        };

        // A real server refuses DATA then; this one says "go on" for nobody, and must not be given an empty mail.
        var gone = await channel.SendAsync(Message("gone@example.com"), Stop);
        var ada = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.Refused, Blame.Recipient, true), (gone.End, gone.Blame, gone.Removes));
        Assert.Equal(HandoverEnd.Delivered, ada.End);
        Assert.Single(server.Mails);
    }

    /// <summary>Anybody can enter an address that the server does not relay to.</summary>
    [Fact]
    public async Task Where_others_mail_is_relayed_whoever_s_is_not_is_refused_alone()
    {
        var (server, channel) = Opened();
        server.Answer = static command => command.Contains("@elsewhere", StringComparison.Ordinal) ? "554 5.7.1 <x>: Relay access denied" : null;

        var unknown = await channel.SendAsync(Message("x@elsewhere.example"), Stop);
        var ada = await channel.SendAsync(Message(), Stop);
        var known = await channel.SendAsync(Message("x@elsewhere.example"), Stop);

        Assert.Equal((HandoverEnd.TryAgain, Blame.Recipient), End(unknown));
        Assert.Equal(HandoverEnd.Delivered, ada.End);
        Assert.Equal((HandoverEnd.Refused, Blame.Recipient, "relay_denied", false), (known.End, known.Blame, known.Reason, known.Removes));
    }

    [Fact]
    public async Task A_server_that_relays_for_nobody_any_more_spares_the_recipients()
    {
        var (server, channel) = Opened();
        await channel.SendAsync(Message(), Stop);
        server.Answer = static command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "530 5.7.0 authenticate first" : null;

        var ends = new List<(HandoverEnd, Blame)>();
        for (var i = 0; i < Relaying.RowMost; i++)
        {
            ends.Add(End(await channel.SendAsync(Message("x@example.com"), Stop)));
        }

        // It may be those recipients' own trouble, and is tried again; a whole row of them is ours, and costs nobody a notice.
        Assert.All(ends[..^1], static end => Assert.Equal((HandoverEnd.TryAgain, Blame.Recipient), end));
        Assert.Equal((HandoverEnd.Refused, Blame.Channel), ends[^1]);

        server.Answer = static _ => null;
        await channel.SendAsync(Message(), Stop);
        server.Answer = static command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "530 5.7.0 authenticate first" : null;
        Assert.Equal((HandoverEnd.TryAgain, Blame.Recipient), End(await channel.SendAsync(Message("x@example.com"), Stop)));
    }

    [Fact]
    public async Task After_a_refusal_the_connection_is_reset_and_kept()
    {
        var (server, channel) = Opened();
        var refused = false;
        server.Answer = command =>
        {
            refused = command.StartsWith("RCPT", StringComparison.Ordinal) ? command.Contains("gone", StringComparison.Ordinal) : refused;
            return command.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? "550 5.1.1 no such user"
                : command == "DATA" && refused ? "554 5.5.1 no valid recipients" : null;
        };

        await channel.SendAsync(Message("gone@example.com"), Stop);
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal(1, server.Connections);
        Assert.Contains("RSET", server.Commands);
    }

    [Theory]
    [InlineData("MAIL", "550 5.1.8 no", HandoverEnd.Refused, Blame.Channel)]
    [InlineData("MAIL", "451 4.3.0 later", HandoverEnd.TryAgain, Blame.Destination)]
    [InlineData("RCPT", "450 4.2.1 greylisted", HandoverEnd.TryAgain, Blame.Recipient)]
    [InlineData("RCPT", "421 4.7.0 go away", HandoverEnd.TryAgain, Blame.Destination)]
    [InlineData("DATA", "451 4.3.0 later", HandoverEnd.TryAgain, Blame.Recipient)]
    [InlineData(".", "452 4.3.1 no space", HandoverEnd.TryAgain, Blame.Recipient)]
    [InlineData(".", "554 5.7.1 spam", HandoverEnd.Refused, Blame.Recipient)]
    [InlineData("", "554 5.7.1 not you", HandoverEnd.Refused, Blame.Channel)]
    [InlineData("", "421 4.3.2 busy", HandoverEnd.TryAgain, Blame.Destination)]
    [InlineData("EHLO", "502 what", HandoverEnd.Refused, Blame.Channel)]
    internal async Task Every_no_is_laid_where_it_belongs(string verb, string answer, HandoverEnd end, Blame blame)
    {
        var (server, channel) = Opened();
        server.Answer = command => command.Split(' ')[0] == verb ? answer : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((end, blame, false), (handover.End, handover.Blame, handover.Ambiguous));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("EHLO", false)]
    [InlineData("MAIL", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData(".", true)]
    public async Task Silence_ends_and_is_ambiguous_only_after_the_mail(string verb, bool isAmbiguous)
    {
        var (server, channel) = Opened();
        server.Answer = command => command.Split(' ')[0] == verb ? SmtpStub.Stall : null;

        var sending = channel.SendAsync(Message(), Stop);
        await server.Stalled.Task.WaitAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(46));
        var handover = await sending.WaitAsync(Stop);

        Assert.Equal((HandoverEnd.TryAgain, Blame.Destination, isAmbiguous), (handover.End, handover.Blame, handover.Ambiguous));
        Assert.Equal(isAmbiguous ? "unknown_outcome" : "timeout", handover.Reason);
    }

    [Theory]
    [InlineData("", "connection", false)]
    [InlineData("EHLO", "connection", false)]
    [InlineData("MAIL", "connection", false)]
    [InlineData("RCPT", "connection", false)]
    [InlineData("DATA", "connection", false)]
    [InlineData(".", "unknown_outcome", true)]
    public async Task So_does_a_connection_that_ends(string verb, string reason, bool isAmbiguous)
    {
        var (server, channel) = Opened();
        server.Answer = command => command.Split(' ')[0] == verb ? SmtpStub.HangUp : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.TryAgain, reason, isAmbiguous), (handover.End, handover.Reason, handover.Ambiguous));
    }

    [Theory]
    [InlineData("", "SSH-2.0-OpenSSH")]
    [InlineData("", "HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("", "220")]
    [InlineData("EHLO", "250-a\r\n251 b")]
    [InlineData("EHLO", "250-a\n250 b\n")]
    [InlineData("EHLO", "999 b")]
    [InlineData("EHLO", "354 go on")]
    [InlineData("MAIL", "354 go on")]
    [InlineData("MAIL", "250 ok\r\n250 ok\r\n354 go on\r\n250 2.0.0 taken, whatever it is")]
    [InlineData("RCPT", "\u0001\u0002\u0003")]
    [InlineData("DATA", "250 no need to")]
    public async Task Garbage_is_never_taken_for_a_yes(string verb, string answer)
    {
        var (server, channel) = Opened();
        server.Answer = command => command.Split(' ')[0] == verb ? answer : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.True(handover.End == (answer == "220" ? HandoverEnd.Delivered : HandoverEnd.TryAgain), handover.Said);
    }

    [Theory]
    [InlineData("", 100_000)]
    [InlineData("EHLO", 100_000)]
    [InlineData(".", 100_000)]
    public async Task Endless_answers_end(string verb, int lines)
    {
        var (server, channel) = Opened();
        server.Answer = command => command.Split(' ')[0] == verb ? string.Concat(Enumerable.Repeat("250-and another thing\r\n", lines)) : null;
        Assert.Equal(HandoverEnd.TryAgain, (await channel.SendAsync(Message(), Stop)).End);

        var (other, second) = Opened();
        other.Answer = command => command.Split(' ')[0] == verb ? "250 " + new string('x', lines) : null;
        Assert.Equal(HandoverEnd.TryAgain, (await second.SendAsync(Message(), Stop)).End);
    }

    /// <summary>SEC-39: whoever sits in between may not put words into the encrypted conversation.</summary>
    [Fact]
    public async Task SEC_39_Bytes_before_tls_are_refused()
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        var (server, channel) = Opened(certificate);
        server.Features = ["STARTTLS"];
        server.Answer = static command => command == "STARTTLS" ? "220 go ahead\r\n250-injected\r\n250 AUTH PLAIN" : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.Refused, Blame.Channel, "tls_refused"), (handover.End, handover.Blame, handover.Reason));
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tls_is_used_where_it_is_offered_and_what_was_said_before_it_is_forgotten()
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        var (server, channel) = Opened(certificate);
        server.Features = ["STARTTLS", "PIPELINING"];

        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "MAIL"], server.Commands.Take(4).Select(static c => c.Split(' ')[0]));
    }

    [Theory]
    [InlineData("required", "certificate is expired or not trusted")]
    [InlineData("required without offer", "does not offer STARTTLS")]
    [InlineData("smtps", "certificate is expired or not trusted")]
    public async Task A_password_goes_to_nobody_who_cannot_prove_who_they_are(string how, string said)
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        var (server, channel) = Opened(certificate, how.Split(' ')[0], "user:secret@", how == "smtps");
        server.Features = how.EndsWith("offer", StringComparison.Ordinal) ? ["AUTH PLAIN"] : ["STARTTLS", "AUTH PLAIN"];

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.Refused, Blame.Channel, "tls_refused"), (handover.End, handover.Blame, handover.Reason));
        Assert.Contains(said, handover.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Garbage_instead_of_a_handshake_is_tried_again()
    {
        var (server, channel) = Opened();
        server.Features = ["STARTTLS"];
        server.Answer = static command => command == "STARTTLS" ? SmtpStub.NoHandshake : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.TryAgain, "tls_failed"), (handover.End, handover.Reason));
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "AUTH PLAIN AHVzZXIAc2VjcmV0", null, HandoverEnd.Delivered)]
    [InlineData("AUTH LOGIN", "c2VjcmV0", null, HandoverEnd.Delivered)]
    [InlineData("AUTH PLAIN", "AUTH PLAIN AHVzZXIAc2VjcmV0", "535 5.7.8 no", HandoverEnd.Refused)]
    [InlineData("AUTH PLAIN", "AUTH PLAIN AHVzZXIAc2VjcmV0", "454 4.7.0 later", HandoverEnd.TryAgain)]
    [InlineData("AUTH GSSAPI", "EHLO heron.example", null, HandoverEnd.Refused)]
    internal async Task A_login_is_tried_as_the_server_wants_it(string offer, string command, string? answer, HandoverEnd end)
    {
        var (server, channel) = Opened(null, "off", "user:secret@");
        server.Features = [offer];
        server.Answer = said => said == "AUTH LOGIN" ? "334 VXNlcm5hbWU6" : said == "dXNlcg==" ? "334 UGFzc3dvcmQ6"
            : said == "c2VjcmV0" ? "235 ok" : said.StartsWith("AUTH", StringComparison.Ordinal) ? answer : null;

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal(end, handover.End);
        Assert.Contains(command, server.Commands);
        Assert.DoesNotContain("secret", handover.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_beyond_ascii_goes_only_where_it_is_understood()
    {
        var (server, channel) = Opened();
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message("jürgen@example.com"), Stop)).End);
        Assert.Contains(server.Commands, static c => c.EndsWith(" BODY=8BITMIME SMTPUTF8", StringComparison.Ordinal));
        Assert.Contains("To: jürgen@example.com\r\n", server.Mails.Single(), StringComparison.Ordinal);

        var (old, other) = Opened();
        old.Features = ["PIPELINING"];
        Assert.Equal((HandoverEnd.Refused, Blame.Recipient), End(await other.SendAsync(Message("jürgen@example.com"), Stop)));
        Assert.Equal(HandoverEnd.Delivered, (await other.SendAsync(Message(), Stop)).End);
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_not_begun()
    {
        var (server, channel) = Opened();
        server.Features = ["SIZE 100"];
        Assert.Equal((HandoverEnd.Refused, Blame.Recipient), End(await channel.SendAsync(Message(), Stop)));
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    /// <summary>A server that hung up while a connection lay idle has refused nothing.</summary>
    [Theory]
    [InlineData(SmtpStub.HangUp)]
    [InlineData("421 4.4.2 timeout")]
    public async Task A_stale_connection_is_replaced_without_a_word(string answer)
    {
        var (server, channel) = Opened();
        var mails = 0;
        server.Answer = command => command.StartsWith("MAIL", StringComparison.Ordinal) && Interlocked.Increment(ref mails) == 2 ? answer : null;

        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal((2, 2), (server.Connections, server.Mails.Count));
    }

    [Fact]
    public async Task Connections_are_bounded_shared_and_given_up_when_idle()
    {
        var (server, channel) = Opened();
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => channel.SendAsync(Message(), Stop)));

        Assert.All(all, static h => Assert.Equal(HandoverEnd.Delivered, h.End));
        Assert.InRange(server.Connections, 1, 4);

        var before = server.Connections;
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
        Assert.Equal(before + 1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_is_down_is_not_asked_for_every_mail()
    {
        var (server, channel) = Opened();
        server.Answer = static command => command.Length == 0 ? "421 4.3.2 down" : null;
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal((HandoverEnd.TryAgain, Blame.Destination), End(await channel.SendAsync(Message(), Stop)));
        }

        Assert.Equal(5, server.Connections);
        server.Answer = static _ => null;
        time.Advance(TimeSpan.FromSeconds(46));
        Assert.Equal(HandoverEnd.Delivered, (await channel.SendAsync(Message(), Stop)).End);
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_in_the_middle_of_a_mail_says_that_it_may_have_arrived()
    {
        var (server, channel) = Opened();
        server.Answer = static command => command == "." ? SmtpStub.Stall : null;
        using var patience = new CancellationTokenSource();

        var sending = channel.SendAsync(Message(), patience.Token);
        await server.Stalled.Task.WaitAsync(Stop);
        await patience.CancelAsync();

        Assert.True((await sending.WaitAsync(Stop)).Ambiguous);
    }

    [Fact]
    public async Task The_guard_is_asked_first()
    {
        var network = new FakeNetwork
        {
            Resolve = static host => new(NameAnswer.Found, [], [System.Net.IPAddress.Loopback], "10.0.0.1 is private; add its network to egress.allow"),
        };
        await using var channel = Channel(network, "smtp://mail.internal:25", null);

        var handover = await channel.SendAsync(Message(), Stop);

        Assert.Equal((HandoverEnd.Refused, Blame.Channel, "egress_forbidden"), (handover.End, handover.Blame, handover.Reason));
        Assert.Contains("egress.allow", handover.Said, StringComparison.Ordinal);
    }

    private static (HandoverEnd End, Blame Blame) End(Handover handover) => (handover.End, handover.Blame);

    private static Message Message(string to = "ada@example.com") => new()
    {
        Key = "0123456789abcdef0123456789abcdef",
        Thread = "fedcba9876543210fedcba9876543210",
        Address = to,
        Words = new()
        {
            Subject = "[Heron Copier] Homepage down: investigating",
            Text = "Homepage down.\n",
            Html = "<h1>Homepage down</h1>",
            Facts = new() { PageId = "p", PageName = "Heron Copier", Id = "i", Title = "Homepage down", Status = "investigating" },
        },
        UnsubscribeUrl = "https://status.heron.example/unsubscribe/abc",
    };

    private (SmtpStub Server, IChannel Channel) Opened(
        X509Certificate2? certificate = null, string? startTls = null, string login = "", bool implicitTls = false)
    {
        var server = new SmtpStub(certificate, implicitTls);
        var network = new Egress(
            new EgressRules([System.Net.IPNetwork.Parse("127.0.0.0/8")], ImmutableHashSet<System.Net.IPAddress>.Empty),
            static () => throw new InvalidOperationException("no names here"), new SystemRandomness(), time);
        var channel = Channel(
            network, $"{(implicitTls ? "smtps" : "smtp")}://{login}127.0.0.1:{server.Port}", startTls == "smtps" ? null : startTls);
        open.Add(channel);
        open.Add(server);
        return (server, channel);
    }

    private IChannel Channel(INetwork network, string server, string? startTls)
    {
        var values = ImmutableSortedDictionary<string, string>.Empty
            .Add("smtp", server).Add("from", "status@heron.example").Add("connections", "4");
        return new EmailKind().Open(
            new(startTls is null ? values : values.Add("starttls", startTls)), new(network, time, new SystemRandomness()));
    }
}
