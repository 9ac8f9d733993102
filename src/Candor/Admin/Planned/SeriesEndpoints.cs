using System.Globalization;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary>Changing what is planned: one of it, one and what comes after it, or all that comes again.</summary>
internal static class SeriesEndpoints
{
    private const string Home = "/maintenance-series/{id}";
    private const string One = "/maintenance/{id}/plan";
    private const long BodyBytesMax = 256 * 1024;

    public static void MapSeries(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet(One, Visit.For(desk, room, OfferOneAsync)).NeedsPerson(Act.ScheduleMaintenance);
        routes.MapPost(One, Visit.For(desk, room, ChangeOneAsync)).NeedsPerson(Act.ScheduleMaintenance).BodyAtMost(BodyBytesMax);
        routes.MapGet(Home, Visit.For(desk, room, OfferAsync)).NeedsPerson(Act.ScheduleMaintenance);
        routes.MapPost(Home, Visit.For(desk, room, ChangeAsync)).NeedsPerson(Act.ScheduleMaintenance).BodyAtMost(BodyBytesMax);
    }

    private static Task OfferOneAsync(Visit visit) => visit.World.Maintenances.TryGetValue(new(visit.Route("id")), out var maintenance)
        ? visit.ShowAsync(SeriesView.One(visit, maintenance, SeriesForms.Of(maintenance, visit.Sheet.Clock.Zone, visit.Room.NewId())))
        : visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);

    private static async Task ChangeOneAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, [.. PlanForm.Fields, "seen"], new ManyOf(PlanForm.ComponentPrefix)) is not { } sent)
        {
            return;
        }

        if (!visit.World.Maintenances.ContainsKey(new(visit.Route("id"))))
        {
            await visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
            return;
        }

        var (form, id) = (PlanForm.Of(sent), new MaintenanceId(visit.Route("id")));
        await visit.DoAsync(
            Asking.Of("maintenance.changed", id.Value, form.Key, visit.Context.Request.Path, form.Said),
            (world, at) => SeriesDecisions.ChangeOne(world, at, visit.Who, id, form, sent["seen"]),
            static target => $"/maintenance/{target}",
            (again, refusal) => SeriesView.One(again, again.World.Maintenances[id], form with { Key = again.Room.NewId() }, refusal));
    }

    private static Task OfferAsync(Visit visit)
    {
        if (!visit.World.Series.TryGetValue(new(visit.Route("id")), out var series) || !series.IsOpen)
        {
            return visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
        }

        var since = visit.World.Maintenances.GetValueOrDefault(new(visit.Context.Request.Query["from"].ToString()));
        since = since?.Series == series.Id ? since : null;
        return visit.ShowAsync(SeriesView.All(visit, series, since, SeriesForms.Of(series, since, visit.Room.NewId())));
    }

    private static async Task ChangeAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, [.. PlanForm.Fields, "seen", "since"], new ManyOf(PlanForm.ComponentPrefix)) is not { } sent)
        {
            return;
        }

        if (!visit.World.Series.TryGetValue(new(visit.Route("id")), out var series))
        {
            await visit.ShowAsync(PlannedView.None(), StatusCodes.Status404NotFound);
            return;
        }

        var form = PlanForm.Of(sent);
        var since = sent["since"].Length == 0 ? (MaintenanceId?)null : new(sent["since"]);
        await visit.DoAsync(
            Asking.Of("series.changed", series.Id.Value, form.Key, visit.Context.Request.Path, [.. form.Said, sent["since"]]),
            (world, at) => SeriesDecisions.Change(world, at, visit.Who, series.Id, form, sent["seen"], since),
            static _ => "/maintenance",
            (again, refusal) => SeriesView.All(
                again, again.World.Series[series.Id], since is { } id ? again.World.Maintenances.GetValueOrDefault(id) : null,
                form with { Key = again.Room.NewId() }, refusal));
    }
}
