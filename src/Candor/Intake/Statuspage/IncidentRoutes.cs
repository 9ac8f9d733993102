using System.Globalization;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Statuspage;

/// <summary>Incidents and scheduled incidents, and the updates in them.</summary>
internal static class IncidentRoutes
{
    private const string Incidents = V1Routes.Page + "/incidents";

    public static void Map(V1Routes routes)
    {
        MapList(routes, "", static _ => true);
        MapList(routes, "/unresolved", static one => one is { ScheduledFor: null, ResolvedAt: null });
        MapList(routes, "/scheduled", static one => one.ScheduledFor is not null);
        MapList(routes, "/upcoming", static one => one.Status == "scheduled");
        MapList(routes, "/active_maintenance", static one => one is { ScheduledFor: not null, Status: "in_progress" or "verifying" });
        routes.Map("GET", Incidents + "/{id}", Act.SeeOperations, context => ShowAsync(context, routes, V1Routes.IdOf(context), StatusCodes.Status200OK));
        routes.Map("POST", Incidents, Act.PostIncident, context => CreateAsync(context, routes));
        routes.Map("PATCH PUT", Incidents + "/{id}", Act.PostIncident, context => ChangeAsync(context, routes));
        routes.Map("DELETE", Incidents + "/{id}", Act.EditHistory, context => RemoveAsync(context, routes));
        routes.Map("PATCH PUT", Incidents + "/{id}/incident_updates/{update_id}", Act.EditHistory, context => EditAsync(context, routes));
    }

    private static void MapList(V1Routes routes, string path, Func<V1Incident, bool> wanted) => routes.Map(
        "GET", Incidents + path, Act.SeeOperations, context =>
        {
            var sought = context.Request.Query["q"].ToString();
            return V1Routes.WriteListAsync(
                context, new V1Shapes(routes.WorldOf(context)).Incidents.Where(one => wanted(one) && Says(one, sought)),
                V1Json.Default.IReadOnlyListV1Incident);
        });

    /// <summary>What readers could find: name, words, status.</summary>
    private static bool Says(V1Incident incident, string sought) => sought.Length == 0
        || incident.Name.Contains(sought, StringComparison.OrdinalIgnoreCase)
        || incident.Status == sought
        || incident.IncidentUpdates.Any(update => update.Body.Contains(sought, StringComparison.OrdinalIgnoreCase));

    private static async Task CreateAsync(HttpContext context, V1Routes routes)
    {
        var id = routes.Desk.NewId();
        if (await V1Request.ReadAsync(context, V1Wrappers.Incident) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => IncidentChanges.Create(world, at, request.Who, id, request.Body)) is { } done)
        {
            context.Response.Headers.Location = $"{V1Routes.Pages}/{routes.Desk.World.Page.Id}/incidents/{done.Target}";
            await ShowAsync(context, routes, done.Target, StatusCodes.Status201Created);
        }
    }

    private static async Task ChangeAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context);
        if (await V1Request.ReadAsync(context, V1Wrappers.Incident) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => IncidentChanges.Change(world, at, request.Who, id, request.Version, request.Body)) is { } done)
        {
            await ShowAsync(context, routes, done.Target, StatusCodes.Status200OK);
        }
    }

    /// <summary>Answers with what was removed, as it was, like Statuspage.</summary>
    private static async Task RemoveAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context);
        var before = new V1Shapes(routes.WorldOf(context)).Incident(id);
        if (await V1Request.ReadAsync(context, V1Wrappers.Incident with { MayBeMissing = true }) is { } request
            && await routes.Desk.CommitAsync(context, request, id, (world, at) => IncidentChanges.Remove(world, at, request.Who, id)) is not null)
        {
            await (before is null ? V1Routes.MissingAsync(context) : V1Routes.WriteAsync(context, StatusCodes.Status200OK, before, V1Json.Default.V1Incident));
        }
    }

    private static async Task EditAsync(HttpContext context, V1Routes routes)
    {
        var (id, update) = (V1Routes.IdOf(context), V1Routes.IdOf(context, "update_id"));
        if (await V1Request.ReadAsync(context, V1Wrappers.IncidentUpdate) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => IncidentChanges.Edit(world, at, request.Who, id, update, request.Body)) is not null
            && new V1Shapes(routes.WorldOf(context)).Incident(id)?.IncidentUpdates.FirstOrDefault(one => one.Id == update) is { } edited)
        {
            await V1Routes.WriteAsync(context, StatusCodes.Status200OK, edited, V1Json.Default.V1IncidentUpdate);
        }
    }

    private static Task ShowAsync(HttpContext context, V1Routes routes, string id, int status)
    {
        if (new V1Shapes(routes.WorldOf(context)).Incident(id) is not { } incident)
        {
            return V1Routes.RefuseAsync(context, new("no_such_incident", $"There is no incident {id}; GET …/incidents lists them.", "id"));
        }

        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{incident.Candor.Version}\"");
        return V1Routes.WriteAsync(context, status, incident, V1Json.Default.V1Incident);
    }
}
