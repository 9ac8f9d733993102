using Candor.Access;
using Candor.Journal;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Candor.Attachments;

/// <summary>
/// <c>/files/{hash}/{name}</c> for readers. A file is there as long as words name it that whoever asks may read; the page that
/// they get says which those are. What it is served as was found in its bytes.
/// </summary>
internal static class FileEndpoints
{
    /// <summary>The address never means other bytes; yet a file that was taken away must be gone from caches soon.</summary>
    private const string Kept = "public, max-age=300";

    private const string Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void MapFiles(
        this IEndpointRouteBuilder routes, Publications publications, Func<Journal<World, Event>?> journal, Func<AttachmentDesk> desk, TimeProvider time) =>
        routes.MapMethods(Links.Files + "{hash}/{name}", [HttpMethods.Get, HttpMethods.Head], async context =>
        {
            var from = publications.Of(context);
            if (journal() is not { Condition.Phase: not JournalPhase.Opening } read)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "2";
                context.Response.Headers.CacheControl = Caching.Never;
                return;
            }

            var (hash, name) = ((string)context.Request.RouteValues["hash"]!, (string)context.Request.RouteValues["name"]!);
            if (IsKept(desk(), hash) && Find(desk().Naming(read.State, hash), from.Editions.Edition, hash, name, time.GetUtcNow()) is { } file)
            {
                await AnswerAsync(context, file, desk().Files.PathOf(hash), from.IsPrivate);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = Caching.Never;
        }).OpenToAll("readers may have what hangs on words that they may read; the handler asks the page that they get");

    /// <summary>For readers of a mirror: what its edition names and it has.</summary>
    public static void MapFilesElsewhere(this IEndpointRouteBuilder routes, Func<string, (AttachedFile File, string Path)?> find) =>
        routes.MapMethods(Links.Files + "{hash}/{name}", [HttpMethods.Get, HttpMethods.Head], async context =>
        {
            if (find(context.Request.Path) is var (file, path))
            {
                await AnswerAsync(context, file, path, isPrivate: false);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = Caching.Never;
        }).OpenToAll("a mirror serves what every reader may read");

    /// <summary>For operators, in rooms and previews: what words say that they get to know, and what they have uploaded themselves.</summary>
    public static void MapFilesForPeople(this IEndpointRouteBuilder routes, Func<Principal, World> world, Func<AttachmentDesk> desk) =>
        routes.MapMethods(Links.Files + "{hash}/{name}", [HttpMethods.Get, HttpMethods.Head], async context =>
        {
            var who = context.Features.GetRequiredFeature<Principal>();
            var (hash, name) = ((string)context.Request.RouteValues["hash"]!, (string)context.Request.RouteValues["name"]!);
            if (IsKept(desk(), hash)
                && (In(desk().Naming(world(who), hash), hash, name).Select(static one => one.File).FirstOrDefault() ?? desk().Waiting(who.Actor, hash, name)) is { } file)
            {
                await AnswerAsync(context, file, desk().Files.PathOf(hash), isPrivate: true);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }).NeedsPerson(Act.SeeOperations);

    /// <summary>Whoever asks for what is not there costs no look at the words.</summary>
    private static bool IsKept(AttachmentDesk desk, string hash) => FileStore.IsHash(hash) && desk.Files.Has(hash);

    /// <summary>Null where no words name it on a page that this edition has.</summary>
    private static AttachedFile? Find(IEnumerable<Incident> naming, Edition edition, string hash, string name, DateTimeOffset now) =>
        In(naming, hash, name)
            .Where(one => one.Incident.Published && edition.Find(Links.PathOf(one.Incident.Id), now) is { StatusCode: StatusCodes.Status200OK })
            .Select(static one => one.File)
            .FirstOrDefault();

    private static IEnumerable<(Incident Incident, AttachedFile File)> In(IEnumerable<Incident> naming, string hash, string name) =>
        from incident in naming
        where incident.Removed is null
        from update in incident.Updates
        where update.IsReadable
        from file in update.Files
        where file.Hash == hash && file.Name == name
        select (incident, file);

    private static async Task AnswerAsync(HttpContext context, AttachedFile file, string path, bool isPrivate)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Resource-Policy"] = isPrivate ? "same-origin" : "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = isPrivate ? Caching.Private : Kept;
        headers.ETag = $"\"{file.Hash}\"";
        if (context.Request.Headers.IfNoneMatch == headers.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = file.Type;
        headers.ContentLength = file.Bytes;
        headers.ContentDisposition = new ContentDispositionHeaderValue(file.IsPicture ? "inline" : "attachment") { FileName = file.Name }.ToString();
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // From the disk to the socket: nobody who reads slowly holds it in memory.
            await context.Response.SendFileAsync(path, context.RequestAborted);
        }
    }
}
