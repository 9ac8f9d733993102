using System.Collections.Immutable;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;

namespace Candor.Importing.UptimeKuma;

/// <summary>
/// Uptime Kuma: its SQLite database, its backups in JSON, and the answers of a status page. Monitors become entries of
/// candor.yaml, groups and monitors components, and the runs of "down" incidents.
/// </summary>
internal sealed class UptimeKumaSource : IImportSource
{
    public string Name => "uptime-kuma";

    public string Title => "Uptime Kuma";

    public bool Recognises(SourceFile file) => SqliteFile.Is(file)
        ? SqliteFile.Open(file) is { } database && database.Has("monitor") && database.Has("heartbeat")
        : file.Json is var root && (root["monitorList"].Values.Any(m => m.HasAll("id", "name", "type"))
            || root.HasAll("config", "publicGroupList") || (root["heartbeatList"].IsObject && root.Has("uptimeList")));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var parts = files.Select(f => SqliteFile.Is(f) ? KumaParts.OfDatabase(f, warnings) : KumaParts.OfJson(f.Json)).ToList();
        var page = parts.Select(p => p.Page).FirstOrDefault(p => p["title"].Says);
        var components = new KumaComponents(warnings);
        components.Add(parts);
        var monitors = new KumaMonitors(new MonitorList(warnings), components);
        foreach (var monitor in parts.SelectMany(p => p.Monitors).Where(m => m["id"].Text is not null).DistinctBy(m => m["id"].Text))
        {
            monitors.Add(monitor);
        }

        var history = new KumaHistory(components, page["slug"].Line ?? "page", warnings);
        return new()
        {
            PageName = page["title"].Line,
            Components = components.Make(),
            Monitors = monitors.Make(),
            Incidents = [.. parts.SelectMany(p => p.Incidents).Select(history.Incident), .. history.Outages(parts)],
            Maintenances = [.. parts.SelectMany(p => p.Maintenances).Select(history.Maintenance).OfType<ImportedMaintenance>()],
        };
    }
}
