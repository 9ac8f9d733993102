using System.Globalization;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary><c>/maintenance/{id}/updates/{seq}</c>: putting right what was said about planned work, visibly.</summary>
internal static class PlannedEditEndpoints
{
    private const string Home = "/maintenance/{id}/updates/{seq:int}";
    private const long BodyBytesMax = 256 * 1024;

    public static void MapPlannedEdits(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet(Home, Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.EditHistory);
        routes.MapPost(Home, Visit.For(desk, room, EditAsync)).NeedsPerson(Act.EditHistory).BodyAtMost(BodyBytesMax);
        routes.MapPost(Home + "/remove", Visit.For(desk, room, RemoveAsync)).NeedsPerson(Act.EditHistory).BodyAtMost(BodyBytesMax);
    }

    private static Task ShowAsync(Visit visit) => Find(visit) is var (maintenance, update)
        ? visit.ShowAsync(EditView.Of(visit, SaidWord.Of(maintenance, update)))
        : visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);

    private static async Task EditAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "body", "display_at", "was_at", "typo", "key", "seen") is not { } form)
        {
            return;
        }

        // A date that nobody touched stays as exact as it was: the field knows minutes only.
        await DoAsync(visit, form, "maintenance.update.edited", (world, at, by, id, seq) => MaintenanceDecisions.Edit(world, at, by, id, new(
            seq, form["body"].ReplaceLineEndings("\n"), form["typo"].Length > 0)
        {
            DisplayAt = form["display_at"] == form["was_at"] ? null : WallClock.Read(form["display_at"], RoomDecisions.ZoneOf(world)),
        }));
    }

    private static async Task RemoveAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "reason", "key", "seen") is not { } form)
        {
            return;
        }

        await DoAsync(
            visit, form, "maintenance.update.removed",
            (world, at, by, id, seq) => MaintenanceDecisions.RemoveUpdate(world, at, by, id, seq, form["reason"]));
    }

    private static async Task DoAsync(
        Visit visit, SentForm form, string word, Func<World, DateTimeOffset, Actor, MaintenanceId, int, Decision<Event>> decide)
    {
        if (Find(visit) is not var (maintenance, update))
        {
            await visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
            return;
        }

        var (id, seq) = (maintenance.Id, update.Seq);
        var said = form.Names.Where(static name => name is not ("key" or "seen")).Order(StringComparer.Ordinal).Select(name => $"{name}={form[name]}");
        await visit.DoAsync(
            Asking.Of(word, id.Value, form["key"], visit.Context.Request.Path, said),
            (world, at) =>
            {
                var touched = world.Maintenances.TryGetValue(id, out var now) ? now.Plan.Components.ToHashSet() : [];
                return (Permissions.Against(visit.Who, Act.EditHistory, touched, world) ?? PlanDecisions.Against(world, id, form["seen"])) is { } no
                    ? no
                    : decide(world, at, new(visit.Who.Actor), id, seq);
            },
            static target => $"/maintenance/{target}",
            (again, refusal) => Find(again) is var (now, of) ? EditView.Of(again, SaidWord.Of(now, of), form, refusal) : PlannedView.None());
    }

    private static (Maintenance Maintenance, MaintenanceUpdate Update)? Find(Visit visit) =>
        visit.World.Maintenances.GetValueOrDefault(new(visit.Route("id"))) is { } maintenance
        && int.TryParse(visit.Route("seq"), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && seq >= 1 && seq <= maintenance.Updates.Length
            ? (maintenance, maintenance.Updates[seq - 1])
            : null;
}
