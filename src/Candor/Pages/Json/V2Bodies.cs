using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Json;

/// <summary>The files of `/api/v2`, each from the same shapes, so that they agree with each other.</summary>
internal static class V2Bodies
{
    public const string Prefix = "/api/v2/";

    /// <summary>As many as Statuspage lists.</summary>
    private const int NewestIncidents = 50;

    private const string ContentType = "application/json; charset=utf-8";

    private static readonly Dictionary<string, Func<V2Shapes, Brief, byte[]>> Files = new()
    {
        ["summary.json"] = (shapes, _) => Json(
            new V2SummaryBody(shapes.Page, shapes.Components, Incidents(shapes, shapes.Open), Planned(shapes, one => one.IsOpen), shapes.Status, shapes.Truth),
            ApiJson.Default.V2SummaryBody),
        ["status.json"] = (shapes, _) =>
            Json(new V2StatusBody(shapes.Page, shapes.Status, shapes.Truth), ApiJson.Default.V2StatusBody),
        ["components.json"] = (shapes, _) =>
            Json(new V2ComponentsBody(shapes.Page, shapes.Components), ApiJson.Default.V2ComponentsBody),
        ["incidents.json"] = (shapes, brief) =>
            Json(new V2IncidentsBody(shapes.Page, Incidents(shapes, Newest(brief.World))), ApiJson.Default.V2IncidentsBody),
        ["incidents/unresolved.json"] = (shapes, _) =>
            Json(new V2IncidentsBody(shapes.Page, Incidents(shapes, shapes.Open)), ApiJson.Default.V2IncidentsBody),
        ["scheduled-maintenances.json"] = (shapes, _) => Maintenances(shapes, _ => true),
        ["scheduled-maintenances/upcoming.json"] = (shapes, _) =>
            Maintenances(shapes, one => one is { IsOpen: true, Status: MaintenanceStatus.Scheduled }),
        ["scheduled-maintenances/active.json"] = (shapes, _) => Maintenances(shapes, one => one.IsActive),
    };

    public static IEnumerable<string> Paths => Files.Keys.Select(name => Prefix + name);

    /// <summary>Whether it is about incidents alone. When components change it is only rendered anew because it names when the page did.</summary>
    public static bool IsOfIncidents(string path) => path.StartsWith(Prefix + "incidents", StringComparison.Ordinal);

    public static Rendition Render(V2Shapes shapes, Brief brief, string path) =>
        new(path, ContentType, Files[path[Prefix.Length..]](shapes, brief));

    /// <summary>The newest incidents that readers may see. Sorting ids of ten thousand is cheaper than keeping them sorted.</summary>
    public static List<Incident> Newest(World world) => world.Incidents.Values
        .Where(incident => incident.Published && incident.Removed is null)
        .OrderByDescending(incident => incident.CreatedAt)
        .ThenBy(incident => incident.Id.Value, StringComparer.Ordinal)
        .Take(NewestIncidents)
        .ToList();

    private static List<V2Incident> Incidents(V2Shapes shapes, IEnumerable<Incident> incidents) =>
        incidents.Select(shapes.IncidentOf).ToList();

    private static List<V2Maintenance> Planned(V2Shapes shapes, Func<Maintenance, bool> wanted) =>
        shapes.Maintenances(wanted, NewestIncidents).ToList();

    private static byte[] Maintenances(V2Shapes shapes, Func<Maintenance, bool> wanted) =>
        Json(new V2MaintenancesBody(shapes.Page, Planned(shapes, wanted)), ApiJson.Default.V2MaintenancesBody);

    private static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);
}
