using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Intake.Statuspage;

/// <summary>Postmortems: one text there, sections here; cutting and joining loses nothing.</summary>
internal static class PostmortemRoutes
{
    private const string Postmortem = V1Routes.Page + "/incidents/{id}/postmortem";

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Postmortem, Act.SeeOperations, context => ShowAsync(context, routes));
        routes.Map("PUT", Postmortem, Act.WritePostmortem, context => ChangeAsync(context, routes, V1Wrappers.Postmortem, Draft));
        routes.Map("PUT", Postmortem + "/publish", Act.WritePostmortem, context => ChangeAsync(
            context, routes, V1Wrappers.Postmortem with { MayBeMissing = true }, Publish));
        routes.Map("PUT", Postmortem + "/revert", Act.WritePostmortem, context => ChangeAsync(
            context, routes, V1Wrappers.Postmortem with { MayBeMissing = true },
            static (world, at, by, id, _) => PostmortemDecisions.Revert(world, at, by, id)));
        routes.Map("DELETE", Postmortem, Act.WritePostmortem, context => RemoveAsync(context, routes));
    }

    private static Decision<Event> Draft(World world, DateTimeOffset at, Actor by, IncidentId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var text = sent.Text("body_draft") ?? sent.Text("body");
        return sent.Fault is { } no ? no : PostmortemDecisions.Draft(world, at, by, id, PostmortemText.Cut(text ?? ""));
    }

    private static Decision<Event> Publish(World world, DateTimeOffset at, Actor by, IncidentId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var notifies = sent.Flag("notify_subscribers") ?? true;
        return sent.Fault is { } no ? no : PostmortemDecisions.Publish(world, at, by, id, notifies);
    }

    private static async Task ChangeAsync(
        HttpContext context, V1Routes routes, V1Wrapper wrapper, Func<World, DateTimeOffset, Actor, IncidentId, SentBody, Decision<Event>> decide)
    {
        if (await V1Request.ReadAsync(context, wrapper) is { } request && await CommitAsync(context, routes, request, decide))
        {
            await ShowAsync(context, routes);
        }
    }

    private static async Task RemoveAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Postmortem with { MayBeMissing = true }) is { } request
            && await CommitAsync(context, routes, request, static (world, at, by, id, _) => PostmortemDecisions.Remove(world, at, by, id)))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task<bool> CommitAsync(
        HttpContext context, V1Routes routes, PostRequest<SentBody> request,
        Func<World, DateTimeOffset, Actor, IncidentId, SentBody, Decision<Event>> decide)
    {
        var id = new IncidentId(V1Routes.IdOf(context));

        // Of an incident that is not there nobody may touch anything; the decision says that it is missing.
        return await routes.Desk.CommitAsync(context, request, id.Value, (world, at) =>
            world.Incidents.TryGetValue(id, out var incident)
            && Permissions.Against(request.Who, Act.WritePostmortem, [.. incident.AffectedComponents], world) is { } against
                ? against
                : decide(world, at, new(request.Who.Actor), id, request.Body)) is not null;
    }

    private static Task ShowAsync(HttpContext context, V1Routes routes)
    {
        if (routes.WorldOf(context).Postmortems.GetValueOrDefault(new(V1Routes.IdOf(context))) is not { HasText: true } postmortem)
        {
            return Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, new(
                "no_postmortem", "Nothing is written about this incident yet; PUT …/postmortem writes a draft.", "id"));
        }

        var (draft, published) = (PostmortemText.Join(postmortem.Draft), PostmortemText.Join(postmortem.Published));
        return V1Routes.WriteAsync(context, StatusCodes.Status200OK, new(
            postmortem.DraftedAt, PreviewKey: null, postmortem.IsPublic ? published : null, postmortem.RevisedAt ?? postmortem.PublishedAt,
            draft, postmortem.DraftedAt, postmortem.PublishedAt, postmortem is { IsPublic: true, Quiet: false }, NotifyTwitter: false,
            CustomTweet: null), V1Json.Default.V1Postmortem);
    }
}
