using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Statuspage;

/// <summary>
/// How every route of the management API is mapped: also with ".json" behind it, refusals in Statuspage's form, only for the
/// page that there is, and not more often than a token may.
/// </summary>
internal sealed class V1Routes(
    IEndpointRouteBuilder routes, PostDesk desk, V1Contacts contacts, V1Values values, FrontDesk front, TimeProvider time)
{
    public const string Pages = "/v1/pages";
    public const string Page = Pages + "/{page_id}";

    private const long BodyBytesMax = 256 * 1024;

    /// <summary>Statuspage takes one request a second; a burst of a minute's worth is taken here.</summary>
    private static readonly BrakeRule Pace = new(60, TimeSpan.FromSeconds(1));

    private static readonly Refusal TooOften = new(
        "too_often", "This token asks too often: 60 requests at once and one more each second are taken. Wait for as long as Retry-After says.");

    private readonly Brake brake = new(time);

    public PostDesk Desk => desk;

    /// <summary>As far as whoever asks gets to know it.</summary>
    public World WorldOf(HttpContext context) => desk.WorldOf(context.Features.GetRequiredFeature<Principal>());

    public V1Contacts Contacts => contacts;

    public V1Values Values => values;

    /// <summary>Null where the list of people cannot be used.</summary>
    public Reception? Reception => front.Reception;

    public ReaderDoors Doors => front.Readers.Doors;

    public ReaderShapes Readers => new(desk.World, front.Register?.Roster ?? Roster.Empty, Doors);

    public DateTimeOffset Now => time.GetUtcNow();

    public void Map(string methods, string path, Act act, Func<HttpContext, Task> answer)
    {
        var wrapped = Wrapped(answer);
        foreach (var pattern in (string[])[path, path + ".json"])
        {
            routes.MapMethods(pattern, methods.Split(' '), wrapped).Needs(act).RefusesWith(V1Error.Form).TakesKeyInAddress().BodyAtMost(BodyBytesMax);
        }
    }

    /// <summary>What is none of these is missing, and says so as Statuspage does.</summary>
    public void MapRest() => routes.Map("/v1/{**rest}", Wrapped(static context => MissingAsync(context))).Needs(Act.SeeOperations).RefusesWith(V1Error.Form);

    public static string IdOf(HttpContext context, string name = "id") => (string)context.Request.RouteValues[name]!;

    public static Task MissingAsync(HttpContext context) => Refusals.AnswerAsync(
        context, StatusCodes.Status404NotFound, new("not_found", "Not found: there is nothing at this address. docs/statuspage-api.md lists the addresses."));

    public static Task RefuseAsync(HttpContext context, Refusal refusal) => Refusals.AnswerAsync(context, PostDesk.StatusOf(refusal), refusal);

    public static async Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted);
    }

    /// <summary>A page of a list: <c>page</c> from 1, <c>per_page</c> or <c>limit</c> up to 100.</summary>
    public static async Task WriteListAsync<T>(HttpContext context, IEnumerable<T> all, JsonTypeInfo<IReadOnlyList<T>> type, int firstPage = 1)
    {
        const int Most = 100;
        var size = V1Request.Number(context.Request, context.Request.Query.ContainsKey("limit") ? "limit" : "per_page", Most, least: 1, Most);
        if (size is not { } taken || V1Request.Number(context.Request, "page", firstPage, firstPage, most: 1_000_000) is not { } page)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new(
                "bad_page", $"page counts from {firstPage}, per_page and limit from 1 to {Most}; write whole numbers.", "page"));
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, [.. all.Skip((page - firstPage) * taken).Take(taken)], type);
    }

    private RequestDelegate Wrapped(Func<HttpContext, Task> answer) => async context =>
    {
        if (brake.Take((context.Features.Get<Principal>()!.Credential, Pace)) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            await Refusals.AnswerAsync(context, StatusCodes.Status429TooManyRequests, TooOften);
            return;
        }

        try
        {
            desk.MustHaveRead();
            await (IsOurs(context) ? answer(context) : MissingAsync(context));
        }
        catch (JournalFailedException) when (!context.Response.HasStarted)
        {
            await PostDesk.NotYetAsync(context);
        }
    };

    private bool IsOurs(HttpContext context) =>
        context.Request.RouteValues.GetValueOrDefault("page_id") is not string page || page == desk.World.Page.Id;
}
