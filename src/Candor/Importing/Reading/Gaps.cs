using System.Collections.Immutable;

namespace Candor.Importing.Reading;

/// <summary>
/// What is missing from what was read, whoever wrote it: mended where something has to stand there, and said by one hand,
/// so that no source can forget to, and one odd incident keeps nobody's history out.
/// </summary>
internal static class Gaps
{
    private const int KeyMax = 500;
    private const string Untitled = "Untitled";
    private const string Nameless = "has no name and is called “Untitled”";
    private const string NameIt = "give it one there and import again, or rename it here";

    public static Imported Mended(Imported read, Warnings warnings)
    {
        var mended = read with
        {
            Incidents = [.. read.Incidents.Select(Mended)],
            Maintenances = [.. read.Maintenances.Select(Mended)],
        };
        Tell(mended, warnings);
        return mended;
    }

    private static ImportedIncident Mended(ImportedIncident incident) => incident with
    {
        Key = IsKey(incident.Key) ? incident.Key : SourceKeys.Of(incident.Title ?? "", [incident.Key, .. incident.Updates.Select(static update => update.Body)]),
        Title = string.IsNullOrWhiteSpace(incident.Title) ? Untitled : incident.Title,
        Affected = Paths(incident.Affected),
        Intervals = [.. incident.Intervals.Where(static interval => IsPath(interval.Component))],
    };

    private static ImportedMaintenance Mended(ImportedMaintenance maintenance) => maintenance with
    {
        Key = IsKey(maintenance.Key) ? maintenance.Key : SourceKeys.Of(maintenance.Title ?? "", [maintenance.Key, .. maintenance.Updates.Select(static update => update.Body)]),
        Title = string.IsNullOrWhiteSpace(maintenance.Title) ? Untitled : maintenance.Title,
        Affected = Paths(maintenance.Affected),
    };

    private static void Tell(Imported read, Warnings warnings)
    {
        foreach (var incident in read.Incidents)
        {
            if (incident.Title == Untitled)
            {
                warnings.Add($"incident {incident.Key}", Nameless, NameIt);
            }

            foreach (var _ in incident.Updates.Where(static update => update.At is null))
            {
                warnings.Add($"incident “{incident.Title}”", "has an update without a time", "give it one before the import, or it is placed by its neighbours");
            }

            if (incident is { ResolvedAt: { } ended, StartedAt: { } began } && ended < began)
            {
                warnings.Add($"incident “{incident.Title}”", "ends before it begins", "mend its times there, or date it back here");
            }
        }

        foreach (var maintenance in read.Maintenances)
        {
            if (maintenance.Title == Untitled)
            {
                warnings.Add($"maintenance {maintenance.Key}", Nameless, NameIt);
            }

            if (maintenance is { ScheduledFor: { } from, ScheduledUntil: { } until } && until < from)
            {
                warnings.Add($"maintenance “{maintenance.Title}”", "ends before it begins", "mend its times there");
            }
        }
    }

    private static bool IsKey(string? key) => key is { Length: > 0 and <= KeyMax };

    private static bool IsPath(ImmutableArray<string> path) => path is { IsDefaultOrEmpty: false, Length: <= 10 } && !path.Any(string.IsNullOrWhiteSpace);

    private static ImmutableArray<ImmutableArray<string>> Paths(ImmutableArray<ImmutableArray<string>> all) => [.. all.Where(IsPath)];
}
