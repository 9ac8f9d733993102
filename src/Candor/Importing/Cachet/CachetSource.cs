using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Cachet;

/// <summary>
/// Cachet 1, 2 and 3 by their API's answers: components, groups, incidents, their updates, schedules, one list a file. The
/// versions differ in the wrapping, which is taken off first.
/// </summary>
internal sealed class CachetSource : IImportSource
{
    public string Name => "cachet";

    public string Title => "Cachet";

    public bool Recognises(SourceFile file) => CachetRecord.All(file.Json).ToList() is { Count: > 0 } all && all.TrueForAll(r => r.Kind is not null);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var records = files.SelectMany(f => CachetRecord.All(f.Json)).ToList();
        var components = new CachetComponents(warnings);
        components.Add(Of("group"), Of("component"));
        var updates = Of("update").ToLookup(u => u.Says("incident_id", "updateable_id").Text ?? "");
        var incidents = new CachetIncidents(components, updates, warnings);
        foreach (var file in files.Where(f => f.Json["meta"]["pagination"]["links"]["next_page"].Says || f.Json["links"]["next"].Says))
        {
            warnings.Add(file.Path, "is one page of several", "import the others as well: put them into one folder");
        }

        if (records.Count > 0)
        {
            warnings.Add("times", "are written without a zone and were read as UTC", "if the server's zone is another one, say so with its own settings and export again");
        }

        return new()
        {
            Components = components.Make(),
            Incidents = [.. Of("incident").Select(incidents.Incident).DistinctBy(i => i.Key)],
            Maintenances = [.. Of("schedule").Select(incidents.Maintenance).DistinctBy(m => m.Key)],
        };

        IEnumerable<CachetRecord> Of(string kind) => records.Where(r => r.Kind == kind);
    }
}
