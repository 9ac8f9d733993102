using System.Text.Json;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Intake.Statuspage;

/// <summary>Builds what the management API answers from the world. Pure.</summary>
internal sealed class V1Shapes
{
    /// <summary>Where there is no configured address: the one that `candor serve` listens at unless told otherwise.</summary>
    private const string Unconfigured = "http://127.0.0.1:8080";

    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");

    private readonly World world;
    private readonly Dictionary<ComponentId, V1Component> byId;
    private readonly ILookup<ComponentId?, Component> parts;

    public V1Shapes(World world)
    {
        this.world = world;
        parts = world.Components.Values.ToLookup(static one => one.Definition.Parent);
        var rows = Rows(null).Concat(Orphans()).ToList();
        Components = [.. rows.Select((component, place) => ComponentOf(component, place + 1))];
        byId = Components.ToDictionary(static one => new ComponentId(one.Id));
    }

    /// <summary>In the order of the page, groups before their parts.</summary>
    public IReadOnlyList<V1Component> Components { get; }

    public IEnumerable<V1Group> Groups => Components.Where(static one => one.Group).Select(GroupOf);

    /// <summary>Incidents and maintenances alike, the newest first.</summary>
    public IEnumerable<V1Incident> Incidents => world.Incidents.Values.Where(static one => one.Removed is null)
        .Select(static one => (one.CreatedAt, Id: one.Id.Value, Incident: (Incident?)one, Maintenance: (Maintenance?)null))
        .Concat(world.Maintenances.Values.Where(static one => one.Removed is null)
            .Select(static one => (one.CreatedAt, Id: one.Id.Value, Incident: (Incident?)null, Maintenance: (Maintenance?)one)))
        .OrderByDescending(static one => one.CreatedAt).ThenBy(static one => one.Id, StringComparer.Ordinal)
        .Select(one => one.Incident is { } incident ? IncidentOf(incident) : MaintenanceOf(one.Maintenance!));

    public V1Page Page
    {
        get
        {
            var (page, at) = (world.Page, world.LatestAt);
            return new(
                page.Id, at, at, page.Name, page.Description, Headline: null, Branding: "basic", Subdomain: null, Domain: HostOf(page),
                AddressOf(""), page.ContactUrl, HiddenFromSearch: false, AllowPageSubscribers: false, AllowIncidentSubscribers: false,
                AllowEmailSubscribers: false, AllowSmsSubscribers: false, AllowRssAtomFeeds: true, AllowWebhookSubscribers: false,
                NotificationsFromEmail: null, NotificationsEmailFooter: null, ActivityScore: 0, TwitterUsername: null,
                ViewersMustBeTeamMembers: false, IpRestrictions: null, City: null, State: null, Country: null, page.TimeZone);
        }
    }

    public V1Component? Component(string id) => byId.GetValueOrDefault(new(id));

    /// <summary>An incident or a maintenance; null for one that is not there or was taken away.</summary>
    public V1Incident? Incident(string id) =>
        world.Incidents.GetValueOrDefault(new(id)) is { Removed: null } incident ? IncidentOf(incident)
        : world.Maintenances.GetValueOrDefault(new(id)) is { Removed: null } maintenance ? MaintenanceOf(maintenance)
        : null;

    public V1Group GroupOf(V1Component row)
    {
        var listed = Ordered(new(row.Id)).Select(static part => part.Id.Value);
        return new(row.Id, row.PageId, row.Name, row.Description, [.. listed], row.Position, row.CreatedAt, row.UpdatedAt);
    }

    private V1Incident IncidentOf(Incident incident)
    {
        var postmortem = world.Postmortems.GetValueOrDefault(incident.Id) is { IsPublic: true } said ? said : null;
        return new(
            incident.Id.Value, Named(incident.AffectedComponents), incident.CreatedAt, V1Words.Of(incident.Impact), incident.ImpactOverride,
            [.. UpdatesOf(incident).Reverse()], MetadataOf(incident.Metadata), incident.MonitoringAt, incident.Title, world.Page.Id,
            postmortem is null ? null : PostmortemText.Join(postmortem.Published), postmortem?.RevisedAt ?? postmortem?.PublishedAt,
            PostmortemIgnored: false, PostmortemNotifiedSubscribers: postmortem is { Quiet: false }, PostmortemNotifiedTwitter: false,
            postmortem?.PublishedAt, incident.ResolvedAt, ScheduledAutoCompleted: false, ScheduledAutoInProgress: false, ScheduledFor: null,
            AutoTransitionDeliverNotificationsAtEnd: false, AutoTransitionDeliverNotificationsAtStart: false,
            AutoTransitionToMaintenanceState: false, AutoTransitionToOperationalState: false, ScheduledRemindPrior: false,
            ScheduledRemindedAt: null, ScheduledUntil: null, AddressOf("/incidents/" + incident.Id), incident.StartedAt,
            postmortem is null ? V1Words.Of(incident.Status) : "postmortem", incident.UpdatedAt, ReminderIntervals: null, [],
            new(incident.Published, incident.Automatic, incident.Version));
    }

    private V1Incident MaintenanceOf(Maintenance maintenance)
    {
        var plan = maintenance.Plan;
        return new(
            maintenance.Id.Value, Named(plan.Components), maintenance.CreatedAt, "maintenance", ImpactOverride: null,
            [.. UpdatesOf(maintenance).Reverse()], MetadataOf(maintenance.Metadata), MonitoringAt: null, maintenance.Title, world.Page.Id,
            PostmortemBody: null, PostmortemBodyLastUpdatedAt: null, PostmortemIgnored: false, PostmortemNotifiedSubscribers: false,
            PostmortemNotifiedTwitter: false, PostmortemPublishedAt: null, maintenance.EndedAt, plan.EndsByItself, plan.StartsByItself,
            plan.ScheduledFor, !plan.QuietAtEnd, !plan.QuietAtStart, plan.MarksComponents, plan.RestoresComponents,
            plan.RemindBefore is not null, maintenance.RemindedAt, plan.ScheduledUntil, AddressOf("/maintenance/" + maintenance.Id),
            maintenance.StartedAt ?? plan.ScheduledFor, V1Words.Of(maintenance), maintenance.UpdatedAt, ReminderIntervals: null, [],
            new(Published: true, Automatic: maintenance.By == Actor.Candor, maintenance.Version));
    }

    private IEnumerable<V1IncidentUpdate> UpdatesOf(Incident incident)
    {
        var current = new Dictionary<ComponentId, ComponentStatus>();
        foreach (var update in incident.Updates.Where(static update => update.IsReadable))
        {
            List<V1AffectedComponent> affected = [.. update.Components.Select(change => Affected(change, current))];
            yield return UpdateOf(
                incident.Id, update.Seq, V1Words.Of(update.Status), update.Body, update.At, update.DisplayAt,
                update.Edits.IsEmpty ? update.At : update.Edits[^1].At, !update.Quiet, affected.Count == 0 ? null : affected);
        }
    }

    private static IEnumerable<V1IncidentUpdate> UpdatesOf(Maintenance maintenance) =>
        maintenance.Updates.Where(static update => update.Removed is null).Select(update => UpdateOf(
            new(maintenance.Id.Value), update.Seq, V1Words.Of(update.Status), update.Body, update.At, update.DisplayAt,
            update.Edits.IsEmpty ? update.At : update.Edits[^1].At, !update.Quiet, null));

    private static V1IncidentUpdate UpdateOf(
        IncidentId id, int seq, string status, string body, DateTimeOffset at, DateTimeOffset displayAt, DateTimeOffset updatedAt,
        bool delivers, IReadOnlyList<V1AffectedComponent>? affected) => new(
            UpdateIds.Of(id, seq), id.Value, affected, body, at, CustomTweet: null, delivers, displayAt, status, TweetId: null,
            TwitterUpdatedAt: null, updatedAt, WantsTwitterUpdate: false);

    private V1AffectedComponent Affected(ComponentImpact change, Dictionary<ComponentId, ComponentStatus> current)
    {
        var before = current.GetValueOrDefault(change.Component, ComponentStatus.Operational);
        current[change.Component] = change.Status;
        var name = byId.GetValueOrDefault(change.Component)?.Name ?? world.FormerNames.GetValueOrDefault(change.Component) ?? change.Component.Value;
        return new(change.Component.Value, name, before, change.Status);
    }

    private V1Component ComponentOf(Component component, int position)
    {
        var definition = component.Definition;
        var state = world.StateOf(component);
        return new(
            component.Id.Value, world.Page.Id, ParentOf(component)?.Value, component.CreatedAt, component.UpdatedAt, parts[component.Id].Any(),
            definition.Name, definition.Description, position, state.Status, definition.ShowUptime, definition.OnlyShowIfDegraded,
            AutomationEmail: null, StartDate: null, new(state.Known, component.Pin?.Until));
    }

    private List<V1Component> Named(IEnumerable<ComponentId> ids) => [.. ids.Select(byId.GetValueOrDefault).OfType<V1Component>()];

    private IEnumerable<Component> Rows(ComponentId? parent) =>
        Ordered(parent).SelectMany(one => Rows(one.Id).Prepend(one));

    /// <summary>Parts of something that is no more.</summary>
    private IEnumerable<Component> Orphans() => world.Components.Values
        .Where(one => one.Definition.Parent is not null && ParentOf(one) is null)
        .OrderBy(static one => one.Id.Value, StringComparer.Ordinal)
        .SelectMany(one => Rows(one.Id).Prepend(one));

    private IEnumerable<Component> Ordered(ComponentId? parent) => parts[parent]
        .OrderBy(static one => one.Definition.Order).ThenBy(static one => one.Id.Value, StringComparer.Ordinal);

    private ComponentId? ParentOf(Component component) =>
        component.Definition.Parent is { } parent && world.Components.ContainsKey(parent) ? parent : null;

    private string AddressOf(string path) => (world.Page.Url ?? Unconfigured).TrimEnd('/') + path;

    private static string? HostOf(Page page) => Uri.TryCreate(page.Url, UriKind.Absolute, out var address) ? address.Host : null;

    private static JsonElement MetadataOf(string? metadata) => metadata is null ? NoMetadata : JsonElement.Parse(metadata);
}
