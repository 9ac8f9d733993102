using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary><c>/components/{id}</c>: how a component stands, and setting its status by hand for a while.</summary>
internal static class PinEndpoints
{
    private const long BodyBytesMax = 64 * 1024;

    public static void MapPins(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet("/components/{id}", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapPost("/components/{id}/pin", Visit.For(desk, room, PinAsync)).NeedsPerson(Act.SetStatus).BodyAtMost(BodyBytesMax);
        routes.MapPost("/components/{id}/unpin", Visit.For(desk, room, UnpinAsync)).NeedsPerson(Act.SetStatus).BodyAtMost(BodyBytesMax);
    }

    private static Task ShowAsync(Visit visit) => visit.World.Components.ContainsKey(IdOf(visit))
        ? visit.ShowAsync(PinView.Of(visit, IdOf(visit)))
        : visit.ShowAsync(PinView.None(), StatusCodes.Status404NotFound);

    private static async Task PinAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "status", "until", "reason", "key", "seen") is not { } form)
        {
            return;
        }

        await DoAsync(visit, "component.pinned", form, (world, at, by) =>
        {
            var until = WallClock.Read(form["until"], RoomDecisions.ZoneOf(world));
            return form["until"].Length > 0 && until is null
                ? new Refusal("bad_time", "Give the day and the time until which it holds, or leave it empty for four hours.", "until")
                : new PostReading(world, at).ComponentStatus(form["status"], "status") is { } status
                ? PinDecisions.Pin(world, at, by, IdOf(visit), status, until, form["reason"].Trim().Length > 0 ? form["reason"] : null)
                : new Refusal("unknown_word", "Choose the status that readers shall see.", "status");
        });
    }

    private static async Task UnpinAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "key", "seen") is { } form)
        {
            await DoAsync(visit, "component.unpinned", form, (world, at, by) => PinDecisions.Unpin(world, at, by, IdOf(visit)));
        }
    }

    private static Task DoAsync(Visit visit, string word, SentForm form, Func<World, DateTimeOffset, Actor, Decision<Event>> decide)
    {
        var id = IdOf(visit);
        return !visit.World.Components.ContainsKey(id) ? visit.ShowAsync(PinView.None(), StatusCodes.Status404NotFound) : visit.DoAsync(
            Asking.Of(word, id.Value, form["key"], visit.Context.Request.Path, form.Names.Order(StringComparer.Ordinal).Where(static name => name is not ("key" or "seen")).Select(name => $"{name}={form[name]}")),
            (world, at) => Permissions.Against(visit.Who, Act.SetStatus, [id], world) is { } no ? no : decide(world, at, new(visit.Who.Actor)),
            static target => $"/components/{target}",
            (again, refusal) => again.World.Components.ContainsKey(id) ? PinView.Of(again, id, new(word, form, refusal)) : PinView.None());
    }

    private static ComponentId IdOf(Visit visit) => new(visit.Route("id"));
}
