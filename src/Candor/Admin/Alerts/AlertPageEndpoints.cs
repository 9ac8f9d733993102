using Candor.Access;
using Candor.Admin.Incidents;

namespace Candor.Admin.Alerts;

/// <summary><c>/alerts</c>: what other tools told, what became of it, and how to let another one in.</summary>
internal static class AlertPageEndpoints
{
    public static void MapAlertPage(this IEndpointRouteBuilder routes, FrontDesk desk, Room room, Func<AlertBoard> board) =>
        routes.MapGet("/alerts", Visit.For(desk, room, visit => visit.ShowAsync(AlertsView.Of(visit, Known(visit, board()))))).NeedsPerson(Act.SeeOperations);

    /// <summary>Whoever is limited to components sees what is about theirs, and not what nobody could map or read.</summary>
    private static AlertBoard Known(Visit visit, AlertBoard board) => !visit.Who.Reach.IsLimited ? board : board with
    {
        Alerts = [.. board.Alerts.Where(alert => alert.Monitors.Any(monitor => visit.World.Covers(visit.Who.Reach, monitor)))],
        Monitors = [.. board.Monitors.Where(monitor => visit.World.Covers(visit.Who.Reach, monitor.Id))],
        Faults = [],
    };
}
