using Candor.Access;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Statuspage;

/// <summary>Who is told of one incident by itself. They are subscribers as all others, with one wish more.</summary>
internal static class IncidentSubscriberRoutes
{
    private const string OfIncident = V1Routes.Page + "/incidents/{id}/subscribers";

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", OfIncident, Act.ManageSubscribers, context => ListAsync(context, routes));
        routes.Map("POST", OfIncident, Act.ManageSubscribers, context => SubscriberRoutes.EnterAsync(context, routes, IncidentOf(context)));
        routes.Map("GET", OfIncident + "/{sid}", Act.ManageSubscribers, context => Find(context, routes) is { } subscriber
            ? SubscriberRoutes.ShowAsync(context, routes, subscriber.Id, StatusCodes.Status200OK, signingKey: null)
            : V1Routes.MissingAsync(context));
        routes.Map("DELETE", OfIncident + "/{sid}", Act.ManageSubscribers, context => TakeOutAsync(context, routes));
        routes.Map("POST", OfIncident + "/{sid}/resend_confirmation", Act.ManageSubscribers, context => Find(context, routes) is { } subscriber
            ? SubscriberRoutes.AskAgainAsync(context, routes, context.Features.GetRequiredFeature<Principal>(), [subscriber.Id])
            : V1Routes.MissingAsync(context));
    }

    private static Task ListAsync(HttpContext context, V1Routes routes) => routes.Desk.World.Incidents.ContainsKey(IncidentOf(context))
        ? V1Routes.WriteListAsync(
            context,
            routes.Desk.World.Subscribers.Values.Where(one => IsToldOf(one, IncidentOf(context))).OrderBy(static one => one.Number)
                .Select(one => V1Subscriber.Of(one, routes.Contacts.AddressOf(one.Id))),
            V1Json.Default.IReadOnlyListV1Subscriber, firstPage: 0)
        : V1Routes.MissingAsync(context);

    /// <summary>Whoever was told of nothing else leaves with it.</summary>
    private static async Task TakeOutAsync(HttpContext context, V1Routes routes)
    {
        var (id, incident) = (new SubscriberId(V1Routes.IdOf(context, "sid")), IncidentOf(context));
        if (await V1Request.ReadAsync(context, V1Wrappers.Subscriber with { MayBeMissing = true }) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id.Value, (world, at) => SubscriberDecisions.Unfollow(world, at, id, incident, new(request.Who.Actor))) is not null)
        {
            await SubscriberRoutes.ShowAsync(context, routes, id, StatusCodes.Status200OK, signingKey: null);
        }
    }

    private static Subscriber? Find(HttpContext context, V1Routes routes) =>
        routes.Desk.World.Subscribers.GetValueOrDefault(new(V1Routes.IdOf(context, "sid"))) is { } subscriber && IsToldOf(subscriber, IncidentOf(context))
            ? subscriber
            : null;

    private static bool IsToldOf(Subscriber subscriber, IncidentId incident) =>
        subscriber is { Erased: false, LeftAt: null } && subscriber.Wishes.Incidents.Contains(incident);

    private static IncidentId IncidentOf(HttpContext context) => new(V1Routes.IdOf(context));
}
