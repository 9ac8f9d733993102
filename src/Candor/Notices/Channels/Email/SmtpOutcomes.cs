using System.Net.Sockets;
using System.Security.Authentication;
using Candor.Effects;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// What a reply or a failure means, by the step that it answers to: 4xx may pass; 5xx on the recipient is that
/// recipient's; 5xx on the sender or the login is ours, stops the channel and spares the recipients; silence after the
/// content is not known.
/// </summary>
internal static class SmtpOutcomes
{
    /// <summary>The server does not relay to this recipient, or not for us.</summary>
    public const string RelayDenied = "relay_denied";

    // What a server says where there is no such mailbox, or no more: nobody will ever be reached there.
    private static readonly string[] Gone = ["5.1.1", "5.1.6", "5.1.10", "5.2.1"];

    // Of what goes along with MAIL: too large for the server or for the mailbox, or written in a way that it cannot take.
    private static readonly string[] OfOneMail = ["5.2.3", "5.3.4", "5.6.7"];

    public static Handover Of(SmtpStage stage, SmtpReply reply)
    {
        var said = reply.Code == 0 ? reply.Text : reply.ToString();
        return (stage, reply) switch
        {
            (SmtpStage.Done, _) => Handover.Delivered(said),
            (_, { Code: 421 }) => Handover.TryAgain(Blame.Destination, "server_unavailable", said, stress: true),
            (SmtpStage.Sender or SmtpStage.Recipient or SmtpStage.Data or SmtpStage.Content, _) when IsTooMuch(stage, reply) =>
                Handover.TryAgain(Blame.None, "throttled", said, stress: true),
            (SmtpStage.Tls, { Code: 0 }) => Handover.Refused(Blame.Channel, "tls_refused", said),
            (SmtpStage.Recipient or SmtpStage.Data or SmtpStage.Content, { IsTransient: true }) =>
                Handover.TryAgain(Blame.Recipient, "deferred", said, stress: IsThrottled(reply)),
            (_, { IsTransient: true }) => Handover.TryAgain(Blame.Destination, "server_unavailable", said, stress: true),
            (SmtpStage.Login, _) => Handover.Refused(Blame.Channel, "login_refused", said),
            (SmtpStage.Sender, _) when MeansTheMail(reply, utf8: false) => Handover.Refused(Blame.Recipient, "mail_refused", said),
            (SmtpStage.Sender, _) => Handover.Refused(Blame.Channel, "sender_refused", said) with { MayBeOwn = !NamesTheLogin(reply) },
            (SmtpStage.Recipient, _) => OfRecipient(reply, said),
            (SmtpStage.Data or SmtpStage.Content, _) => Handover.Refused(Blame.Recipient, "content_refused", said),
            _ => Handover.Refused(Blame.Channel, "server_refused", said),
        };
    }

    /// <summary>Null where nobody foresaw it.</summary>
    public static Handover? Of(SmtpStage stage, Exception failure) => (stage, failure) switch
    {
        (_, SmtpRefusedException refused) => Of(refused.Stage, refused.Reply),
        (_, EgressForbiddenException) => Handover.Refused(Blame.Channel, "egress_forbidden", failure.Message),
        (SmtpStage.Content, OperationCanceledException) => Handover.Unknown(Blame.Destination, "unknown_outcome", "no answer to the mail in time"),
        (SmtpStage.Content, IOException or SocketException) =>
            Handover.Unknown(Blame.Destination, "unknown_outcome", "the connection ended before the mail was answered"),
        (SmtpStage.Content, InvalidDataException) =>
            Handover.Unknown(Blame.Destination, "unknown_outcome", $"the mail was answered with {failure.Message}"),
        (_, OperationCanceledException) => Handover.TryAgain(Blame.Destination, "timeout", $"no answer in time: {Words(stage)}", stress: true),
        (_, InvalidDataException) => Handover.TryAgain(Blame.Destination, "garbage", $"the server sent {failure.Message}: {Words(stage)}"),
        (_, HttpRequestException) => Handover.TryAgain(Blame.Destination, "name", failure.Message),
        (_, AuthenticationException) => Handover.TryAgain(Blame.Destination, "tls_failed", "the handshake failed"),
        (SmtpStage.Tls, IOException) => Handover.TryAgain(Blame.Destination, "tls_failed", "the handshake failed"),
        (_, IOException or SocketException) => Handover.TryAgain(Blame.Destination, "connection", $"the connection failed: {Words(stage)}"),
        _ => null,
    };

    /// <summary>
    /// A refusal of MAIL that means this one mail and not who sends it: its size, or what was asked for with it. Anybody can
    /// enter an address for which more is asked than a server can do.
    /// </summary>
    /// <param name="utf8">The address made us ask for SMTPUTF8, and the server has not said that it is the sender whom it refuses.</param>
    public static bool MeansTheMail(SmtpReply reply, bool utf8) =>
        reply.Code is 552 or 555 || OfOneMail.Contains(reply.Enhanced)
        || (utf8 && reply.Code is 501 or 504 or 550 or 553 or 554
            && (reply.Enhanced.Length == 0 || reply.Enhanced.StartsWith("5.5.", StringComparison.Ordinal) || reply.Enhanced.StartsWith("5.6.", StringComparison.Ordinal)));

    private static Handover OfRecipient(SmtpReply reply, string said) =>
        MayBeOurs(reply) ? Handover.TryAgain(Blame.Recipient, RelayDenied, said)
        : Gone.Contains(reply.Enhanced) ? Handover.Refused(Blame.Recipient, "no_such_mailbox", said, removes: true)
        : reply.Enhanced == "5.2.2" ? Handover.Refused(Blame.Recipient, "mailbox_full", said)
        : Handover.Refused(Blame.Recipient, "recipient_refused", said);

    /// <summary>
    /// Said of the recipient, and perhaps meant of us. Others are not held up by it: anybody can enter an address that the
    /// server does not relay to. See <see cref="Relaying"/>.
    /// </summary>
    private static bool MayBeOurs(SmtpReply reply) =>
        reply.Code == 530
        || (reply.Enhanced is "5.7.1" or "" && reply.Text.Contains("relay", StringComparison.OrdinalIgnoreCase)
            && !reply.Text.Contains("spam", StringComparison.OrdinalIgnoreCase));

    /// <summary>No login, or not this one: said of everybody, at whatever step.</summary>
    private static bool NamesTheLogin(SmtpReply reply) => reply.Code is 530 or 534 or 535 or 538;

    private static bool IsThrottled(SmtpReply reply) => reply.Code == 452 || reply.Enhanced is "4.7.0" or "4.7.28" or "4.4.5" or "4.3.2";

    /// <summary>
    /// It takes mail, only not so fast, whoever it is for: what Postfix says before a recipient is named, and Amazon SES at
    /// any step. That is no server that is away. Postfix's 454 that puts off a recipient it does not relay to says nothing
    /// of the server.
    /// </summary>
    private static bool IsTooMuch(SmtpStage stage, SmtpReply reply) =>
        (reply.Code == 454 && reply.Enhanced != "4.7.1" && !reply.Text.Contains("relay", StringComparison.OrdinalIgnoreCase))
        || (stage == SmtpStage.Sender && reply.IsTransient && (reply.Enhanced == "4.7.1" || IsThrottled(reply)));

    private static string Words(SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => "connecting",
        SmtpStage.Greeting => "waiting for the greeting",
        SmtpStage.Hello => "after EHLO",
        SmtpStage.Tls => "at the TLS handshake",
        SmtpStage.Login => "at the login",
        SmtpStage.Sender => "after MAIL",
        SmtpStage.Recipient => "after RCPT",
        SmtpStage.Data => "after DATA",
        _ => "after the mail",
    };
}
