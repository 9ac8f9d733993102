using Candor.Access;
using Candor.Access.Reading;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Who is told, as far as the facts know them: by id, channel, components and state, without addresses.</summary>
internal static class SubscriberRoutes
{
    private const string Subscribers = V1Routes.Page + "/subscribers";
    private const string OfIncident = V1Routes.Page + "/incidents/{id}/subscribers";

    private static readonly Refusal NotHere = new(
        "subscribers_join_themselves",
        "This API takes no addresses, so that none stands in a journal or a log. Readers subscribe on the page where it offers that; "
        + "the Atom and RSS feeds and the calendar need no address.");

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Subscribers, Act.ManageSubscribers, context => ListAsync(context, routes, otherwise: "active"));
        routes.Map("GET", Subscribers + "/unsubscribed", Act.ManageSubscribers, context => ListAsync(context, routes, otherwise: "unsubscribed"));
        routes.Map("GET", Subscribers + "/count", Act.ManageSubscribers, context => V1Routes.WriteAsync(
            context, StatusCodes.Status200OK, V1SubscriberCount.Of([.. Wanted(context, routes, "active")]), V1Json.Default.V1SubscriberCount));
        routes.Map("GET", Subscribers + "/histogram_by_state", Act.ManageSubscribers, context => V1Routes.WriteAsync(
            context, StatusCodes.Status200OK, V1SubscriberHistogram.Of([.. All(routes)]), V1Json.Default.V1SubscriberHistogram));
        routes.Map("GET", Subscribers + "/{sid}", Act.ManageSubscribers, context => ShowAsync(context, routes));
        routes.Map("PATCH PUT", Subscribers + "/{sid}", Act.ManageSubscribers, context => CommitAsync(context, routes, V1Wrappers.Subscriber, Change));
        routes.Map("DELETE", Subscribers + "/{sid}", Act.ManageSubscribers, context => CommitAsync(
            context, routes, V1Wrappers.Subscriber with { MayBeMissing = true },
            static (world, at, by, id, _) => SubscriberDecisions.Leave(world, at, id, by)));
        Refuse(
            routes, Subscribers, Subscribers + "/unsubscribe", Subscribers + "/reactivate", Subscribers + "/resend_confirmation",
            Subscribers + "/{sid}/resend_confirmation");

        // Nobody subscribes to a single incident.
        routes.Map("GET", OfIncident, Act.ManageSubscribers, context => routes.Desk.World.Incidents.ContainsKey(new(V1Routes.IdOf(context)))
            ? V1Routes.WriteListAsync<V1Subscriber>(context, [], V1Json.Default.IReadOnlyListV1Subscriber, firstPage: 0)
            : V1Routes.MissingAsync(context));
        routes.Map("GET DELETE", OfIncident + "/{sid}", Act.ManageSubscribers, V1Routes.MissingAsync);
        Refuse(routes, OfIncident, OfIncident + "/{sid}/resend_confirmation");
    }

    private static void Refuse(V1Routes routes, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            routes.Map("POST", path, Act.ManageSubscribers, static context => V1Routes.RefuseAsync(context, NotHere));
        }
    }

    private static Task ListAsync(HttpContext context, V1Routes routes, string otherwise) => V1Routes.WriteListAsync(
        context, Wanted(context, routes, otherwise).Select(V1Subscriber.Of), V1Json.Default.IReadOnlyListV1Subscriber, firstPage: 0);

    /// <summary>By <c>type</c> and <c>state</c>; "all" is everybody who has not left.</summary>
    private static IEnumerable<Subscriber> Wanted(HttpContext context, V1Routes routes, string otherwise)
    {
        var type = context.Request.Query["type"].ToString();
        var state = context.Request.Query["state"] is [{ Length: > 0 } asked] && otherwise != "unsubscribed" ? asked : otherwise;
        return All(routes)
            .Where(one => type.Length == 0 || V1Subscriber.ModeOf(one) == type)
            .Where(one => V1Subscriber.StateOf(one) is var stands && (state == "all" ? stands != "unsubscribed" : stands == state));
    }

    private static IEnumerable<Subscriber> All(V1Routes routes) =>
        routes.Desk.World.Subscribers.Values.Where(static one => !one.Erased).OrderBy(static one => one.Number);

    private static Decision<Event> Change(World world, DateTimeOffset at, Actor by, SubscriberId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        return sent.Components() is not { } components ? Array.Empty<Event>()
            : sent.Fault is { } no ? no
            : world.Subscribers.TryGetValue(id, out var there) ? SubscriberDecisions.Change(world, at, id, there.Wishes with { Components = components })
            : SubscriberDecisions.Change(world, at, id, new(""));
    }

    private static async Task CommitAsync(
        HttpContext context, V1Routes routes, V1Wrapper wrapper, Func<World, DateTimeOffset, Actor, SubscriberId, SentBody, Decision<Event>> decide)
    {
        var id = new SubscriberId(V1Routes.IdOf(context, "sid"));
        if (await V1Request.ReadAsync(context, wrapper) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id.Value, (world, at) => decide(world, at, new(request.Who.Actor), id, request.Body)) is not null)
        {
            await ShowAsync(context, routes);
        }
    }

    private static Task ShowAsync(HttpContext context, V1Routes routes) =>
        routes.Desk.World.Subscribers.GetValueOrDefault(new(V1Routes.IdOf(context, "sid"))) is { Erased: false } subscriber
            ? V1Routes.WriteAsync(context, StatusCodes.Status200OK, V1Subscriber.Of(subscriber), V1Json.Default.V1Subscriber)
            : V1Routes.MissingAsync(context);
}
