using System.Net;
using System.Text.Json;
using Candor.Effects;

namespace Candor.Mirrors.Telling;

/// <summary>
/// Once the publisher is back it hears from its mirror who has left meanwhile, and how many were told; each of it until it has
/// taken it. One that says no is asked again for days: it may be back in pieces, its journal before its addresses or its keys.
/// </summary>
/// <param name="isHeard">Whether the publisher is there.</param>
/// <param name="isFolded">Whether the publisher has a bulletin, or will never take it.</param>
internal sealed partial class TellingReturn(
    HttpMessageInvoker http, Uri publisher, string token, TellingBook book, Teller teller, Func<bool> isHeard, Func<string, bool> isFolded,
    TimeProvider time, ILogger<TellingReturn> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Whoever puts a publisher together again from backups needs no more.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromDays(4);

    private readonly Dictionary<string, (long At, TimeSpan Pause)> refusals = new(StringComparer.Ordinal);

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await LookOnceAsync(cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is HttpRequestException or IOException or OperationCanceledException or EgressForbiddenException)
            {
                // The next round says it again; the publisher knows what it has.
                LogLater(publisher, fault.Message);
            }

            await Task.Delay(Every, time, cancellation);
        }
    }

    public async Task LookOnceAsync(CancellationToken cancellation)
    {
        if (!isHeard())
        {
            return;
        }

        foreach (var leaver in book.Leavers.Where(one => !one.IsHandedIn && IsDue(one.Link)))
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
            var isTaken = await SaysAsync(LeavingEndpoints.Folder + leaver.Link, form, cancellation);
            if (isTaken == true || (isTaken == false && IsFinal(leaver.Link, leaver.RefusedAt, now => book.Refuse(leaver, now))))
            {
                book.HandIn(leaver, isTaken.Value);
            }
        }

        foreach (var telling in book.Tellings.Where(one => !one.IsReported && IsDue(one.Bulletin) && book.IsLoaded(one.Bulletin) && !teller.IsTelling(one.Bulletin) && isFolded(one.Bulletin)))
        {
            var (id, (told, failed, unclear), left) = (telling.Bulletin, book.CountsOf(telling.Bulletin), teller.StateOf(telling.Bulletin)?.Left ?? 0);
            using var count = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
                new(id, telling.Incident, told, failed, left) { Unclear = unclear, Home = telling.Home }, TellingJson.Default.ToldCount));
            var isTaken = await SaysAsync(ContactsEndpoints.Told, count, cancellation);
            if (isTaken == true || (isTaken == false && IsFinal(id, telling.RefusedAt, now => book.Change(id, one => one with { RefusedAt = now }))))
            {
                book.Change(id, static one => one with { IsReported = true });
                LogReported(publisher, id, told, failed, left, isTaken.Value ? "" : ", and it does not know of it");
            }
        }
    }

    private bool IsDue(string what) => !refusals.TryGetValue(what, out var refused) || time.GetElapsedTime(refused.At) >= refused.Pause;

    /// <summary>Whether a refusal ends it; otherwise it is said again, each time after a longer while.</summary>
    /// <param name="since">When it was refused first; null: now, which is noted then.</param>
    private bool IsFinal(string what, DateTimeOffset? since, Action<DateTimeOffset> note)
    {
        var now = time.GetUtcNow();
        if (now - since >= RefusedFor)
        {
            refusals.Remove(what);
            return true;
        }

        var pause = refusals.TryGetValue(what, out var before) ? before.Pause * 2 : FirstPause;
        refusals[what] = (time.GetTimestamp(), pause < LongestPause ? pause : LongestPause);
        if (since is null)
        {
            note(now);
        }

        return false;
    }

    /// <summary>True where it has been taken, false where it is not known there, null where nobody can tell.</summary>
    private async Task<bool?> SaysAsync(string path, HttpContent content, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswersWithin);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(publisher, path)) { Content = content };
        if (path == ContactsEndpoints.Told)
        {
            request.Headers.TryAddWithoutValidation(ContactsEndpoints.Token, token);
        }

        using var answer = await http.SendAsync(request, patience.Token);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity => false,
            _ => null,
        };
    }

    [LoggerMessage(LogLevel.Information, "{Publisher} was told that {Told} were told of bulletin {Bulletin} by mail, {Failed} were refused and {Left} not reached{End}.")]
    private partial void LogReported(Uri publisher, string bulletin, int told, int failed, int left, string end);

    [LoggerMessage(LogLevel.Warning, "{Publisher} is told later who has left and how many were told: {Reason}")]
    private partial void LogLater(Uri publisher, string reason);
}
