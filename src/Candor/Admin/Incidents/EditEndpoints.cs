using System.Globalization;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Incidents;

/// <summary><c>/incidents/{id}/updates/{seq}</c>: putting right what was said, visibly.</summary>
internal static class EditEndpoints
{
    private const long BodyBytesMax = 256 * 1024;

    public static void MapEdits(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet("/incidents/{id}/updates/{seq:int}", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.EditHistory);
        routes.MapPost("/incidents/{id}/updates/{seq:int}", Visit.For(desk, room, EditAsync)).NeedsPerson(Act.EditHistory).BodyAtMost(BodyBytesMax);
        routes.MapPost("/incidents/{id}/updates/{seq:int}/remove", Visit.For(desk, room, RemoveAsync)).NeedsPerson(Act.EditHistory).BodyAtMost(BodyBytesMax);
        routes.MapPost("/incidents/{id}/updates/{seq:int}/files/{hash}/remove", Visit.For(desk, room, RemoveFileAsync)).NeedsPerson(Act.EditHistory).BodyAtMost(BodyBytesMax);
    }

    private static Task ShowAsync(Visit visit) => Find(visit) is var (incident, update)
        ? visit.ShowAsync(EditView.Of(visit, SaidWord.Of(incident, update)))
        : visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);

    private static async Task EditAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "body", "display_at", "was_at", "typo", "key", "seen") is not { } form)
        {
            return;
        }

        // A date that nobody touched stays as exact as it was: the field knows minutes only.
        await DoAsync(visit, form, "update.edited", (world, at, by, id, seq) => IncidentDecisions.Edit(world, at, by, id, new(
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

        await DoAsync(visit, form, "update.removed", (world, at, by, id, seq) => IncidentDecisions.RemoveUpdate(world, at, by, id, seq, form["reason"]));
    }

    private static async Task RemoveFileAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "key", "seen") is { } form)
        {
            var hash = visit.Route("hash");
            await DoAsync(visit, form, "file.removed", (world, at, by, id, seq) => AttachedFiles.Remove(world, at, by, id, seq, hash));
        }
    }

    private static async Task DoAsync(
        Visit visit, SentForm form, string word, Func<World, DateTimeOffset, Actor, IncidentId, int, Decision<Event>> decide)
    {
        if (Find(visit) is not var (incident, update))
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        var said = form.Names.Where(static name => name is not ("key" or "seen")).Order(StringComparer.Ordinal).Select(name => $"{name}={form[name]}");
        await visit.DoAsync(
            Asking.Of(word, incident.Id.Value, form["key"], visit.Context.Request.Path, said),
            (world, at) =>
            {
                var touched = world.Incidents.TryGetValue(incident.Id, out var now) ? now.AffectedComponents.ToHashSet() : [];
                return (Permissions.Against(visit.Who, Act.EditHistory, touched, world) ?? Seen.Against(world, incident.Id, form["seen"])) is { } no
                    ? no
                    : decide(world, at, new(visit.Who.Actor), incident.Id, update.Seq);
            },
            static target => $"/incidents/{target}",
            (again, refusal) => Find(again) is var (now, said) ? EditView.Of(again, SaidWord.Of(now, said), form, refusal) : PlainView.NoIncident());
    }

    private static (Incident Incident, IncidentUpdate Update)? Find(Visit visit) =>
        RoomEndpoints.Find(visit) is { } incident
        && int.TryParse(visit.Route("seq"), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && seq >= 1 && seq <= incident.Updates.Length
            ? (incident, incident.Updates[seq - 1])
            : null;
}
