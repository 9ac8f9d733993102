using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class SmtpServerTests
{
    [Theory]
    [InlineData("smtp://mail.example.com", null, "mail.example.com:587", false, "Offered")]
    [InlineData("smtp://mail.example.com:25", "off", "mail.example.com:25", false, "Off")]
    [InlineData("smtp://user:p%40ss@mail.example.com:2525", null, "mail.example.com:2525", false, "Required")]
    [InlineData("smtp://user:p%40ss@mail.example.com", "offered", "mail.example.com:587", false, "Required")]
    [InlineData("smtp://user:p%40ss@127.0.0.1:25", null, "127.0.0.1:25", false, "Offered")]
    [InlineData("smtps://user:p%40ss@mail.example.com", null, "mail.example.com:465", true, "Required")]
    public void An_address_names_a_server(string address, string? startTls, string server, bool isTls, string use)
    {
        var read = SmtpServer.Read(address, startTls, out _)!;
        Assert.Equal((server, isTls, use), (read.ToString(), read.ImplicitTls, read.StartTls.ToString()));
    }

    [Fact]
    public void A_password_is_decoded_and_never_said()
    {
        var server = SmtpServer.Read("smtps://us%3Aer:p%40ss%3Aword@mail.example.com", null, out _)!;
        Assert.Equal(("us:er", "p@ss:word"), (server.User, server.Password));
        Assert.DoesNotContain("p@ss", server.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://mail.example.com", null)]
    [InlineData("mail.example.com:25", null)]
    [InlineData("smtp://mail.example.com/path", null)]
    [InlineData("smtp://user@mail.example.com", null)]
    [InlineData("smtp://user:@mail.example.com", null)]
    [InlineData("smtp://us%0D%0Aer:p@mail.example.com", null)]
    [InlineData("smtp://user:secret@mail.example.com", "off")]
    public void Anything_else_is_refused_without_repeating_it(string address, string? startTls)
    {
        Assert.Null(SmtpServer.Read(address, startTls, out var fault));
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
        Assert.NotEqual("", fault);
    }

    [Theory]
    [InlineData("250-mx|250-PIPELINING|250-SIZE 1000|250-AUTH PLAIN LOGIN|250-8BITMIME|250 SMTPUTF8", true, 1000L, true)]
    [InlineData("250-PIPELINING|250-size|250 AUTH=PLAIN", false, 0L, false)]
    [InlineData("250 mx", false, null, false)]
    [InlineData("250-mx|250 SIZE 99999999999999999999999999", false, null, false)]
    public void What_a_server_can_do_stands_below_its_name(string reply, bool pipelining, long? size, bool plain)
    {
        var features = SmtpFeatures.Read(reply.Split('|').Select(static line => line[4..]));
        Assert.Equal((pipelining, size, plain), (features.Pipelining, features.Size, features.Plain));
    }

    /// <summary>Rule 6, row by row.</summary>
    [Theory]
    [InlineData("Greeting", 421, "busy", "TryAgain", "Destination", "server_unavailable", false)]
    [InlineData("Greeting", 554, "no service", "Refused", "Channel", "server_refused", false)]
    [InlineData("Hello", 550, "who", "Refused", "Channel", "server_refused", false)]
    [InlineData("Login", 454, "4.7.0 later", "TryAgain", "Destination", "server_unavailable", false)]
    [InlineData("Login", 535, "5.7.8 no", "Refused", "Channel", "login_refused", false)]
    [InlineData("Sender", 451, "4.3.0 later", "TryAgain", "Destination", "server_unavailable", false)]
    [InlineData("Sender", 450, "4.7.1 Error: too much mail from 192.0.2.1", "TryAgain", "None", "throttled", false)]
    [InlineData("Sender", 550, "5.1.8 bad sender", "Refused", "Channel", "sender_refused", false)]
    [InlineData("Sender", 530, "5.7.0 authenticate", "Refused", "Channel", "sender_refused", false)]
    [InlineData("Sender", 552, "5.3.4 too large", "Refused", "Recipient", "mail_refused", false)]
    [InlineData("Sender", 550, "5.2.3 too large", "Refused", "Recipient", "mail_refused", false)]
    [InlineData("Sender", 550, "5.6.7 no SMTPUTF8 here", "Refused", "Recipient", "mail_refused", false)]
    [InlineData("Sender", 555, "unsupported option", "Refused", "Recipient", "mail_refused", false)]
    [InlineData("Sender", 550, "no", "Refused", "Channel", "sender_refused", false)]
    [InlineData("Recipient", 450, "4.2.0 greylisted", "TryAgain", "Recipient", "deferred", false)]
    [InlineData("Recipient", 450, "4.7.1 greylisted", "TryAgain", "Recipient", "deferred", false)]
    [InlineData("Recipient", 454, "Throttling failure: Maximum sending rate exceeded.", "TryAgain", "None", "throttled", false)]
    [InlineData("Recipient", 454, "4.7.1 <ada@example.com>: Relay access denied", "TryAgain", "Recipient", "deferred", false)]
    [InlineData("Recipient", 421, "4.7.0 too many", "TryAgain", "Destination", "server_unavailable", false)]
    [InlineData("Recipient", 550, "5.1.1 no such user", "Refused", "Recipient", "no_such_mailbox", true)]
    [InlineData("Recipient", 552, "5.2.2 full", "Refused", "Recipient", "mailbox_full", false)]
    [InlineData("Recipient", 550, "5.7.1 blocked as spam by a relay", "Refused", "Recipient", "recipient_refused", false)]
    [InlineData("Recipient", 554, "5.7.1 <a@b>: Relay access denied", "TryAgain", "Recipient", "relay_denied", false)]
    [InlineData("Recipient", 550, "relaying denied", "TryAgain", "Recipient", "relay_denied", false)]
    [InlineData("Recipient", 530, "SMTP authentication is required.", "TryAgain", "Recipient", "relay_denied", false)]
    [InlineData("Recipient", 550, "no", "Refused", "Recipient", "recipient_refused", false)]
    [InlineData("Data", 451, "4.3.0 later", "TryAgain", "Recipient", "deferred", false)]
    [InlineData("Content", 454, "Throttling failure: Maximum sending rate exceeded.", "TryAgain", "None", "throttled", false)]
    [InlineData("Content", 452, "4.3.1 no space", "TryAgain", "Recipient", "deferred", false)]
    [InlineData("Content", 554, "5.7.1 spam", "Refused", "Recipient", "content_refused", false)]
    [InlineData("Done", 250, "2.0.0 queued as 1", "Delivered", "None", "", false)]
    public void A_reply_means_what_its_step_says(string stage, int code, string text, string end, string blame, string reason, bool removes)
    {
        var handover = SmtpOutcomes.Of(Enum.Parse<SmtpStage>(stage), new SmtpReply(code, text));
        Assert.Equal((end, blame, reason, removes), (handover.End.ToString(), handover.Blame.ToString(), handover.Reason, handover.Removes));
        Assert.False(handover.Ambiguous);
    }

    [Theory]
    [InlineData("Sender", 550, "5.1.8 bad sender", true)]
    [InlineData("Sender", 530, "5.7.0 authenticate", false)]
    [InlineData("Sender", 535, "5.7.8 no", false)]
    [InlineData("Login", 535, "5.7.8 no", false)]
    [InlineData("Greeting", 554, "no service", false)]
    public void Only_a_refusal_of_the_sender_can_be_one_mail_s_and_no_refused_login_is(string stage, int code, string text, bool mayBeOwn)
    {
        var handover = SmtpOutcomes.Of(Enum.Parse<SmtpStage>(stage), new SmtpReply(code, text));
        Assert.Equal((Blame.Channel, mayBeOwn), (handover.Blame, handover.MayBeOwn));
    }

    [Theory]
    [InlineData(553, "5.6.7 no", true)]
    [InlineData(550, "no", true)]
    [InlineData(501, "5.5.4 SMTPUTF8", true)]
    [InlineData(550, "5.1.8 bad sender", false)]
    [InlineData(530, "5.7.0 authenticate", false)]
    [InlineData(535, "no", false)]
    public void Where_more_was_asked_for_than_a_server_can_do_it_refuses_the_mail_and_not_the_sender(int code, string text, bool meansTheMail) =>
        Assert.Equal(meansTheMail, SmtpOutcomes.MeansTheMail(new(code, text), utf8: true));

    [Fact]
    public void A_recipient_whom_the_server_does_not_relay_to_stops_nobody_else()
    {
        var outbox = new Outbox(NoticeWorld.Channel, new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)), static _ => "example.com", static () => 0.5);
        var (world, now) = (NoticeWorld.Folded([NoticeWorld.Opens(NoticeWorld.Noon)], NoticeWorld.Start(3)), new Moment(NoticeWorld.Noon, TimeSpan.FromHours(1)));
        outbox.Accept(world, NoticeWorld.OutageTopic, now);
        var first = Assert.Single(outbox.Begin(world, now, room: 1).Started);

        var handover = SmtpOutcomes.Of(SmtpStage.Recipient, new SmtpReply(554, "5.7.1 <x@elsewhere.example>: Relay access denied"));
        outbox.Settle(world, first.Key, first.Attempt!.Key, handover, now);

        Assert.False(outbox.IsStopped);
        Assert.Equal(2, outbox.Begin(world, now, room: 10).Started.Count);
    }

    [Theory]
    [InlineData("Sender", false)]
    [InlineData("Data", false)]
    [InlineData("Content", true)]
    public void Only_silence_after_the_content_is_ambiguous(string stage, bool isAmbiguous)
    {
        Exception[] failures = [new EndOfStreamException(), new IOException(), new OperationCanceledException(), new InvalidDataException("x")];
        Assert.All(failures, failure =>
        {
            var handover = SmtpOutcomes.Of(Enum.Parse<SmtpStage>(stage), failure)!;
            Assert.Equal((HandoverEnd.TryAgain, isAmbiguous), (handover.End, handover.Ambiguous));
        });
    }

    [Fact]
    public void What_nobody_foresaw_is_not_explained_away() =>
        Assert.Null(SmtpOutcomes.Of(SmtpStage.Sender, new InvalidOperationException()));
}
