using System.Net;
using Candor.Effects;
using Candor.Watching;

namespace Candor.Mirrors.Telling;

/// <summary>
/// The sealed contacts that a mirror holds: the newest that its publisher has signed, in memory and on the disk, and none
/// that came before. It cannot open them, and forgets them when their time is over, whoever answers.
/// </summary>
/// <param name="token">Null where it was started without: then nothing is fetched.</param>
internal sealed partial class HeldContacts(
    HttpMessageInvoker http, Uri publisher, PinnedKey key, string? token, IDisk disk, string path, SelfLog self, TimeProvider time, ILogger<HeldContacts> logger)
{
    public const string FileName = "mirror.contacts";

    private const string Trouble = "contacts.trouble";
    private const string Old = "contacts.old";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);

    /// <summary>A publisher seals twice a day.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(24);

    private static readonly TimeSpan SaidEvery = TimeSpan.FromHours(24);

    private volatile SealedContacts? held;
    private string? heldTag;
    private long? saidAt;

    /// <summary>Null where there are none, or none that may still be used.</summary>
    public SealedContacts? Newest => held is { Header.Count: > 0 } contacts && time.GetUtcNow() - contacts.Header.At <= SealedContacts.KeptFor ? contacts : null;

    public void Restore()
    {
        try
        {
            if (disk.Read(path, SealedContacts.BytesMax) is not { } file)
            {
                return;
            }

            (held, var refusal) = SealedContacts.Read(key, file);
            if (refusal is not null)
            {
                LogTrouble(publisher, $"{FileName}: {refusal}");
            }

            Forget();
        }
        catch (IOException fault)
        {
            LogTrouble(publisher, $"{FileName}: {fault.Message}");
        }
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await FollowOnceAsync(cancellation);
            await Task.Delay(held is null ? SoonAgain : Every, time, cancellation);
        }
    }

    /// <summary>Asks once, and takes what is newer.</summary>
    public async Task FollowOnceAsync(CancellationToken cancellation)
    {
        string? trouble;
        try
        {
            trouble = token is null ? null : await FetchAsync(token, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            trouble = fault is OperationCanceledException ? $"The publisher did not answer within {AnswersWithin.TotalSeconds:0} s." : fault.Message;
        }

        try
        {
            Forget();
        }
        catch (IOException fault)
        {
            trouble = $"{FileName}: {fault.Message}";
        }

        if (trouble is not null && !self.Problems.Any(problem => problem.Key == Trouble && problem.Detail == trouble))
        {
            LogTrouble(publisher, trouble);
        }

        self.Set(Trouble, Gravity.Private, trouble is null ? null : "The contacts are not renewed.", trouble);
        if (token is not null)
        {
            SayHowMany();
        }
    }

    /// <summary>How many they are is nobody's business but that of whoever reads the log.</summary>
    private void SayHowMany()
    {
        var newest = Newest;
        self.Set(Old, Gravity.Private, newest is not null && time.GetUtcNow() - newest.Header.At > FreshFor ? "The contacts are more than a day old." : null, $"They were sealed at {newest?.Header.At:u}.");
        if (newest is not null && (saidAt is not { } at || time.GetElapsedTime(at) >= SaidEvery))
        {
            saidAt = time.GetTimestamp();
            LogHeld(publisher, newest.Header.Count, newest.Header.At);
        }
    }

    /// <summary>What went wrong, in a sentence; null where there is nothing new, or what is new is held.</summary>
    private async Task<string?> FetchAsync(string shown, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswersWithin);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(publisher, ContactsEndpoints.Contacts));
        request.Headers.TryAddWithoutValidation(ContactsEndpoints.Token, shown);
        if (heldTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", heldTag);
        }

        using var answer = await http.SendAsync(request, patience.Token);
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return answer.StatusCode switch
            {
                HttpStatusCode.NotFound => "The publisher knows nothing of contacts for this token: the one to give to --contacts stands in contacts.token in its data folder, and `candor mirror contacts --out FILE` there makes it.",
                HttpStatusCode.ServiceUnavailable => "The publisher cannot say at the moment whom it would tell (503): where that lasts, it sends no mail, or has not opened its addresses.",
                var status => $"The publisher answered {(int)status} for its contacts.",
            };
        }

        var bytes = await BoundedBody.ReadAsync(answer.Content, SealedContacts.BytesMax, patience.Token);
        var (offered, refusal) = SealedContacts.Read(key, bytes.Span);
        if (offered is null)
        {
            return refusal;
        }

        if (held is { } before && offered.Header.At <= before.Header.At)
        {
            heldTag = offered.Header == before.Header ? answer.Headers.ETag?.Tag : heldTag;
            return offered.Header == before.Header ? null
                : $"The contacts that were offered, of {offered.Header.At:u}, are not newer than those that are held, of {before.Header.At:u}. Where that is the publisher and its clock is right, stop the mirror, remove {FileName} and start it again.";
        }

        disk.Replace(path, bytes.Span);
        (held, heldTag) = (offered, answer.Headers.ETag?.Tag);
        return null;
    }

    private void Forget()
    {
        if (held is { Header.Count: > 0 } && Newest is null)
        {
            disk.Delete(path);
            (held, heldTag) = (null, null);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Publisher}: contacts of {Count} people are held, sealed at {At}.")]
    private partial void LogHeld(Uri publisher, int count, DateTimeOffset at);

    [LoggerMessage(LogLevel.Warning, "{Publisher}: {Trouble}")]
    private partial void LogTrouble(Uri publisher, string trouble);
}
