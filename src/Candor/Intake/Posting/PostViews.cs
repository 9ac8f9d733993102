using System.Collections.Immutable;
using Candor.Attachments;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Intake.Posting;

/// <summary>An incident as programs of the operators see it. Adding a field to the domain's record publishes nothing.</summary>
internal sealed record IncidentView(
    string Id, int Version, string Title, IncidentStatus Status, Impact Impact, bool Published, bool Automatic,
    DateTimeOffset StartedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ResolvedAt,
    DateTimeOffset? NextUpdateBy, string? MergedInto, DateTimeOffset? RemovedAt, IReadOnlyList<string>? OnlyFor, string Url,
    ImmutableArray<ComponentView> Components, ImmutableArray<UpdateView> Updates)
{
    public static IncidentView Of(World world, Incident incident) => new(
        incident.Id.Value, incident.Version, incident.Title, incident.Status, incident.Impact, incident.Published, incident.Automatic,
        incident.StartedAt, incident.CreatedAt, incident.UpdatedAt, incident.ResolvedAt,
        incident.Promise?.DueAt, incident.Merged?.Into.Value, incident.Removed?.At,
        incident.OnlyFor.IsEmpty ? null : incident.OnlyFor,
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
    int Seq, IncidentStatus Status, string Body, DateTimeOffset DisplayAt, DateTimeOffset CreatedAt, bool Automatic, DateTimeOffset? RemovedAt,
    ImmutableArray<FileView> Files)
{
    public static UpdateView Of(IncidentUpdate update) => new(
        update.Seq, update.Status, update.Body, update.DisplayAt, update.At, update.Automatic, update.Removed?.At,
        [.. update.Files.Select(static file => new FileView(file.Hash, file.Name, file.Type, file.Bytes, file.Width, file.Height, file.Alt))]);
}

/// <summary>A file as it is kept and served.</summary>
internal sealed record FileView(string Hash, string Name, string Type, long Bytes, int? Width, int? Height, string? Alt);

/// <param name="Offset">So many bytes are durable; the next chunk begins here.</param>
/// <param name="File">What came of it; null while bytes are missing.</param>
internal sealed record UploadView(string Id, string Name, long Bytes, long Offset, DateTimeOffset ExpiresAt, FileView? File)
{
    public static UploadView Of(Upload upload, TimeSpan kept) => new(
        upload.Id, upload.Name, upload.Bytes, upload.Offset, upload.BegunAt + kept,
        upload.File is { } file ? new(file.Hash, file.Name, file.Type, file.Bytes, file.Width, file.Height, null) : null);
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

internal sealed record MaintenanceList(ImmutableArray<MaintenanceView> Maintenances);

/// <summary>A component as it is now, with how it may be named in a post.</summary>
/// <param name="Path">Its name after those of the groups that it is in.</param>
/// <param name="Status">Of a group the worst of its parts.</param>
/// <param name="Known">False: nobody can see it, and the status is the last that was.</param>
/// <param name="SetByHandUntil">A person's word holds until then, whatever is measured.</param>
internal sealed record ComponentStanding(
    string Id, string Name, string Path, string? Parent, ComponentStatus Status, bool Known, DateTimeOffset Since, string? Reason,
    DateTimeOffset? SetByHandUntil)
{
    public static ComponentStanding Of(World world, Component component)
    {
        var state = world.StateOf(component);
        return new(
            component.Id.Value, component.Definition.Name, ComponentPath.Of(world, component), component.Definition.Parent?.Value,
            state.Status, state.Known, component.Since, component.Reason, component.Pin?.Until);
    }
}

internal sealed record ComponentList(ImmutableArray<ComponentStanding> Components);
