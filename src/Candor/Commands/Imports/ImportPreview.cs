using System.Collections.Immutable;
using System.Globalization;
using Candor.Importing;
using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Commands.Imports;

/// <summary>Shows what was understood, as a person would check it: what, when, which components, and what is missing.</summary>
internal sealed class ImportPreview(Terminal terminal, string zone)
{
    private const int IncidentsShown = 50;
    private readonly PageClock clock = new(zone, Language.English);

    /// <param name="withAll">Each incident with its words; else what is to be known of the whole.</param>
    public void Show(Imported content, bool withAll)
    {
        if (withAll)
        {
            All(content);
        }

        Warn(content.Warnings);
        terminal.Line(Sum(content));
    }

    private void All(Imported content)
    {
        foreach (var incident in content.Incidents.Take(IncidentsShown))
        {
            Show(incident);
        }

        foreach (var maintenance in content.Maintenances.Take(IncidentsShown))
        {
            Show(maintenance);
        }

        var left = Math.Max(0, content.Incidents.Length - IncidentsShown) + Math.Max(0, content.Maintenances.Length - IncidentsShown);
        if (left > 0)
        {
            terminal.Line(terminal.Paint(Ink.Quiet, $"… and {left} more; --json lists them all."));
            terminal.Line();
        }

        Monitors(content.Monitors);
    }

    /// <summary>As candor.yaml has them, ready to be put there.</summary>
    private void Monitors(ImmutableArray<ImportedMonitor> monitors)
    {
        if (monitors.IsEmpty)
        {
            return;
        }

        terminal.Line("monitors:");
        foreach (var monitor in monitors)
        {
            terminal.Line($"  {monitor.Name}:");
            foreach (var line in monitor.Yaml.TrimEnd().Split('\n'))
            {
                terminal.Line("    " + line);
            }
        }

        terminal.Line();
    }

    private void Show(ImportedIncident incident)
    {
        terminal.Line(terminal.Paint(Ink.Strong, incident.Title));
        var state = incident.Status is { } status ? Word(status) : "no status given";
        terminal.Line($"  {state}{(incident.Impact is { } impact ? $" · impact {impact.ToString().ToLowerInvariant()}" : "")}{(incident.Automatic ? " · written by a machine" : "")}");
        if (Start(incident) is { } start)
        {
            Fact("started", start);
        }

        if (incident.ResolvedAt is { } over)
        {
            Fact("resolved", clock.Exact(over) + (incident.StartedAt is { } from && over > from ? $", after {Language.English.Spans.Words(over - from)}" : ""));
        }
        else if (incident.Lasted is { } lasted)
        {
            Fact("lasted", Language.English.Spans.Words(lasted));
        }

        foreach (var downtime in incident.Downtimes)
        {
            Fact("down", $"{clock.Exact(downtime.Began)} to {(downtime.Ended is { } ended ? clock.TimeAndZone(ended) : "…")}");
        }

        Affected(incident);
        Updates(incident);
        if (incident.Postmortem is { } postmortem)
        {
            var sections = postmortem.Sections.Count(section => section.Heading.Length > 0);
            var published = postmortem.PublishedAt is { } at ? $", published {clock.Exact(at)}" : "";
            Fact("postmortem", $"{SettingsFile.Count(postmortem.Body.Length, "character")}, {SettingsFile.Count(sections, "section")}{published}");
        }

        terminal.Line();
    }

    /// <summary>Nothing where it is the first update's moment that will have to do.</summary>
    private string? Start(ImportedIncident incident) => incident switch
    {
        { StartedAt: { } began } => clock.Exact(began),
        { Day: { } day } => $"{day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture)}, time of day unknown",
        _ when incident.Updates.Any(update => update.At is not null) => null,
        _ => "unknown",
    };

    private void Show(ImportedMaintenance maintenance)
    {
        terminal.Line(terminal.Paint(Ink.Strong, maintenance.Title));
        Fact("maintenance", maintenance.Status?.Replace('_', ' ') ?? "no status given");
        Fact("from", maintenance.ScheduledFor is { } from ? clock.Exact(from) : "unknown");
        Fact("until", maintenance.ScheduledUntil is { } until ? clock.Exact(until) : "unknown");
        Fact("updates", maintenance.Updates.Length.ToString(CultureInfo.InvariantCulture));
        terminal.Line();
    }

    private void Affected(ImportedIncident incident)
    {
        var intervals = incident.Intervals.ToLookup(interval => string.Join(" > ", interval.Component), StringComparer.Ordinal);
        foreach (var path in incident.Affected)
        {
            var name = string.Join(" > ", path);
            Fact("affected", name);
            foreach (var interval in intervals[name])
            {
                var times = interval.Said ?? $"{Language.English.Names.Of(interval.Status)} from {(interval.From is { } from ? clock.Exact(from) : "?")} to {(interval.Until is { } until ? clock.TimeAndZone(until) : "…")}";
                terminal.Line($"              {terminal.Paint(Ink.Quiet, times)}");
            }
        }
    }

    private void Updates(ImportedIncident incident)
    {
        foreach (var update in incident.Updates)
        {
            var at = update.At is { } known ? clock.Exact(known) : update.Said?.Trim() ?? "no time";
            var status = update.Status is { } named ? Word(named) : "update";
            terminal.Line($"  {at,-29} {status,-13} {terminal.Paint(Ink.Quiet, Beginning(update.Body))}");
        }
    }

    private void Fact(string name, string value) => terminal.Line($"  {name,-11} {value}");

    private void Warn(ImmutableArray<ImportWarning> warnings)
    {
        foreach (var warning in warnings)
        {
            terminal.Line($"{terminal.Paint(Ink.Warning, "!")} {warning.Where} {warning.What}.");
            terminal.Line($"  {terminal.Paint(Ink.Good, $"→ {warning.Remedy}")}");
        }

        if (warnings.Length > 0)
        {
            terminal.Line();
        }
    }

    private static string Sum(Imported content)
    {
        var parts = new List<string>();
        Add(content.Incidents.Length, "incident");
        Add(content.Incidents.Sum(incident => incident.Updates.Length), "update");
        Add(content.Incidents.Count(incident => incident.Postmortem is not null), "postmortem");
        Add(content.Maintenances.Length, "maintenance");
        Add(content.Components.Length, "component");
        Add(content.Monitors.Length, "monitor");
        return parts.Count == 0 ? "Read nothing that could be created." : $"Read {Language.English.Lists.And(parts)}.";

        void Add(int number, string thing)
        {
            if (number > 0)
            {
                parts.Add(SettingsFile.Count(number, thing));
            }
        }
    }

    private string Beginning(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        var room = Math.Max(20, terminal.Traits.Width - 48);
        return line.Length <= room ? line : line[..(room - 1)].TrimEnd() + "…";
    }

    private static string Word(IncidentStatus status) => status.ToString().ToLowerInvariant();
}
