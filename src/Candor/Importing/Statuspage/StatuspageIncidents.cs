using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Statuspage;

/// <summary>Incidents and maintenances: one form for both, told apart by the schedule.</summary>
internal sealed class StatuspageIncidents(StatuspageComponents components, Warnings warnings)
{
    private readonly Dictionary<string, ImportedIncident> incidents = [];
    private readonly Dictionary<string, ImportedMaintenance> maintenances = [];

    public ImmutableArray<ImportedIncident> Incidents => [.. incidents.Values];

    public ImmutableArray<ImportedMaintenance> Maintenances => [.. maintenances.Values];

    /// <summary>One that is in two of the files is taken from the one that says more.</summary>
    public void Add(SourceValue incident)
    {
        if (incident["name"].Line is not { } title)
        {
            warnings.Add($"incident {incident["id"].Line}", "has no name and was left out", "give it one there and import again");
            return;
        }

        var updates = Chronicle.OldestFirst(incident["incident_updates"].Items, TimeOf);
        var key = incident["id"].Line ?? SourceKeys.Of(title, updates.Select(u => u["body"].Text));
        if (IsMaintenance(incident))
        {
            var made = Maintenance(incident, key, title, updates);
            if (!maintenances.TryGetValue(key, out var before) || before.Updates.Length < made.Updates.Length)
            {
                maintenances[key] = made;
            }
        }
        else
        {
            var made = Incident(incident, key, title, updates);
            if (!incidents.TryGetValue(key, out var before) || before.Updates.Length < made.Updates.Length)
            {
                incidents[key] = made;
            }
        }
    }

    private static bool IsMaintenance(SourceValue incident) =>
        incident["scheduled_for"].Says || incident["impact"].Text == "maintenance"
        || incident["status"].Text is "scheduled" or "in_progress" or "verifying" or "completed";

    private ImportedIncident Incident(SourceValue incident, string key, string title, List<SourceValue> updates)
    {
        var said = updates.Where(u => u["status"].Text != "postmortem").ToList();
        var status = StatusWords.Incident(incident["status"].Text);
        var resolved = incident["resolved_at"].Time
            ?? (status is IncidentStatus.Resolved or IncidentStatus.Postmortem ? said.Select(TimeOf).LastOrDefault() : null);
        var intervals = Changes(incident, updates);
        Unknown(title, "status", incident["status"], status is not null);
        Unknown(title, "impact", incident["impact"], StatusWords.Impact(incident["impact"].Text) is not null);
        return new(key, title)
        {
            Url = incident.Any("shortlink", "url").Line,
            StartedAt = Chronicle.Least(incident["started_at"].Time, updates.Select(TimeOf).FirstOrDefault(t => t is not null))
                ?? incident["created_at"].Time,
            ResolvedAt = resolved,
            Impact = StatusWords.Impact(incident["impact"].Text),
            Status = status,
            Updates = [.. updates.Select(u => Update(u, title))],
            Intervals = intervals.Make(resolved),
            Affected = intervals.Affected,
            Postmortem = Postmortem(incident, updates, title),
        };
    }

    private void Unknown(string title, string member, SourceValue word, bool isKnown)
    {
        if (word.Says && !isKnown)
        {
            warnings.Add($"incident “{title}”", $"has the unknown {member} “{word.Line}”", "its updates and components say it instead; set it after the import where they do not");
        }
    }

    private ImportedUpdate Update(SourceValue update, string title)
    {
        var word = update["status"];
        var status = StatusWords.Incident(word.Text);
        if (word.Says && status is null)
        {
            warnings.Add($"incident “{title}”", $"has an update with the unknown status “{word.Line}”", "it is imported as an update that keeps the status");
        }

        return new(TimeOf(update), status, SourceText.Body(update["body"].Text));
    }

    /// <summary>The newest answers carry the report as an update, older ones and management v1 in fields of its own.</summary>
    private ImportedPostmortem? Postmortem(SourceValue incident, List<SourceValue> updates, string title)
    {
        var update = updates.LastOrDefault(u => u["status"].Text == "postmortem");
        var body = SourceText.Body(incident["postmortem_body"].Text ?? update["body"].Text);
        var published = incident["postmortem_published_at"].Time ?? TimeOf(update);
        if (body.Length > 0 && published is null && incident["status"].Text != "postmortem")
        {
            warnings.Add($"incident “{title}”", "has a postmortem that was never published", "publish it there, or copy it by hand; drafts are not carried");
            return null;
        }

        return body.Length == 0 ? null : Postmortems.Make(body, published);
    }

    private ImportedMaintenance Maintenance(SourceValue incident, string key, string title, List<SourceValue> updates)
    {
        if (incident["scheduled_for"].Time is null)
        {
            warnings.Add($"maintenance “{title}”", "has no scheduled start", "the first update's time is taken");
        }

        return new(key, title, incident["scheduled_for"].Time ?? updates.Select(TimeOf).FirstOrDefault() ?? incident["created_at"].Time,
            incident["scheduled_until"].Time ?? incident["resolved_at"].Time)
        {
            Url = incident.Any("shortlink", "url").Line,
            Status = StatusWords.Maintenance(incident["status"].Text),
            Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(
                TimeOf(u), StatusWords.Maintenance(u["status"].Text), SourceText.Body(u["body"].Text)))],
            Affected = Changes(incident, updates).Affected,
        };
    }

    private Intervals Changes(SourceValue incident, List<SourceValue> updates)
    {
        var own = incident["components"].Items
            .Where(c => c["id"].Text is not null && c["name"].Line is not null)
            .DistinctBy(c => c["id"].Text)
            .ToDictionary(c => c["id"].Text!, c => c["name"].Line!);
        var changes = new Intervals();
        foreach (var (update, named) in updates.SelectMany(u => u["affected_components"].Items.Select(c => (u, c))))
        {
            if (components.Find(named, own) is { } path)
            {
                changes.Change(path, StatusWords.Component(named["new_status"].Text), TimeOf(update));
            }
        }

        foreach (var listed in incident["components"].Items)
        {
            if (components.Find(listed, own) is { } path && !(path.Length == 1 && changes.NamesLeaf(path[0])))
            {
                changes.Name(path);
            }
        }

        return changes;
    }

    /// <summary>The time that readers are shown: it may be set back, and then the true one does not matter.</summary>
    private static DateTimeOffset? TimeOf(SourceValue update) => update.Any("display_at", "created_at", "updated_at").Time;
}
