using System.Collections.Immutable;
using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Admin.Incidents;

/// <summary>Something that was said in an incident or about planned work, as the page shows it that puts it right.</summary>
/// <param name="Home">The page of what it belongs to: "/incidents/k3…".</param>
/// <param name="Seen">What has been seen of it, as its forms carry it.</param>
internal sealed record SaidWord(string Home, string Title, string Label, int Seq, string Body, DateTimeOffset DisplayAt, Actor? By, bool IsReadable, string Seen)
{
    /// <summary>What hangs on the words.</summary>
    public ImmutableArray<AttachedFile> Files { get; init; } = [];

    public string Path => $"{Home}/updates/{Seq}";

    public static SaidWord Of(Incident incident, IncidentUpdate update) => new(
        $"/incidents/{incident.Id}", incident.Title, Language.English.Names.Of(update), update.Seq, update.Body, update.DisplayAt, update.By, update.IsReadable, Incidents.Seen.Of(incident))
    {
        Files = update.Files,
    };

    public static SaidWord Of(Maintenance maintenance, MaintenanceUpdate update) => new(
        $"/maintenance/{maintenance.Id}", maintenance.Title, Language.English.Names.Of(update), update.Seq, update.Body, update.DisplayAt, update.By,
        update.Removed is null && maintenance.Removed is null, $"{maintenance.Version}");
}
