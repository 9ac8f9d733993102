using System.Collections.Immutable;
using Candor.State;

namespace Candor.Intake.Posting;

/// <summary>An incident as programs of the operators see it. Adding a field to the domain's record publishes nothing.</summary>
internal sealed record IncidentView(
    string Id, int Version, string Title, IncidentStatus Status, Impact Impact, bool Published, bool Automatic,
    DateTimeOffset StartedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ResolvedAt,
    DateTimeOffset? NextUpdateBy, string? MergedInto, DateTimeOffset? RemovedAt, string Url,
    ImmutableArray<ComponentView> Components, ImmutableArray<UpdateView> Updates)
{
    public static IncidentView Of(World world, Incident incident) => new(
        incident.Id.Value, incident.Version, incident.Title, incident.Status, incident.Impact, incident.Published, incident.Automatic,
        incident.StartedAt, incident.CreatedAt, incident.UpdatedAt, incident.ResolvedAt,
        incident.Promise?.DueAt, incident.Merged?.Into.Value, incident.Removed?.At,
        $"{world.Page.Url?.TrimEnd('/')}/incidents/{incident.Id}",
        [.. incident.AffectedComponents.Select(id => ComponentView.Of(world, incident, id))],
        [.. incident.Updates.Select(static update => UpdateView.Of(update))]);
}

/// <param name="Status">What the incident last said of it.</param>
internal sealed record ComponentView(string Id, string? Name, ComponentStatus Status)
{
    public static ComponentView Of(World world, Incident incident, ComponentId id) => new(
        id.Value, world.Components.GetValueOrDefault(id)?.Definition.Name,
        incident.Components.Last(change => change.Component == id).Status);
}

/// <param name="DisplayAt">When the words were meant for; <paramref name="CreatedAt"/> is when they were said.</param>
internal sealed record UpdateView(
    int Seq, IncidentStatus Status, string Body, DateTimeOffset DisplayAt, DateTimeOffset CreatedAt, bool Automatic, DateTimeOffset? RemovedAt)
{
    public static UpdateView Of(IncidentUpdate update) =>
        new(update.Seq, update.Status, update.Body, update.DisplayAt, update.At, update.Automatic, update.Removed?.At);
}

internal sealed record IncidentList(ImmutableArray<IncidentView> Incidents);

/// <summary>A maintenance, likewise.</summary>
internal sealed record MaintenanceView(
    string Id, int Version, string Title, MaintenanceStatus Status, DateTimeOffset ScheduledFor, DateTimeOffset ScheduledUntil,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Url, ImmutableArray<string> Components)
{
    public static MaintenanceView Of(World world, Maintenance maintenance) => new(
        maintenance.Id.Value, maintenance.Version, maintenance.Title, maintenance.Status,
        maintenance.Plan.ScheduledFor, maintenance.Plan.ScheduledUntil, maintenance.CreatedAt, maintenance.UpdatedAt,
        $"{world.Page.Url?.TrimEnd('/')}/maintenance/{maintenance.Id}",
        [.. maintenance.Plan.Components.Select(static id => id.Value)]);
}
