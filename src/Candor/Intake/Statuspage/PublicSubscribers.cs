using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// <c>POST /api/v2/subscribers.json</c> on the readers' listener, as Statuspage's own pages send it: the address gets a link
/// to confirm with, and whoever asked gets the same answer whatever is known of it.
/// </summary>
internal static class PublicSubscribers
{
    private const long BodyBytesMax = 16 * 1024;
    private const string Path = "/api/v2/subscribers.json";
    private const string Open = "whoever wants to be told has no account; a link to the address confirms it";

    /// <summary>An id is no proof of anything, and an address less: only the link in a message is.</summary>
    private static readonly Refusal ByTheLink = new(
        "by_the_link", "Unsubscribe by the link at the end of any message that you were sent; nobody else can do it for you.");

    /// <param name="rest">Answers every other method.</param>
    /// <param name="from">Where a request comes from, or null where nobody can say.</param>
    public static void MapPublicSubscribers(
        this IEndpointRouteBuilder routes, PostDesk desk, V1Contacts contacts, TimeProvider time, Func<HttpContext, IPAddress?> from, RequestDelegate rest)
    {
        Map(["POST"], context => AskAsync(context, desk, contacts, time, from));
        Map(["DELETE"], static context => SayNoAsync(context, StatusCodes.Status422UnprocessableEntity, ByTheLink));
        Map(["GET", "HEAD", "OPTIONS", "PUT", "PATCH"], context => rest(context));

        void Map(string[] methods, Func<HttpContext, Task> answer) => routes.MapMethods(Path, methods, context => WhereOpenAsync(context, desk, answer))
            .OpenToAll(Open).RefusesWith(V1Error.Form).BodyAtMost(BodyBytesMax);
    }

    /// <summary>A private page has no such address: it is answered as any other that leads nowhere.</summary>
    private static Task WhereOpenAsync(HttpContext context, PostDesk desk, Func<HttpContext, Task> answer)
    {
        try
        {
            if (desk.World.Page.OnlyFor.IsEmpty)
            {
                return answer(context);
            }
        }
        catch (JournalFailedException)
        {
            // Nobody knows yet whose the page is.
        }

        context.SetEndpoint(null);
        return Task.CompletedTask;
    }

    private static async Task AskAsync(
        HttpContext context, PostDesk desk, V1Contacts contacts, TimeProvider time, Func<HttpContext, IPAddress?> from)
    {
        Anywhere(context);
        try
        {
            desk.MustHaveRead();
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            var (body, unread) = V1Request.Read(context.Request, sent.ToArray(), V1Wrappers.Subscriber);
            if (body is null)
            {
                await SayNoAsync(context, StatusCodes.Status400BadRequest, unread!);
                return;
            }

            var fields = new SentFields(body, desk.World, time.GetUtcNow());
            var (channel, address, fault) = SubscriberChanges.Reached(fields);
            var components = fields.Components() ?? [];
            var (refusal, wait) = (fields.Fault ?? fault) is { } wrong
                ? (wrong, (TimeSpan?)null)
                : await contacts.AskAsync(new(channel, address, components, Actor.Candor), from(context), context.RequestAborted);
            if (refusal is not null)
            {
                await RefuseAsync(context, refusal, wait);
                return;
            }

            await V1Routes.WriteAsync(context, StatusCodes.Status201Created, Told(desk.World, channel, address, components), PublicJson.Default.AskedBody);
        }
        catch (BadHttpRequestException fault)
        {
            await SayNoAsync(context, fault.StatusCode, new("body.unreadable", "The body is too large or was cut off; send less, whole."));
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException && !context.Response.HasStarted)
        {
            await SayNoAsync(context, StatusCodes.Status503ServiceUnavailable, new("notices.unavailable", "Nobody can be entered at the moment. Try again in a few minutes."));
        }
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal, TimeSpan? wait)
    {
        if (wait is { } seconds)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(seconds.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        }

        return SayNoAsync(context, wait is null ? PostDesk.StatusOf(refusal) : StatusCodes.Status429TooManyRequests, refusal);
    }

    private static Task SayNoAsync(HttpContext context, int status, Refusal refusal)
    {
        Anywhere(context);
        return Refusals.AnswerAsync(context, status, refusal);
    }

    /// <summary>Owners put the form into pages of their own.</summary>
    private static void Anywhere(HttpContext context) => context.Response.Headers.AccessControlAllowOrigin = "*";

    /// <summary>What was asked for and nothing else: no id, no date, no state.</summary>
    private static AskedBody Told(World world, string channel, string address, IReadOnlyList<ComponentId> components) => new(
        new(world.Page.Id, world.Page.Name, world.Page.Url, world.Page.TimeZone),
        new(
            channel, channel == "email" ? address : null, channel == "webhook" ? address : null, channel == "sms" ? address : null,
            [.. components.Select(static one => one.Value)], QuarantinedAt: null, CanSelectComponents: true));
}

internal sealed record AskedPage(string Id, string Name, string? Url, string TimeZone);

internal sealed record AskedSubscriber(
    string Mode, string? Email, string? Endpoint, string? PhoneNumber, IReadOnlyList<string> ComponentIds, DateTimeOffset? QuarantinedAt, bool CanSelectComponents);

internal sealed record AskedBody(AskedPage Page, AskedSubscriber Subscriber);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AskedBody))]
internal sealed partial class PublicJson : JsonSerializerContext;
