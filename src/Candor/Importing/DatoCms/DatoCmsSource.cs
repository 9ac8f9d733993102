using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.DatoCms;

/// <summary>
/// Incidents kept as files in a repository, as DatoCMS's own status site has them: name, impact, updates with date, status
/// and content; maintenances with a scheduled time and minutes. The file's name is the key.
/// </summary>
internal sealed class DatoCmsSource : IImportSource
{
    public string Name => "datocms";

    public string Title => "DatoCMS status site";

    public bool Recognises(SourceFile file) => file.Json is var root && root["name"].Says && root["updates"].IsList
        && (root.Has("impact") || root.HasAll("scheduledTime", "minutes")) && root["updates"].Items.All(u => u.HasAll("date", "status", "content"));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings) => new()
    {
        Incidents = [.. files.Where(f => !IsPlanned(f)).Select(Incident)],
        Maintenances = [.. files.Where(IsPlanned).Select(Maintenance)],
    };

    private static bool IsPlanned(SourceFile file) => file.Json.Has("scheduledTime");

    private static ImportedIncident Incident(SourceFile file)
    {
        var updates = Said(file).Select(u => new ImportedUpdate(u["date"].Time, StatusWords.Incident(u["status"].Text), SourceText.Body(u["content"].Text))).ToImmutableArray();
        return new(Key(file), file.Json["name"].Line!)
        {
            StartedAt = updates.Select(u => u.At).FirstOrDefault(t => t is not null),
            ResolvedAt = Outcome.ResolvedAt(updates),
            Impact = StatusWords.Impact(file.Json["impact"].Text),
            Status = Outcome.Newest(updates),
            Updates = updates,
            Affected = Components(file),
        };
    }

    private static ImportedMaintenance Maintenance(SourceFile file)
    {
        var start = file.Json["scheduledTime"].Time;
        var updates = Said(file).Select(u => new ImportedMaintenanceUpdate(u["date"].Time, StatusWords.Maintenance(u["status"].Text), SourceText.Body(u["content"].Text))).ToImmutableArray();
        return new(Key(file), file.Json["name"].Line!, start, file.Json["minutes"].Number is > 0 and < 10_000_000 and var minutes ? start?.AddMinutes(minutes) : null)
        {
            Status = updates.LastOrDefault(u => u.Status is not null)?.Status ?? "scheduled",
            Description = SourceText.Body(file.Json["content"].Text),
            Updates = updates,
            Affected = Components(file),
        };
    }

    private static List<SourceValue> Said(SourceFile file) => Chronicle.OldestFirst(file.Json["updates"].Items, u => u["date"].Time);

    private static string Key(SourceFile file) => System.IO.Path.GetFileNameWithoutExtension(file.Name);

    private static ImmutableArray<ImmutableArray<string>> Components(SourceFile file) =>
        [.. file.Json["components"].Items.Select(c => c.Line).OfType<string>().Distinct().Select(c => ImmutableArray.Create(c))];
}
