using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.UptimeKuma;

/// <summary>What was posted (one text each, with a style for a severity) and what was measured (runs of "down").</summary>
internal sealed class KumaHistory(KumaComponents components, string page, Warnings warnings)
{
    private const int OutagesMax = 5_000;

    /// <summary>0 down, 1 up, 2 pending, 3 maintenance.</summary>
    public static ComponentStatus? Status(SourceValue status) => status.Text switch
    {
        "0" => ComponentStatus.MajorOutage,
        "1" => ComponentStatus.Operational,
        "3" => ComponentStatus.UnderMaintenance,
        _ => null,
    };

    public ImportedIncident Incident(SourceValue incident)
    {
        var began = incident.Any("createdDate", "created_date").Time;
        var open = incident.Any("pin", "active").Truth is not false;
        warnings.Add("incidents", "have one text each and no status; a pinned one is taken for open, any other for resolved", "look through them after the import");
        return new($"{page}/{incident["id"].Text ?? SourceKeys.Of(incident["title"].Text ?? "", [incident["content"].Text])}", incident["title"].Line ?? "Untitled")
        {
            StartedAt = began,
            ResolvedAt = open ? null : incident.Any("lastUpdatedDate", "last_updated_date").Time ?? began,
            Status = open ? IncidentStatus.Investigating : IncidentStatus.Resolved,
            Impact = incident["style"].Text switch { "danger" => Impact.Critical, "warning" => Impact.Minor, "info" or "primary" or "light" => Impact.None, _ => null },
            Updates = [new(began, open ? IncidentStatus.Investigating : IncidentStatus.Resolved, SourceText.Body(incident["content"].Text))],
        };
    }

    public ImportedMaintenance? Maintenance(SourceValue maintenance)
    {
        var title = maintenance["title"].Line ?? "Untitled";
        var zone = SourceTimes.Zone(maintenance.Any("timezone", "timezoneOption").Text);
        var slot = maintenance["timeslotList"].Items.FirstOrDefault();
        var range = maintenance["dateRange"].Items.ToList();
        var from = SourceTimes.Read(slot["startDate"].Text ?? range.FirstOrDefault().Text ?? maintenance["start_date"].Text, zone);
        var until = SourceTimes.Read(slot["endDate"].Text ?? range.LastOrDefault().Text ?? maintenance["end_date"].Text, zone);
        if (maintenance["strategy"].Text is { } strategy and not "single")
        {
            warnings.Add($"maintenance “{title}”", $"repeats there ({strategy}); only its next time is carried", "set up its repetition here");
        }

        if (from is null)
        {
            warnings.Add($"maintenance “{title}”", "has no start and was left out", "set it up here by hand");
            return null;
        }

        return new($"{page}/maintenance/{maintenance["id"].Text}", title, from, until)
        {
            Status = maintenance["status"].Text switch { "scheduled" => "scheduled", "under-maintenance" => "in_progress", "ended" => "completed", _ => null },
            Description = SourceText.Body(maintenance["description"].Text),
        };
    }

    /// <summary>An incident for each run of "down": what a monitor saw, without a word of what it said about addresses.</summary>
    public IEnumerable<ImportedIncident> Outages(List<KumaParts> parts)
    {
        var names = parts.SelectMany(p => p.Monitors.Concat(p.Groups.SelectMany(g => g.Members)))
            .Where(m => m["name"].Line is not null && m["id"].Text is not null).DistinctBy(m => m["id"].Text).ToDictionary(m => m["id"].Text!, m => m["name"].Line!);
        var outages = parts.SelectMany(p => p.Beats).GroupBy(b => b.Monitor)
            .SelectMany(beats => Runs(beats.Select(b => b.Beat)).Select(run => (Monitor: beats.Key, run.From, run.Until)))
            .OrderBy(o => o.From).ToList();
        if (outages.Count > OutagesMax)
        {
            warnings.Add("heartbeats", $"hold {outages.Count} outages; the newest {OutagesMax} are carried", "import an older copy for the others");
        }

        foreach (var (monitor, from, until) in outages.TakeLast(OutagesMax))
        {
            var component = components.Of(monitor);
            yield return new($"{page}/outage/{monitor}/{from.ToUnixTimeSeconds()}", $"{names.GetValueOrDefault(monitor, $"Monitor {monitor}")} was down")
            {
                StartedAt = from,
                ResolvedAt = until,
                Impact = Impact.Critical,
                Status = until is null ? IncidentStatus.Investigating : IncidentStatus.Resolved,
                Intervals = component.IsEmpty ? [] : [new(component, ComponentStatus.MajorOutage, from, until)],
                Affected = component.IsEmpty ? [] : [component],
                Downtimes = [new(from, until)],
            };
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? Until)> Runs(IEnumerable<SourceValue> beats)
    {
        DateTimeOffset? down = null;
        foreach (var (status, at) in beats.Select(b => (Status(b["status"]), At: b["time"].Time)).Where(b => b.At is not null).OrderBy(b => b.At))
        {
            if (status == ComponentStatus.MajorOutage)
            {
                down ??= at;
            }
            else if (down is { } from && status is not null)
            {
                down = null;
                yield return (from, at);
            }
        }

        if (down is { } still)
        {
            yield return (still, null);
        }
    }
}
