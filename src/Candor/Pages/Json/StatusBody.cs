using System.Text.Json;
using Candor.Pages.Html;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Json;

/// <summary>Renders /status.json.</summary>
internal static class StatusBody
{
    public const string Path = "/status.json";

    private const int Schema = 1;

    public static Rendition Render(Brief brief)
    {
        var sheet = HtmlPages.SheetOf(brief).English;
        var body = new StatusJson(
            Schema,
            brief.Now,
            brief.Position.Value,
            brief.IsPast,
            new(sheet.Page.Id, sheet.Page.Name, Links.To(sheet.Page, ""), sheet.Page.TimeZone),
            sheet.Headline.Sentence(sheet.Clock, brief.Now),
            sheet.Headline.State.Status,
            sheet.Headline.State.Known,
            sheet.Headline.Since,
            sheet.VerifiedAt,
            [.. sheet.Roots.SelectMany(root => root.Whole).Select(standing => Component(sheet, standing))],
            [.. sheet.Open.Select(incident => Incident(sheet, incident))],
            [.. sheet.Maintenances.Where(one => one.IsOpen).Select(one => Maintenance(sheet, one))],
            Monitors(brief.World),
            Vantages(brief.World),
            Self(brief));
        return new(Path, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.StatusJson));
    }

    private static StatusComponentJson Component(Sheet sheet, Standing standing)
    {
        var definition = standing.Component.Definition;
        var regions = standing.RegionsIn(sheet.World);
        var parent = definition.Parent is { } id && sheet.World.Components.ContainsKey(id) ? id.Value : null;
        return new(
            standing.Component.Id.Value,
            definition.Name,
            definition.Description,
            parent,
            standing.State.Status,
            standing.State.Known,
            standing.Since,
            standing.Reason,
            standing.SeenAt,
            standing.Component.Pin?.Until,
            regions.IsEmpty ? null : new SortedDictionary<string, ComponentStatus>(
                regions.ToDictionary(static one => one.Region, static one => one.State.Status), StringComparer.Ordinal),
            regions.IsEmpty ? null : [.. regions.Select(static one => new StatusRegionJson(
                one.Region, one.State.Status, one.State.Known, one.IsMeasured, one.Since, one.Reason))],
            definition.ShowUptime && !standing.IsGroup ? UptimeOf(sheet, standing) : null);
    }

    private static StatusUptimeJson UptimeOf(Sheet sheet, Standing standing)
    {
        var times = Uptime.Sum(sheet.DaysOf(standing.Component));
        return new(Uptime.Days, times.Percent, (long)times.Unknown.TotalSeconds);
    }

    private static StatusIncidentJson Incident(Sheet sheet, Incident incident) => new(
        incident.Id.Value,
        incident.Title,
        Links.To(sheet.Page, Links.PathOf(incident.Id)),
        incident.Status,
        incident.Impact,
        incident.Automatic,
        incident.StartedAt,
        incident.CreatedAt,
        incident.UpdatedAt,
        incident.ResolvedAt,
        incident.Promise?.DueAt,
        [.. incident.AffectedComponents.Select(id => Affected(sheet, incident, id))],
        [.. incident.Downtimes.Select(downtime => new StatusDowntimeJson(downtime.Began, downtime.Ended))],
        [.. incident.Updates.Select(update => new StatusUpdateJson(
            update.Seq, update.At, update.DisplayAt, update.Status, update.KeepsStatus, update.Automatic, update.Body,
            update.Edits.IsEmpty ? null : update.Edits[^1].At, update.Removed?.At))],
        Honesty.Of(sheet.World, incident, sheet.Now) is { } honesty ? HonestyOf(honesty) : null);

    private static StatusMaintenanceJson Maintenance(Sheet sheet, Maintenance maintenance) => new(
        maintenance.Id.Value,
        maintenance.Title,
        Links.To(sheet.Page, Links.PathOf(maintenance.Id)),
        maintenance.Status,
        maintenance.Plan.ScheduledFor,
        maintenance.Plan.ScheduledUntil,
        maintenance.StartedAt,
        [.. maintenance.Plan.Components.Select(id => id.Value)]);

    private static StatusHonestyJson HonestyOf(Honesty honesty) => new(
        honesty.DetectedAt,
        honesty.FirstWordAt,
        honesty.LastWordAt,
        (long)(honesty.Silence?.Value ?? TimeSpan.Zero).TotalSeconds,
        honesty.Silence?.From);

    private static StatusAffectedJson Affected(Sheet sheet, Incident incident, ComponentId id) => new(
        id.Value,
        Summary.NameOf(sheet.World, id, sheet.Language),
        Intervals(incident.IntervalsOf(id)),
        incident.RegionsNamed(id).Any()
            ? [.. incident.RegionsNamed(id).Select(region => new StatusRegionIntervalsJson(region, Intervals(incident.IntervalsOf(id, region))))]
            : null);

    private static List<StatusIntervalJson> Intervals(IReadOnlyList<Interval<ComponentStatus>> intervals) =>
        [.. intervals.Select(static interval => new StatusIntervalJson(interval.Value, interval.From, interval.Until))];

    private static StatusMonitorsJson Monitors(World world)
    {
        int Having(Verdict verdict) => world.Monitors.Values.Count(monitor => monitor.Verdict == verdict);
        return new(
            world.Monitors.Count, Having(Verdict.Up), Having(Verdict.Degraded), Having(Verdict.Down), Having(Verdict.Unknown));
    }

    private static StatusVantagesJson Vantages(World world)
    {
        // One that has never said anything is believed, as the judge believes it.
        var statuses = world.Policy.Vantages
            .Select(id => world.Vantages.GetValueOrDefault(id)?.Status ?? VantageStatus.Live)
            .ToList();
        int Having(VantageStatus status) => statuses.Count(known => known == status);
        return new(statuses.Count, Having(VantageStatus.Live), Having(VantageStatus.Suspect), Having(VantageStatus.Blind));
    }

    private static StatusSelfJson Self(Brief brief) => new(
        brief.IsPast ? null : brief.Self.Problems.IsEmpty,
        brief.Self.Version,
        [.. brief.Self.Problems.Select(problem => new StatusProblemJson(problem.Sentence, problem.Since))]);
}
