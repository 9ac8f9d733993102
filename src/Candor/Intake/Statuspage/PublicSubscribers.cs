using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// <c>POST</c> and <c>DELETE /api/v2/subscribers.json</c> on the readers' listener, as Statuspage's own pages send them: the
/// address gets a link to confirm with, and whoever asked gets the same answer whatever is known of it; whoever has a link
/// that was sent may end its subscription.
/// </summary>
internal static class PublicSubscribers
{
    private const long BodyBytesMax = 16 * 1024;
    private const string Path = "/api/v2/subscribers.json";
    private const string Open = "whoever wants to be told has no account; a link to the address confirms it";

    /// <summary>The id of a subscriber is no proof of anything, and an address less: only the link in a message is.</summary>
    private static readonly Refusal ByTheLink = new(
        "by_the_link", "The id is the last part of the link to unsubscribe by, at the end of any message that you were sent; nobody else can do it for you.", "id");

    /// <param name="rest">Answers every other method.</param>
    /// <param name="from">Where a request comes from, or null where nobody can say.</param>
    public static void MapPublicSubscribers(
        this IEndpointRouteBuilder routes, PostDesk desk, V1Contacts contacts, TimeProvider time, Func<HttpContext, IPAddress?> from, RequestDelegate rest)
    {
        Map(["POST"], context => AskAsync(context, desk, contacts, time, from));
        Map(["DELETE"], context => LeaveAsync(context, desk, contacts, time));
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

    private static Task AskAsync(
        HttpContext context, PostDesk desk, V1Contacts contacts, TimeProvider time, Func<HttpContext, IPAddress?> from) => SentAsync(context, desk, async body =>
    {
        var fields = new SentFields(body, desk.World, time.GetUtcNow());
        var (channel, address, fault) = SubscriberChanges.Reached(fields);
        var components = fields.Components() ?? [];
        var (refusal, wait) = (fields.Fault ?? fault) is { } wrong
            ? (wrong, (TimeSpan?)null)
            : await contacts.AskAsync(new(channel, address, components, Actor.Candor), from(context), context.RequestAborted);
        await (refusal is not null
            ? RefuseAsync(context, refusal, wait)
            : V1Routes.WriteAsync(context, StatusCodes.Status201Created, Told(desk.World, channel, address, components), PublicJson.Default.AskedBody));
    });

    /// <summary>Of what the link belongs to, only the kind of channel is told: a link to leave by opens nothing else.</summary>
    private static Task LeaveAsync(HttpContext context, PostDesk desk, V1Contacts contacts, TimeProvider time) => SentAsync(context, desk, async body =>
    {
        var fields = new SentFields(body, desk.World, time.GetUtcNow());
        var (channel, refusal) = fields.Text("id") is { } link ? await contacts.LeaveAsync(link, context.RequestAborted) : default;
        await ((fields.Fault ?? refusal ?? (channel is null ? ByTheLink : null)) is { } no
            ? RefuseAsync(context, no, wait: null)
            : V1Routes.WriteAsync(context, StatusCodes.Status200OK, Told(desk.World, channel!, null, []), PublicJson.Default.AskedBody));
    });

    private static async Task SentAsync(HttpContext context, PostDesk desk, Func<SentBody, Task> answer)
    {
        Anywhere(context);
        try
        {
            desk.MustHaveRead();
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            var (body, unread) = V1Request.Read(context.Request, sent.ToArray(), V1Wrappers.Subscriber);
            await (body is null ? SayNoAsync(context, StatusCodes.Status400BadRequest, unread!) : answer(body));
        }
        catch (BadHttpRequestException fault)
        {
            await SayNoAsync(context, fault.StatusCode, new("body.unreadable", "The body is too large or was cut off; send less, whole."));
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException && !context.Response.HasStarted)
        {
            await SayNoAsync(context, StatusCodes.Status503ServiceUnavailable, new("notices.unavailable", "This cannot be kept at the moment. Try again in a few minutes."));
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
    private static AskedBody Told(World world, string channel, string? address, IReadOnlyList<ComponentId> components) => new(
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
