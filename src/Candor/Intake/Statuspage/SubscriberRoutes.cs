using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Statuspage;

/// <summary>Who is told. Facts know subscribers by id; their addresses come from beside the journal and go to whoever may manage them.</summary>
internal static class SubscriberRoutes
{
    private const string Subscribers = V1Routes.Page + "/subscribers";

    private static readonly Refusal NotStored = new(
        "notices.unavailable", "This could not be stored at the moment, and it is not known whether it was kept. Send it again; the same address is entered once.");

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Subscribers, Act.ManageSubscribers, context => ListAsync(context, routes, otherwise: "active"));
        routes.Map("GET", Subscribers + "/unsubscribed", Act.ManageSubscribers, context => ListAsync(context, routes, otherwise: "unsubscribed"));
        routes.Map("GET", Subscribers + "/count", Act.ManageSubscribers, context => FindAsync(context, routes, "active", found =>
            V1Routes.WriteAsync(context, StatusCodes.Status200OK, V1SubscriberCount.Of([.. found]), V1Json.Default.V1SubscriberCount)));
        routes.Map("GET", Subscribers + "/histogram_by_state", Act.ManageSubscribers, context => V1Routes.WriteAsync(
            context, StatusCodes.Status200OK, V1SubscriberHistogram.Of([.. routes.Desk.World.Subscribers.Values.Where(static one => !one.Erased)]),
            V1Json.Default.V1SubscriberHistogram));
        routes.Map("POST", Subscribers, Act.ManageSubscribers, context => EnterAsync(context, routes));
        routes.Map("GET", Subscribers + "/{sid}", Act.ManageSubscribers, context => ShowAsync(context, routes));
        routes.Map("PATCH PUT", Subscribers + "/{sid}", Act.ManageSubscribers, context => CommitAsync(
            context, routes, V1Wrappers.Subscriber,
            (world, at, _, id, body) => SubscriberChanges.Change(world, at, id, [routes.Contacts.WholeAddressOf(id), routes.Contacts.AddressOf(id)], body)));
        routes.Map("DELETE", Subscribers + "/{sid}", Act.ManageSubscribers, context => CommitAsync(
            context, routes, V1Wrappers.Subscriber with { MayBeMissing = true },
            static (world, at, by, id, _) => SubscriberDecisions.Leave(world, at, id, by)));
        routes.Map("POST", Subscribers + "/unsubscribe", Act.ManageSubscribers, context => ManyAsync(context, routes, SubscriberChanges.Unsubscribe));
        routes.Map("POST", Subscribers + "/reactivate", Act.ManageSubscribers, context => ManyAsync(context, routes, SubscriberChanges.Reactivate));
        routes.Map("POST", Subscribers + "/resend_confirmation", Act.ManageSubscribers, context => AskAgainAsync(context, routes));
        routes.Map("POST", Subscribers + "/{sid}/resend_confirmation", Act.ManageSubscribers, context => AskAgainAsync(
            context, routes, context.Features.GetRequiredFeature<Principal>(), [new(V1Routes.IdOf(context, "sid"))]));
    }

    private static Task ListAsync(HttpContext context, V1Routes routes, string otherwise) => FindAsync(
        context, routes, otherwise, found => V1Routes.WriteListAsync(
            context, found.Select(one => V1Subscriber.Of(one, routes.Contacts.AddressOf(one.Id))), V1Json.Default.IReadOnlyListV1Subscriber, firstPage: 0));

    private static Task FindAsync(HttpContext context, V1Routes routes, string otherwise, Func<IEnumerable<Subscriber>, Task> answer)
    {
        var (search, fault) = SubscriberSearch.Of(context.Request.Query, otherwise);
        return search is null
            ? Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, fault!)
            : answer(search.Of(routes.Desk.World, routes.Contacts.WholeAddressOf));
    }

    /// <summary>Whoever may manage subscribers has asked them: the subscription holds from now on.</summary>
    internal static async Task EnterAsync(HttpContext context, V1Routes routes, IncidentId? incident = null)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Subscriber) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var (channel, address, fault) = SubscriberChanges.Reached(sent);
        var components = sent.Components() ?? [];
        if ((sent.Fault ?? fault) is { } no)
        {
            await V1Routes.RefuseAsync(context, no);
            return;
        }

        try
        {
            var (id, key, refusal) = await routes.Contacts.EnterAsync(
                new(channel, address, components, new(request.Who.Actor)) { Incident = incident }, context.RequestAborted);
            await (refusal is not null ? V1Routes.RefuseAsync(context, refusal) : ShowAsync(context, routes, id, StatusCodes.Status201Created, key));
        }
        catch (Exception failure) when (failure is JournalFailedException or IOException)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, NotStored);
        }
    }

    private static async Task ManyAsync(
        HttpContext context, V1Routes routes, Func<World, DateTimeOffset, Actor, SentBody, Decision<Event>> decide)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Subscribers) is { } request
            && await routes.Desk.CommitAsync(
                context, request, "subscribers", (world, at) => decide(world, at, new(request.Who.Actor), request.Body)) is not null)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private static async Task AskAgainAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Subscribers) is not { } request)
        {
            return;
        }

        var (meant, fault) = SubscriberChanges.Meant(routes.Desk.World, routes.Now, request.Body, "unconfirmed");
        await (fault is not null
            ? V1Routes.RefuseAsync(context, fault)
            : AskAgainAsync(context, routes, request.Who, [.. meant.Where(static one => V1Subscriber.StateOf(one) == "unconfirmed").Take(SubscriberChanges.AskedAtOnce).Select(static one => one.Id)]));
    }

    /// <summary>Each gets the link again; the first that cannot be asked ends it with the reason.</summary>
    internal static async Task AskAgainAsync(HttpContext context, V1Routes routes, Principal who, IReadOnlyList<SubscriberId> ids)
    {
        foreach (var id in ids)
        {
            if (await routes.Contacts.AskAgainAsync(id, new(who.Actor), context.RequestAborted) is { } refusal)
            {
                await V1Routes.RefuseAsync(context, refusal);
                return;
            }
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
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
        ShowAsync(context, routes, new(V1Routes.IdOf(context, "sid")), StatusCodes.Status200OK, signingKey: null);

    internal static Task ShowAsync(HttpContext context, V1Routes routes, SubscriberId id, int status, string? signingKey) =>
        routes.Desk.World.Subscribers.GetValueOrDefault(id) is { Erased: false } subscriber
            ? V1Routes.WriteAsync(
                context, status, V1Subscriber.Of(subscriber, routes.Contacts.AddressOf(id), signingKey), V1Json.Default.V1Subscriber)
            : V1Routes.MissingAsync(context);
}
