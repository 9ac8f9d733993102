using System.Collections.Immutable;
using Candor.Effects;

namespace Candor.Notices.Channels.Email;

/// <summary>Puts a message into a mail, signs it, hands it to the owner's mail server and says what came of it.</summary>
internal sealed class EmailChannel : IChannel
{
    private readonly EmailSender sender;
    private readonly ChannelTools tools;
    private readonly SmtpLimits limits;
    private readonly SmtpPool pool;
    private readonly ServerBreaker breaker;
    private readonly Pacer pacer;
    private readonly Relaying relaying = new();

    public EmailChannel(EmailSender sender, SmtpLimits limits, ChannelTools tools)
    {
        (this.sender, this.tools, this.limits) = (sender, tools, limits);
        pool = new(sender.Server, sender.From, limits, tools);
        breaker = new(tools.Time, tools.Randomness.NextDouble);
        pacer = new(limits.Rate, tools.Time);
    }

    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        if (EmailAddress.Read(message.Address) is not { } to)
        {
            return Handover.Refused(Blame.Recipient, "no_address", "the address is none", removes: true);
        }

        var content = SmtpContent.Stuff(Compose(message, to).ToBytes());
        ConnectionPlace place;
        try
        {
            await pacer.WaitAsync(cancellation);
            place = await pool.EnterAsync(to.Domain, cancellation);
        }
        catch (OperationCanceledException)
        {
            return Handover.TryAgain(Blame.None, "busy", "no connection was free in time");
        }

        try
        {
            // Asked here and not before the wait: meanwhile others have found out.
            return breaker.Refuse() is { } refusal
                ? Handover.TryAgain(Blame.Destination, "server_unavailable", refusal.Fault, refusal.Wait)
                : await HandOverAsync(to, content, cancellation);
        }
        finally
        {
            pool.Leave(place);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        sender.Dkim?.Dispose();
    }

    /// <summary>The mail of a message: tried again, it is the same mail, Message-ID and all.</summary>
    internal MimeParts Compose(Message message, EmailAddress to)
    {
        var root = new MessageId(message.Thread, sender.From);
        var now = tools.Time.GetUtcNow();
        var mail = MimeWriter.Write(new()
        {
            From = sender.From,
            FromName = message.Facts.PageName,
            To = to,
            Subject = message.Subject,
            Date = now,
            Id = new(message.Key, sender.From),
            References = message.Facts.About is MessageSubject.Incident or MessageSubject.Maintenance ? [root] : ImmutableArray<MessageId>.Empty,
            Text = message.Text,
            Html = message.Html is { } html ? MailFrame.Around(html, message.Subject, message.Language) : null,
            Language = message.Language,
            UnsubscribeUrl = message.UnsubscribeUrl,
        });
        return sender.Dkim?.Sign(mail, now) ?? mail;
    }

    private async Task<Handover> HandOverAsync(EmailAddress to, byte[] content, CancellationToken cancellation)
    {
        using var attempt = new SmtpAttempt(limits, tools.Time, cancellation);
        Handover handover;
        try
        {
            var reply = await pool.SendAsync(to, content, attempt);
            handover = SmtpOutcomes.Of(attempt.Stage, reply);
        }
        catch (Exception e) when (SmtpOutcomes.Of(attempt.Stage, e) is { } foreseen)
        {
            handover = foreseen;
        }

        if (handover.Blame == Blame.Destination)
        {
            breaker.Failed(handover.Said);
        }
        else
        {
            breaker.Succeeded();
        }

        return WithRelaying(handover, to);
    }

    /// <summary>A server that relays for others and not to this one has said its last word on it; one that takes nothing is ours to mend.</summary>
    private Handover WithRelaying(Handover handover, EmailAddress to)
    {
        if (handover.End == HandoverEnd.Delivered)
        {
            relaying.Took(to.Domain);
        }

        return handover.Reason != SmtpOutcomes.RelayDenied ? handover : relaying.Refused(to.Domain) switch
        {
            Blame.None => handover,
            var blame => Handover.Refused(blame, SmtpOutcomes.RelayDenied, handover.Said),
        };
    }
}
