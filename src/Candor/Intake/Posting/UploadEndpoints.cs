using System.Globalization;
using System.Text.Json;
using Candor.Access;
using Candor.Attachments;
using Candor.Journal;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Posting;

/// <summary>
/// Files on their way in, in chunks: begin one, ask where it stands, send the next bytes. For programs under
/// <c>/api/uploads</c> and for the operators' own pages; each sender sees their own alone.
/// </summary>
internal static class UploadEndpoints
{
    public const string Offset = "Upload-Offset";

    private const long BodyBytesMax = 16 * 1024;

    private static readonly Refusal Unwritable = new(
        "upload.unwritable", "The disk did not take it, and it does not count. Ask where the upload stands and go on from there.");

    public static void MapUploads(this IEndpointRouteBuilder routes, PostDesk desk)
    {
        Map(routes, desk, "/api/uploads", static route => route.Needs(Act.PostIncident));
        Map(routes, desk, "/uploads", static route => route.NeedsPerson(Act.PostIncident));
    }

    private static void Map(IEndpointRouteBuilder routes, PostDesk desk, string path, Func<IEndpointConventionBuilder, IEndpointConventionBuilder> guard)
    {
        var limits = FileLimits.Default;
        guard(routes.MapMethods(path, [HttpMethods.Post], PostEndpoints.At(desk, (context, _) => BeginAsync(context, desk, path)))).BodyAtMost(BodyBytesMax);
        guard(routes.MapMethods(path + "/{id}", [HttpMethods.Get, HttpMethods.Head], PostEndpoints.At(desk, ShowAsync)));
        guard(routes.MapMethods(path + "/{id}", [HttpMethods.Patch], PostEndpoints.At(desk, AppendAsync))).BodyAtMost(limits.ChunkBytesMax);
    }

    private static async Task BeginAsync(HttpContext context, PostDesk desk, string path)
    {
        if (await PostRequest<UploadBody>.ReadAsync(context, PostJson.Default.UploadBody) is not { } request)
        {
            return;
        }

        var by = request.Who.Actor;
        var id = request.Key is { } key ? Uploads.IdOf(by, key) : desk.NewId();
        var outcome = await TriedAsync(
            cancellation => desk.Attachments().Uploads.BeginAsync(id, by, request.Body.Name ?? "", request.Body.Bytes, cancellation), context.RequestAborted);
        if (outcome is { Refusal: null, Upload: { } upload })
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = $"{path}/{upload.Id}";
            if (outcome.IsRepeated)
            {
                context.Response.Headers["Idempotent-Replayed"] = "true";
            }
        }

        await AnswerAsync(context, desk, outcome);
    }

    private static Task ShowAsync(HttpContext context, PostDesk desk) => AnswerAsync(
        context, desk, desk.Attachments().Uploads.Find(IdOf(context), WhoOf(context).Actor) is { } upload ? new(upload, null) : new(null, Uploads.NoSuchUpload));

    private static async Task AppendAsync(HttpContext context, PostDesk desk)
    {
        var uploads = desk.Attachments().Uploads;
        var (id, by) = (IdOf(context), WhoOf(context).Actor);
        if (uploads.Find(id, by) is null)
        {
            await AnswerAsync(context, desk, new(null, Uploads.NoSuchUpload));
            return;
        }

        if (!long.TryParse(context.Request.Headers[Offset].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("upload.no_offset", $"Say in {Offset} at which byte this chunk begins."));
            return;
        }

        using var chunk = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(chunk, context.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            await Refusals.AnswerAsync(context, fault.StatusCode, new(
                "body.unreadable", $"A chunk has at most {uploads.Limits.ChunkBytesMax} bytes, and this one was larger or was cut off; send it again, whole."));
            return;
        }

        await AnswerAsync(context, desk, await TriedAsync(
            cancellation => uploads.AppendAsync(id, by, offset, chunk.GetBuffer().AsMemory(0, (int)chunk.Length), cancellation), context.RequestAborted));
    }

    private static async Task<UploadOutcome> TriedAsync(Func<CancellationToken, Task<UploadOutcome>> does, CancellationToken cancellation)
    {
        try
        {
            return await does(cancellation);
        }
        catch (IOException)
        {
            return new(null, Unwritable);
        }
    }

    private static async Task AnswerAsync(HttpContext context, PostDesk desk, UploadOutcome outcome)
    {
        var response = context.Response;
        if (outcome.Upload is { } stands)
        {
            response.Headers[Offset] = stands.Offset.ToString(CultureInfo.InvariantCulture);
            response.Headers["Upload-Length"] = stands.Bytes.ToString(CultureInfo.InvariantCulture);
        }

        if (outcome.Refusal is { } refusal)
        {
            await Refusals.AnswerAsync(context, StatusOf(refusal), refusal);
            return;
        }

        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(UploadView.Of(outcome.Upload!, desk.Attachments().Uploads.Limits.UploadKept), PostJson.Default.UploadView),
                context.RequestAborted);
        }
    }

    private static int StatusOf(Refusal refusal) => refusal == Uploads.NoSuchUpload ? StatusCodes.Status404NotFound
        : refusal == Unwritable ? StatusCodes.Status507InsufficientStorage
        : PostDesk.StatusOf(refusal);

    private static Principal WhoOf(HttpContext context) => context.Features.GetRequiredFeature<Principal>();

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
