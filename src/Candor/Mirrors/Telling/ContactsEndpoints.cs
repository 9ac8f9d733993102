using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Pages;
using Candor.State;

namespace Candor.Mirrors.Telling;

/// <summary>
/// On the publisher, for mirrors that show the token: sealed contacts, and what came of telling people. To everybody else
/// these paths do not exist.
/// </summary>
internal static class ContactsEndpoints
{
    public const string Contacts = "/mirror/contacts";
    public const string Told = "/mirror/told";

    /// <summary>The header that carries the token.</summary>
    public const string Token = "Candor-Contacts";

    private const long BodyBytesMax = 1024;
    private const int NotedMost = 32;
    private const string Why = "whoever shows the token that this page's mirrors were given; for others the path does not exist";

    public static void MapContacts(this IEndpointRouteBuilder routes, ContactsOffer? offer, Func<Journal<World, Event>> journal, TimeProvider time)
    {
        routes.Map(Contacts, context => BehindTokenAsync(context, offer, HttpMethods.Get, () => SendAsync(context, offer!))).OpenToAll(Why);
        routes.Map(Told, context => BehindTokenAsync(context, offer, HttpMethods.Post, () => NoteAsync(context, journal(), time))).OpenToAll(Why).BodyAtMost(BodyBytesMax);
    }

    /// <summary>
    /// Notes in the audit how many a mirror told of a bulletin that is in the journal; nobody is notified. Gives the reason
    /// why it will never be noted.
    /// </summary>
    internal static async Task<string?> NoteAsync(Journal<World, Event> journal, DateTimeOffset at, ToldCount count, CancellationToken cancellation)
    {
        var (by, incident) = (new Actor($"mirror:{count.Bulletin}"), new IncidentId(count.Incident));
        var outcome = await journal.CommitAsync(
            world => !world.Incidents.TryGetValue(incident, out var there) || !there.Updates.Any(update => update.By == by)
                ? new Refusal("no_such_bulletin", "That bulletin is not in the journal.")
                : IsNoted(world.Audit.Where(act => act.By == by && act.Act == ToldCount.Act).ToList(), count)
                    ? Decision.Of<Event>([])
                    : AuditDecisions.Record(at, by, ToldCount.Act, incident.Value, new(Reason: count.Sentence)),
            CommitClass.Essential, cancellation);
        return outcome.Refusal is { Code: Reserve.DiskFull } full ? throw new IOException(full.Sentence) : outcome.Refusal?.Sentence;
    }

    /// <summary>Two mirrors may have told it, and each may have gone on since: what says something else is noted, up to a point.</summary>
    private static bool IsNoted(List<AuditRecorded> noted, ToldCount count) => noted.Count >= NotedMost || noted.Exists(act => act.Reason == count.Sentence);

    /// <summary>Without the token the answer is made where those for paths without a route are made, so it is the same.</summary>
    private static async Task BehindTokenAsync(HttpContext context, ContactsOffer? offer, string method, Func<Task> answer)
    {
        if (offer?.Grant.Admits(context.Request.Headers[Token]) != true || context.Request.Method != method)
        {
            context.SetEndpoint(null);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.CacheControl = Caching.Never;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await answer();
    }

    private static async Task SendAsync(HttpContext context, ContactsOffer offer)
    {
        var response = context.Response;
        if (offer.Newest() is not { } sealedNow)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "10";
            return;
        }

        var tag = $"\"{Compression.Hash(sealedNow)}\"";
        response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/octet-stream";
        response.ContentLength = sealedNow.Length;
        response.Headers.ContentSecurityPolicy = Caching.NothingMayRun;
        await response.Body.WriteAsync(sealedNow, context.RequestAborted);
    }

    private static async Task NoteAsync(HttpContext context, Journal<World, Event> journal, TimeProvider time)
    {
        var response = context.Response;
        response.ContentType = "text/plain; charset=utf-8";
        try
        {
            var count = await JsonSerializer.DeserializeAsync(context.Request.Body, TellingJson.Default.ToldCount, context.RequestAborted);
            var refusal = count?.IsSound == true ? await NoteAsync(journal, time.GetUtcNow(), count, context.RequestAborted) : "That is no count.";
            response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
            await response.WriteAsync(refusal ?? "Noted.", context.RequestAborted);
        }
        catch (JsonException)
        {
            response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
