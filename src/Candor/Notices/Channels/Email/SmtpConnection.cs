using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>A connection that is ready for mails, one after the other.</summary>
internal sealed class SmtpConnection(Stream stream, SmtpWire wire, SmtpFeatures features, long openedAt) : IAsyncDisposable
{
    private static readonly TimeSpan FarewellWithin = TimeSpan.FromSeconds(1);
    private bool mustReset;

    public long OpenedAt => openedAt;

    public long IdleSince { get; set; }

    public int Mails { get; private set; }

    /// <summary>Both sides agree on where they are, so another mail may follow.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>
    /// Hands one mail over. The attempt's stage says what the reply answers to: done, or the step that was refused.
    /// Throws where the connection fails or the server talks nonsense; it is of no use then.
    /// </summary>
    public async Task<SmtpReply> DeliverAsync(EmailAddress from, EmailAddress to, byte[] content, SmtpAttempt attempt)
    {
        attempt.Begin(SmtpStage.Sender);
        if (Impossible(to, content) is { } impossible)
        {
            attempt.Begin(SmtpStage.Recipient);
            return impossible;
        }

        IsUsable = false;
        Mails++;
        string[] commands = [.. mustReset ? ["RSET"] : Array.Empty<string>(), Sender(from, to, content), $"RCPT TO:<{to}>", "DATA"];
        var reply = await EnvelopeAsync(commands, attempt);
        if (attempt.Stage != SmtpStage.Content)
        {
            mustReset = true;
            if (attempt.Stage == SmtpStage.Sender && to.NeedsUtf8 && SmtpOutcomes.MeansTheMail(reply, utf8: true))
            {
                attempt.Begin(SmtpStage.Recipient);
            }

            return reply;
        }

        attempt.Begin(SmtpStage.Content, attempt.Limits.Accept);
        await wire.SendAsync(content, attempt.Token);
        reply = await wire.ReplyAsync(null, attempt.Token);
        if (reply.Code / 100 == 3)
        {
            throw new InvalidDataException($"unexpected {reply.Code}");
        }

        mustReset = false;
        IsUsable = reply.Code != 421;
        attempt.Begin(reply.IsYes ? SmtpStage.Done : SmtpStage.Content);
        return reply;
    }

    /// <summary>Says goodbye where that costs nothing; a server that does not listen is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsUsable && !wire.HasMore)
        {
            try
            {
                using var brief = new CancellationTokenSource(FarewellWithin);
                await wire.SayAsync("QUIT", brief.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Gone already.
            }
        }

        await stream.DisposeAsync();
    }

    /// <summary>All the way to the server's "go on" and stage <see cref="SmtpStage.Content"/>, or to the first refusal and its stage.</summary>
    private async Task<SmtpReply> EnvelopeAsync(string[] commands, SmtpAttempt attempt)
    {
        if (features.Pipelining)
        {
            await wire.SendAsync(Encoding.UTF8.GetBytes(string.Concat(commands.Select(static c => c + "\r\n"))), attempt.Token);
        }

        SmtpReply? refusal = null;
        var refusedAt = SmtpStage.Sender;
        foreach (var command in commands)
        {
            attempt.Begin(StageOf(command));
            if (!features.Pipelining)
            {
                await wire.SayAsync(command, attempt.Token);
            }

            var reply = await wire.ReplyAsync(null, attempt.Token);
            var isGood = reply.Code / 100 == (command == "DATA" ? 3 : 2);
            if (isGood && command == "DATA" && refusal is null)
            {
                if (wire.HasMore)
                {
                    throw new InvalidDataException("an answer to a mail that it has not got");
                }

                attempt.Begin(SmtpStage.Content);
                return reply;
            }

            if (isGood && command == "DATA")
            {
                // It wants content for nobody. An empty mail might go somewhere, so nothing is said any more.
                attempt.Begin(refusedAt);
                return refusal!.Value;
            }

            if (!isGood && reply.Code < 400)
            {
                throw new InvalidDataException($"unexpected {reply.Code}");
            }

            if (!isGood && refusal is null)
            {
                (refusal, refusedAt) = (reply, attempt.Stage);
                if (reply.Code == 421 || !features.Pipelining)
                {
                    break;
                }
            }
        }

        IsUsable = refusal!.Value.Code != 421;
        attempt.Begin(refusedAt);
        return refusal.Value;
    }

    private static SmtpStage StageOf(string command) => command[0] switch
    {
        'M' => SmtpStage.Sender,
        'R' when command != "RSET" => SmtpStage.Recipient,
        'D' => SmtpStage.Data,
        _ => SmtpStage.Sender,
    };

    private string Sender(EmailAddress from, EmailAddress to, byte[] content)
    {
        var command = new StringBuilder($"MAIL FROM:<{from}>");
        if (features.Size is not null)
        {
            command.Append(CultureInfo.InvariantCulture, $" SIZE={content.Length}");
        }

        return command.Append(to.NeedsUtf8 ? " BODY=8BITMIME SMTPUTF8" : "").ToString();
    }

    /// <summary>What this server has said it cannot take, as it would say it.</summary>
    private SmtpReply? Impossible(EmailAddress to, byte[] content) =>
        to.NeedsUtf8 && !(features.Utf8 && features.EightBit) ? new(553, "5.6.7 the mail server does not take addresses beyond ASCII (SMTPUTF8)")
        : features.Size is > 0 and var most && content.Length > most ? new(552, $"5.3.4 the mail server takes mails of up to {most} bytes")
        : null;
}
