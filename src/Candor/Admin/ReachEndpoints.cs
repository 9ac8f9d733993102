using Candor.Access;
using Candor.State;

namespace Candor.Admin;

/// <summary><c>/people/{id}/components</c>: which components somebody's word may touch, for owners.</summary>
internal static class ReachEndpoints
{
    private const string Path = "/people/{id}/components";
    private const string Field = "c-";

    public static void MapReach(this IEndpointRouteBuilder routes, FrontDesk desk, Func<World> world)
    {
        routes.MapGet(Path, Desk.For(desk, (context, reception, _) => ShowAsync(context, reception, world(), null))).NeedsPerson(Act.ManagePeople);
        routes.MapPost(Path, Desk.ForFresh(desk, "/people", (context, reception, who) => ChangeAsync(context, reception, who, world()))).NeedsPerson(Act.ManagePeople);
    }

    private static Task ShowAsync(HttpContext context, Reception reception, World world, string? fault) =>
        reception.Register.Roster.People.TryGetValue(IdOf(context), out var person)
            ? AdminPages.ShowAsync(
                context, ReachViews.Reach(person, [.. InOrder(world, null, 0)], Field, fault),
                fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, new("people.unknown", "There is no such person."));

    /// <summary>None chosen: everything, as for most people.</summary>
    private static async Task ChangeAsync(HttpContext context, Reception reception, PersonPrincipal who, World world)
    {
        var id = IdOf(context);
        if (await SentForm.ReadAsync(context, [.. world.Components.Keys.Select(static component => Field + component)]) is not { } form)
        {
            return;
        }

        var chosen = world.Components.Keys.Where(component => form[Field + component] == "on").OrderBy(static component => component.Value, StringComparer.Ordinal).ToList();
        var reach = chosen.Count == 0 ? Reach.Everything : new Reach([.. chosen]);
        var refusal = await reception.Register.CommitAsync(
            roster =>
            {
                if (who.Id == id)
                {
                    OpenRequests.MayFinish(context);
                }

                return People.ChangeRole(roster, id, roster.People.GetValueOrDefault(id)?.Role ?? Role.Viewer, reach, reception.Time.GetUtcNow());
            },
            context.RequestAborted);
        if (refusal is not null)
        {
            await ShowAsync(context, reception, world, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, "person.components_changed", $"person:{id}");
        AdminPages.GoTo(context, "/people");
    }

    private static PersonId IdOf(HttpContext context) => new((string)context.Request.RouteValues["id"]!);

    /// <summary>Each component after the group that it is in, with how deep it stands.</summary>
    private static IEnumerable<(Component Component, int Depth)> InOrder(World world, ComponentId? parent, int depth) => depth > world.Components.Count
        ? []
        : world.ChildrenOf(parent).SelectMany(child => InOrder(world, child.Id, depth + 1).Prepend((child, depth)));
}
