using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;

namespace Candor.Mirrors.Telling;

/// <summary>One mail to whoever has the emergency key, so that it is seen while all is well whether people could be told.</summary>
/// <param name="contacts">What the mirror holds at the moment, or null.</param>
/// <param name="voice">The mirror's own mail account and address, or null.</param>
/// <param name="challenge">Random, for this start of this mirror.</param>
internal sealed partial class TellingTrial(
    Func<PinnedKey?> emergency, Func<SealedContacts?> contacts, TellingVoice? voice, string challenge, TimeProvider time, ILogger<TellingTrial> logger)
{
    /// <summary>Whoever has stolen the emergency key can write to strangers no more often.</summary>
    public const int PerHour = 6;

    private const int KeyLength = 32;
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(90);

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> tries = [];

    /// <summary>Sends what was signed, and gives what came of it in a sentence; or says why there was no mail.</summary>
    public async Task<(string? Said, string? Refusal)> TakeAsync(byte[] signed, byte[] signature, CancellationToken cancellation)
    {
        var (request, refusal) = TellRequest.Read(emergency(), signed, signature);
        refusal ??= request!.Misdirected(challenge, voice);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var (address, no) = new EmailKind().ReadAddress(request!.Trial ?? "");
        if (address is null)
        {
            return (null, no!.Sentence);
        }

        if (contacts() is not { } held)
        {
            return (null, "This mirror holds no contacts: it would tell nobody.");
        }

        if (!IsOneMore())
        {
            return (null, $"There were {PerHour} trials in the last hour, which is the most.");
        }

        var holds = string.Create(CultureInfo.InvariantCulture, $"It holds contacts of {held.Header.Count} people, sealed at {held.Header.At:u}.");
        using var patience = new CancellationTokenSource(SendWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var handover = await voice!.Mail.SendAsync(MailOf(address, holds, voice.Home), both.Token);
        LogTried(handover.End, handover.Reason);
        return handover.End == HandoverEnd.Delivered
            ? ($"The mail server took a mail to {address}: {handover.Said}. {holds}", null)
            : (null, $"The mail server did not take a mail to {address}: {handover.Said}");
    }

    private bool IsOneMore()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (tries.TryPeek(out var first) && now - first >= TimeSpan.FromHours(1))
            {
                tries.Dequeue();
            }

            if (tries.Count >= PerHour)
            {
                return false;
            }

            tries.Enqueue(now);
            return true;
        }
    }

    private Message MailOf(string address, string holds, Uri home)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"trial {challenge} {time.GetUtcNow().Ticks}"))))[..KeyLength];
        return new()
        {
            Key = key,
            Thread = key,
            OpensThread = true,
            Address = address,
            Words = new()
            {
                Subject = $"Trial: the mirror {home} can write to you",
                Text = $"Somebody with the emergency key has asked the mirror {home} for a trial, and this is all of it: nobody else was told anything.\n\n{holds}\n",
                Facts = new() { About = MessageSubject.Test, PageId = "", PageName = home.Host, PageUrl = home.AbsoluteUri, Id = "test", Title = "Test", Status = "test" },
            },
        };
    }

    [LoggerMessage(LogLevel.Information, "A trial mail was asked for with the emergency key: {End} {Reason}")]
    private partial void LogTried(HandoverEnd end, string reason);
}
