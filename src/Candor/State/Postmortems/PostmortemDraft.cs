using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.State.Incidents;

namespace Candor.State.Postmortems;

/// <summary>
/// The first draft of a postmortem, made of what the journal knows: figures, impact by component, timeline. What only
/// people know stays an empty section with its question as the heading.
/// </summary>
internal static class PostmortemDraft
{
    public static ImmutableArray<PostmortemSection> Of(World world, Incident incident, TimeZoneInfo zone, DateTimeOffset now)
    {
        var figures = IncidentFigures.Of(incident, now);
        return
        [
            new("Summary", Summary(world, incident, figures, zone)),
            new("Impact", Impact(world, incident, zone, now)),
            new("Who was affected", ""),
            new("Timeline", Timeline(world, incident, zone)),
            new("Figures", Figures(incident, figures, zone, now)),
            new("Root cause", ""),
            new("What went well", ""),
            new("What went badly", ""),
            new("What we will do", ""),
        ];
    }

    private static string Summary(World world, Incident incident, IncidentFigures figures, TimeZoneInfo zone)
    {
        var names = Names(world, incident);
        var affected = names.Length > 0 ? $" It affected {names}." : "";
        var lasted = figures.ToResolve is { } time ? $", and lasted {Lasting(time)}" : "";
        return $"{incident.Title}. It began on {Day(incident.StartedAt, zone)} at {Clock(incident.StartedAt, zone)}{lasted}.{affected}";
    }

    private static string Impact(World world, Incident incident, TimeZoneInfo zone, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var id in incident.AffectedComponents)
        {
            foreach (var interval in incident.IntervalsOf(id).Where(interval => interval.Value != ComponentStatus.Operational))
            {
                var until = interval.Until is { } end ? $"to {Clock(end, zone)}" : "and goes on";
                text.Append(CultureInfo.InvariantCulture,
                    $"- {NameOf(world, id)}: {Word(interval.Value)} from {Clock(interval.From, zone)} {until}, {Lasting((interval.Until ?? now) - interval.From)}\n");
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Timeline(World world, Incident incident, TimeZoneInfo zone)
    {
        var entries = incident.Downtimes.SelectMany(Measured)
            .Concat(incident.Components.Select(change =>
                (change.At, $"{NameOf(world, change.Component)}{(change.Region is { } region ? $" in {region}" : "")}: {Word(change.Status)}.")))
            .Concat(incident.Updates.Where(update => update.IsReadable).Select(update => (update.DisplayAt, Said(update))))
            .Concat(incident.Promises.Where(promise => promise.Missed).Select(promise => (promise.DueAt, "A promised update did not come.")))
            .Append((incident.StartedAt, "The trouble began."))
            .OrderBy(entry => entry.Item1);
        var text = new StringBuilder();
        var day = "";
        foreach (var (at, what) in entries)
        {
            if (Day(at, zone) != day)
            {
                day = Day(at, zone);
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}**{day}**\n\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"- {Clock(at, zone)} {what}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Figures(Incident incident, IncidentFigures figures, TimeZoneInfo zone, DateTimeOffset now)
    {
        var lines = new List<string>();
        void Say(string what, TimeSpan? time) => lines.AddRange(time is { } known ? [$"- {what}: {Lasting(known)}"] : []);
        Say("Time to detect", figures.ToDetect);
        Say("Time to the first public word", figures.ToFirstWord);
        Say("Time to resolve", figures.ToResolve);
        if (!incident.Downtimes.IsEmpty)
        {
            lines.Add($"- Measured downtime: {Lasting(figures.Measured)} in {incident.Downtimes.Length} {(incident.Downtimes.Length == 1 ? "stretch" : "stretches")}");
        }

        lines.AddRange(IncidentFigures.SilencesOf(incident, now)
            .Where(silence => silence.Lasted >= IncidentFigures.Notable)
            .Select(silence => $"- Nothing was said from {Clock(silence.From, zone)} to {Clock(silence.Until, zone)}, {Lasting(silence.Lasted)}"));
        return string.Join('\n', lines);
    }

    private static IEnumerable<(DateTimeOffset, string)> Measured(Downtime downtime)
    {
        yield return (downtime.Began, "Measured: it stops working.");
        if (downtime.Ended is { } ended)
        {
            yield return (ended, "Measured: it works again.");
        }
    }

    /// <summary>The first line of an update: the rest is on the incident's page.</summary>
    private static string Said(IncidentUpdate update)
    {
        var line = update.Body.Split('\n').FirstOrDefault(one => one.Trim().Length > 0)?.Trim() ?? "";
        var word = update.KeepsStatus ? "Update" : update.Status.ToString();
        return $"{word}{(update.Automatic ? " (automatic)" : "")}: {line}";
    }

    private static string Names(World world, Incident incident) =>
        string.Join(", ", incident.AffectedComponents.Select(id => NameOf(world, id)));

    private static string NameOf(World world, ComponentId id) =>
        world.Components.TryGetValue(id, out var component) ? component.Definition.Name : world.HistoricNames.GetValueOrDefault(id) ?? id.Value;

    private static string Word(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "major outage",
        ComponentStatus.PartialOutage => "partial outage",
        ComponentStatus.DegradedPerformance => "degraded performance",
        ComponentStatus.UnderMaintenance => "under maintenance",
        _ => "operational",
    };

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{local:zzz}");
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm} {offset}");
    }

    private static string Day(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Lasting(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)time.TotalHours}h {time.Minutes}m",
        _ => $"{(int)time.TotalDays}d {time.Hours}h",
    };
}
