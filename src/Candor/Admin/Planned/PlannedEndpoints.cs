using System.Collections.Immutable;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary><c>/maintenance</c>: planning work, once or again and again, and doing it.</summary>
internal static class PlannedEndpoints
{
    private const string Home = "/maintenance";
    private const long BodyBytesMax = 256 * 1024;

    private static readonly ImmutableArray<PlannedAct> Acts =
    [
        new("post", Act.ScheduleMaintenance, "maintenance.updated", ["status", "body", "quiet"], static (world, at, by, id, form) =>
            MaintenanceDecisions.Post(world, at, by, id, new(StatusOf(form["status"]), form["body"].ReplaceLineEndings("\n")) { DeliverNotifications = form["quiet"].Length == 0 })),
        new("move", Act.ScheduleMaintenance, "maintenance.rescheduled", ["from", "until"], Move),
        new("cancel", Act.ScheduleMaintenance, "maintenance.cancelled", ["reason"], static (world, at, by, id, form) =>
            MaintenanceDecisions.Cancel(world, at, by, id, form["reason"])),
        new("remove", Act.EditHistory, "maintenance.removed", ["reason"], static (world, at, by, id, form) =>
            MaintenanceDecisions.Remove(world, at, by, id, form["reason"])),
    ];

    public static void MapPlanned(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet(Home, Visit.For(desk, room, static visit => visit.ShowAsync(PlannedView.All(visit)))).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/new", Visit.For(desk, room, OfferAsync)).NeedsPerson(Act.ScheduleMaintenance);
        routes.MapPost(Home, Visit.For(desk, room, ScheduleAsync)).NeedsPerson(Act.ScheduleMaintenance).BodyAtMost(BodyBytesMax);
        routes.MapGet(Home + "/{id}", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapPost("/maintenance-series/{id}/end", Visit.For(desk, room, EndSeriesAsync)).NeedsPerson(Act.ScheduleMaintenance).BodyAtMost(BodyBytesMax);
        routes.MapPlannedEdits(desk, room);
        routes.MapSeries(desk, room);
        foreach (var act in Acts)
        {
            routes.MapPost($"{Home}/{{id}}/{act.Name}", Visit.For(desk, room, visit => DoAsync(visit, act)))
                .NeedsPerson(act.Needs).BodyAtMost(BodyBytesMax);
        }
    }

    private static Task OfferAsync(Visit visit) => visit.ShowAsync(PlannedView.New(visit, new()
    {
        Zone = visit.Sheet.Page.TimeZone, Key = visit.Room.NewId(),
    }));

    private static async Task ScheduleAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, PlanForm.Fields, new ManyOf(PlanForm.ComponentPrefix)) is not { } sent)
        {
            return;
        }

        var (form, id) = (PlanForm.Of(sent), visit.Room.NewId());
        await visit.DoAsync(
            Asking.Of(form.ComesAgain ? "series.scheduled" : "maintenance.scheduled", id, form.Key, Home, form.Said),
            (world, at) => PlanDecisions.Schedule(world, at, visit.Who, id, form),
            target => form.ComesAgain ? Home : $"{Home}/{target}",
            (again, refusal) => PlannedView.New(again, refusal.Code == "journal.unavailable" ? form : form with { Key = visit.Room.NewId() }, refusal));
    }

    private static Task ShowAsync(Visit visit) => Find(visit) is { } maintenance
        ? visit.ShowAsync(PlannedView.Of(visit, maintenance))
        : visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);

    private static async Task DoAsync(Visit visit, PlannedAct act)
    {
        if (await SentForm.ReadAsync(visit.Context, [.. act.Fields, "key", "seen"]) is not { } form)
        {
            return;
        }

        if (Find(visit) is not { } maintenance)
        {
            await visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
            return;
        }

        var id = maintenance.Id;
        await visit.DoAsync(
            Asking.Of(act.Word, id.Value, form["key"], visit.Context.Request.Path, act.Fields.Select(name => $"{name}={form[name]}")),
            (world, at) => Decide(world, at, visit.Who, act, id, form),
            static target => $"{Home}/{target}",
            (again, refusal) => PlannedView.Of(again, again.World.Maintenances[id], new(act.Name, form, refusal)));
    }

    private static Decision<Event> Decide(World world, DateTimeOffset at, Principal who, PlannedAct act, MaintenanceId id, SentForm form)
    {
        var touched = world.Maintenances.TryGetValue(id, out var maintenance) ? maintenance.Plan.Components.ToHashSet() : [];
        return (Permissions.Against(who, act.Needs, touched, world) ?? PlanDecisions.Against(world, id, form["seen"])) is { } no
            ? no
            : act.Decide(world, at, new(who.Actor), id, form);
    }

    private static async Task EndSeriesAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "key", "seen") is not { } form)
        {
            return;
        }

        var id = new SeriesId(visit.Route("id"));
        if (!visit.World.Series.ContainsKey(id))
        {
            await visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
            return;
        }

        await visit.DoAsync(
            Asking.Of("series.ended", id.Value, form["key"], visit.Context.Request.Path, []),
            (world, at) =>
            {
                // Of a series that is not there nobody may touch anything; the decision says that it is missing.
                return world.Series.TryGetValue(id, out var series)
                    && Permissions.Against(visit.Who, Act.ScheduleMaintenance, series.Plan.Components, world) is { } no
                    ? no
                    : MaintenanceDecisions.EndSeries(world, at, new(visit.Who.Actor), id);
            },
            static _ => Home,
            static (again, refusal) => PlannedView.All(again, refusal));
    }

    private static Decision<Event> Move(World world, DateTimeOffset at, Actor by, MaintenanceId id, SentForm form)
    {
        var zone = RoomDecisions.ZoneOf(world);
        var plan = world.Maintenances[id].Plan;

        // A time that nobody touched stays as exact as it was: the field knows minutes only.
        var from = form["from"] == WallClock.Write(plan.ScheduledFor, zone) || form["from"].Length == 0 ? plan.ScheduledFor : WallClock.Read(form["from"], zone);
        var until = form["until"] == WallClock.Write(plan.ScheduledUntil, zone) ? plan.ScheduledUntil : WallClock.Read(form["until"], zone);
        return (from, until) is ({ } begins, { } ends)
            ? MaintenanceDecisions.Reschedule(world, at, by, id, begins, ends)
            : new Refusal("bad_time", "Give the day and the time of both, beginning and end.", "scheduled_for");
    }

    private static Maintenance? Find(Visit visit) => visit.World.Maintenances.GetValueOrDefault(new(visit.Route("id")));

    private static MaintenanceStatus? StatusOf(string word) => word switch
    {
        "in_progress" => MaintenanceStatus.InProgress,
        "verifying" => MaintenanceStatus.Verifying,
        "completed" => MaintenanceStatus.Completed,
        _ => null,
    };
}

/// <summary>One thing that can be done with planned work.</summary>
internal sealed record PlannedAct(
    string Name, Act Needs, string Word, ImmutableArray<string> Fields,
    Func<World, DateTimeOffset, Actor, MaintenanceId, SentForm, Decision<Event>> Decide);
