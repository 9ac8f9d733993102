using Candor.Journal;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.State;

/// <summary>Taking out again what was brought in from another page.</summary>
internal static class HistoryDecisions
{
    /// <summary>
    /// Takes out what stands as it was brought in. What somebody has changed or added to since is this page's own word by
    /// now and stays.
    /// </summary>
    public static Decision<Event> Withdraw(World world, DateTimeOffset at, Actor by, ImportId id)
    {
        if ((Refusing.Unnamed(by) ?? Unknown(world, id)) is { } no)
        {
            return no;
        }

        var incidents = world.Incidents.Values
            .Where(incident => BroughtIn.Of(world, incident.Origin)?.Id == id && IsUntouched(world, incident))
            .Select(incident => incident.Id).OrderBy(one => one.Value, StringComparer.Ordinal).ToList();
        var maintenances = world.Maintenances.Values
            .Where(maintenance => BroughtIn.Of(world, maintenance.Origin)?.Id == id && maintenance.UpdatedAt == maintenance.Updates[0].At)
            .Select(maintenance => maintenance.Id).OrderBy(one => one.Value, StringComparer.Ordinal).ToList();
        return incidents.Count + maintenances.Count == 0
            ? Array.Empty<Event>()
            : new Event[] { new HistoryWithdrawn(at, id, [.. incidents], [.. maintenances], by) };
    }

    private static bool IsUntouched(World world, Incident incident) =>
        incident.UpdatedAt == incident.Updates[0].At
        && incident is { Removed: null, Merged: null, Backdatings.IsEmpty: true }
        && (world.Postmortems.GetValueOrDefault(incident.Id) is not { } written || CameWith(written, incident.UpdatedAt));

    /// <summary>Nobody has drafted, published or planned anything since; what came with an import is dated as it was there, or with it.</summary>
    private static bool CameWith(Postmortem written, DateTimeOffset import) =>
        written is { RevisedAt: null, Actions.IsEmpty: true } && !(written.DraftedAt > import) && !(written.PublishedAt > import);

    private static Refusal? Unknown(World world, ImportId id) => world.Imports.ContainsKey(id)
        ? null
        : new("no_such_import", $"Nothing was brought in as {id}; `candor import` says the id when it is done.", "id");
}
