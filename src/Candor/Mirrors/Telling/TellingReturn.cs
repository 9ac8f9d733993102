using System.Net;
using System.Text.Json;
using Candor.Effects;

namespace Candor.Mirrors.Telling;

/// <summary>Once the publisher is back it hears from its mirror who has left meanwhile, and how many were told; each of it until it has answered.</summary>
/// <param name="isHeard">Whether the publisher is there.</param>
/// <param name="waits">Whether a bulletin has not been told to the publisher yet.</param>
internal sealed partial class TellingReturn(
    HttpMessageInvoker http, Uri publisher, string token, TellingBook book, Teller teller, Func<bool> isHeard, Func<string, bool> waits,
    TimeProvider time, ILogger<TellingReturn> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);

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

        foreach (var leaver in book.Leavers.Where(static one => !one.IsHandedIn))
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
            if (await SaysAsync(LeavingEndpoints.Folder + leaver.Link, form, cancellation) is { } isTaken)
            {
                book.HandIn(leaver, isTaken);
            }
        }

        foreach (var telling in book.Tellings.Where(one => !one.IsReported && book.IsLoaded(one.Bulletin) && !teller.IsTelling(one.Bulletin) && !waits(one.Bulletin)))
        {
            var ((told, failed, unclear), left) = (book.CountsOf(telling.Bulletin), teller.StateOf(telling.Bulletin)?.Left ?? 0);
            using var count = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new(telling.Bulletin, telling.Incident, told, failed, left) { Unclear = unclear }, TellingJson.Default.ToldCount));
            if (await SaysAsync(ContactsEndpoints.Told, count, cancellation) is not null)
            {
                book.Change(telling.Bulletin, static one => one with { IsReported = true });
                LogReported(publisher, telling.Bulletin, told, failed, left);
            }
        }
    }

    /// <summary>True where it has been taken, false where it never will be, null where it may be later.</summary>
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

    [LoggerMessage(LogLevel.Information, "{Publisher} was told that {Told} were told of bulletin {Bulletin} by mail, {Failed} were refused and {Left} not reached.")]
    private partial void LogReported(Uri publisher, string bulletin, int told, int failed, int left);

    [LoggerMessage(LogLevel.Warning, "{Publisher} is told later who has left and how many were told: {Reason}")]
    private partial void LogLater(Uri publisher, string reason);
}
