using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Pages.Json;

/// <summary>Builds the records of Statuspage's API from a brief. What of them is a list is worked out once per edition.</summary>
internal sealed class V2Shapes
{
    private readonly Brief brief;
    private readonly List<Standing> rows;
    private readonly Dictionary<ComponentId, V2Component> components;

    public V2Shapes(Brief brief)
    {
        this.brief = brief;
        rows = Standing.Of(brief).SelectMany(root => root.Whole).ToList();
        var page = brief.World.Page;
        Page = new(page.Id, page.Name, Links.To(page, ""), page.TimeZone, UpdatedAt());
        Components = rows.Select(ComponentOf).ToList();
        components = rows.Zip(Components).ToDictionary(pair => pair.First.Component.Id, pair => pair.Second);
        Open = brief.World.OpenIncidents
            .Select(id => brief.World.Incidents[id])
            .Where(incident => incident.Published)
            .OrderByDescending(incident => incident.CreatedAt)
            .ThenBy(incident => incident.Id.Value, StringComparer.Ordinal)
            .ToList();
    }

    public V2Page Page { get; }

    public IReadOnlyList<V2Component> Components { get; }

    /// <summary>Open incidents that readers may see, newest first.</summary>
    public IReadOnlyList<Incident> Open { get; }

    public V2Status Status => TopLine.Of(
        Leaves.Select(leaf => leaf.State).ToList(),
        Open.Count == 0 ? Impact.None : Open.Max(incident => incident.Impact));

    public V2Truth Truth
    {
        get
        {
            var blind = Leaves.Where(leaf => !leaf.State.Known).ToList();
            var worst = Leaves.Select(leaf => leaf.State).DefaultIfEmpty(new(ComponentStatus.Operational))
                .Aggregate(ComponentState.Worse);
            return new(
                V2Words.VerdictOf(worst),
                Known: blind.Count == 0,
                rows.Max(row => row.SeenAt),
                blind.Count == 0 ? null : blind.Min(leaf => leaf.Since));
        }
    }

    private IEnumerable<Standing> Leaves => rows.Where(row => !row.IsGroup);

    public V2Incident IncidentOf(Incident incident)
    {
        var affected = incident.AffectedComponents.Where(components.ContainsKey).Select(id => components[id]).ToList();
        return new(
            incident.Id.Value,
            incident.Title,
            brief.World.Postmortems.GetValueOrDefault(incident.Id) is { IsPublic: true } ? "postmortem" : V2Words.Of(incident.Status),
            incident.CreatedAt,
            incident.UpdatedAt,
            incident.MonitoringAt,
            incident.ResolvedAt,
            V2Words.Of(incident.Impact),
            Links.To(brief.World.Page, Links.PathOf(incident.Id)),
            incident.StartedAt,
            Page.Id,
            Updates(incident),
            affected,
            ReminderIntervals: null);
    }

    /// <summary>Open maintenances, and those that are over, the newest first. What was removed is gone, as it is at Statuspage.</summary>
    public IEnumerable<V2Maintenance> Maintenances(Func<Maintenance, bool> wanted, int most) => brief.World.Maintenances.Values
        .Where(maintenance => maintenance.Removed is null && wanted(maintenance))
        .OrderByDescending(maintenance => maintenance.Plan.ScheduledFor)
        .ThenBy(maintenance => maintenance.Id.Value, StringComparer.Ordinal)
        .Take(most)
        .Select(MaintenanceOf);

    public V2Maintenance MaintenanceOf(Maintenance maintenance) => new(
        maintenance.Id.Value,
        maintenance.Title,
        V2Words.Of(maintenance),
        maintenance.CreatedAt,
        maintenance.UpdatedAt,
        MonitoringAt: null,
        maintenance.EndedAt,
        "maintenance",
        Links.To(brief.World.Page, Links.PathOf(maintenance.Id)),
        maintenance.StartedAt ?? maintenance.Plan.ScheduledFor,
        Page.Id,
        [.. Updates(maintenance).Reverse()],
        maintenance.Plan.Components.Where(components.ContainsKey).Select(id => components[id]).ToList(),
        ReminderIntervals: null,
        maintenance.Plan.ScheduledFor,
        maintenance.Plan.ScheduledUntil);

    private static IEnumerable<V2IncidentUpdate> Updates(Maintenance maintenance)
    {
        foreach (var update in maintenance.Updates.Where(update => update.Removed is null))
        {
            yield return new(
                UpdateIds.Of(new(maintenance.Id.Value), update.Seq), V2Words.Of(update.Status), update.Body, maintenance.Id.Value,
                update.At, update.Edits.IsEmpty ? update.At : update.Edits[^1].At, update.DisplayAt,
                AffectedComponents: null, !update.Quiet, null, null);
        }

        if (maintenance.Cancelled is { } cancelled)
        {
            yield return new(
                UpdateIds.Of(new(maintenance.Id.Value), maintenance.Updates.Length + 1), "completed", "Called off. " + cancelled.Reason,
                maintenance.Id.Value, cancelled.At, cancelled.At, cancelled.At, AffectedComponents: null, true, null, null);
        }
    }

    private List<V2IncidentUpdate> Updates(Incident incident)
    {
        var current = new Dictionary<ComponentId, ComponentStatus>();
        var updates = new List<V2IncidentUpdate>(incident.Updates.Length);
        foreach (var update in incident.Updates.Where(update => update.IsReadable))
        {
            var affected = update.Components.Select(change => Affected(change, current)).ToList();
            updates.Add(new(
                UpdateIds.Of(incident.Id, update.Seq),
                V2Words.Of(update.Status),
                update.Body,
                incident.Id.Value,
                update.At,
                update.Edits.IsEmpty ? update.At : update.Edits[^1].At,
                update.DisplayAt,
                affected.Count == 0 ? null : affected,
                !update.Quiet,
                CustomTweet: null,
                TweetId: null));
        }

        if (brief.World.Postmortems.GetValueOrDefault(incident.Id) is { PublishedAt: { } published } postmortem)
        {
            updates.Add(new(
                UpdateIds.OfPostmortem(incident.Id), "postmortem", PostmortemText.Join(postmortem.Published), incident.Id.Value,
                published, postmortem.RevisedAt ?? published, published, AffectedComponents: null, !postmortem.Quiet, null, null));
        }

        updates.Reverse();
        return updates;
    }

    private V2AffectedComponent Affected(ComponentImpact change, Dictionary<ComponentId, ComponentStatus> current)
    {
        var before = current.GetValueOrDefault(change.Component, ComponentStatus.Operational);
        current[change.Component] = change.Status;
        var name = components.TryGetValue(change.Component, out var component) ? component.Name : Summary.NameOf(brief.World, change.Component, Language.English);
        return new(change.Component.Value, name, V2Words.Of(before), V2Words.Of(change.Status));
    }

    private V2Component ComponentOf(Standing row, int index)
    {
        var definition = row.Component.Definition;
        var parent = definition.Parent is { } id && brief.World.Components.ContainsKey(id) ? id.Value : null;
        return new(
            row.Component.Id.Value,
            definition.Name,
            V2Words.Of(row.State.Status),
            row.Component.CreatedAt,
            row.Component.UpdatedAt,
            Position: index + 1,
            definition.Description,
            Showcase: definition.ShowUptime,
            StartDate: null,
            parent,
            Page.Id,
            row.IsGroup,
            definition.OnlyShowIfDegraded,
            TruthOf(row))
        {
            Components = row.IsGroup ? row.Parts.Select(part => part.Component.Id.Value).ToList() : null,
        };
    }

    private static V2Truth TruthOf(Standing row) => new(
        V2Words.VerdictOf(row.State), row.State.Known, row.SeenAt, row.State.Known ? null : row.Since);

    private DateTimeOffset UpdatedAt() =>
        brief.World.LatestAt == DateTimeOffset.MinValue ? brief.Now : brief.World.LatestAt;
}
