using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Wording;

/// <summary>An incident in one sentence; the same on the page, in feeds and in the API.</summary>
internal static class Summary
{
    /// <summary>
    /// "Netop experienced a notice incident on February 29, 2024 affecting Remote access services and Login and 1 more
    /// component, lasting 6h 19m."
    /// </summary>
    public static string Of(World world, Incident incident, PageClock clock, DateTimeOffset now)
    {
        if (incident.Removed is { } removed)
        {
            return $"What stood here was taken away on {clock.Day(removed.At)}. {removed.Reason}";
        }

        var names = incident.AffectedComponents.Select(id => NameIn(world, incident, id)).ToList();
        var affecting = names.Count == 0 ? "" : $" affecting {Listing.AndMore(names)}";
        var kind = Labels.Of(incident.Impact);
        return incident.ClosedAt is { } resolved
            ? $"{world.Page.Name} experienced a {kind} incident on {clock.Day(incident.StartedAt)}{affecting}, "
                + $"lasting {Lasting.Words(resolved - incident.StartedAt)}."
            : $"{world.Page.Name} is experiencing a {kind} incident since {clock.Short(incident.StartedAt, now)}{affecting}, "
                + $"lasting {Lasting.Words(now - incident.StartedAt)} so far.";
    }

    /// <summary>"This incident affected: Core Services (Dashboard, In-app delivery), and API (…)." Null where nothing was named.</summary>
    public static string? Affected(World world, Incident incident)
    {
        var groups = new List<(ComponentId? Parent, List<string> Names)>();
        foreach (var id in incident.AffectedComponents)
        {
            var parent = world.Components.GetValueOrDefault(id)?.Definition.Parent;
            var group = groups.Find(known => parent is not null && known.Parent == parent);
            if (group.Names is null)
            {
                groups.Add(group = (parent, []));
            }

            group.Names.Add(NameIn(world, incident, id));
        }

        var verb = incident.IsOpen ? "affects" : "affected";
        return groups.Count == 0 ? null : $"This incident {verb}: {Listing.And([.. groups.Select(group => Words(world, group))])}.";
    }

    /// <summary>"API", or "API in eu" where it was so there alone.</summary>
    public static string NameIn(World world, Incident incident, ComponentId id) => incident.RegionsAffected(id) is { Count: > 0 } regions
        ? $"{NameOf(world, id)} in {Listing.And(regions)}"
        : NameOf(world, id);

    public static string NameOf(World world, ComponentId id) =>
        world.Components.TryGetValue(id, out var component) ? component.Definition.Name
        : world.FormerNames.TryGetValue(id, out var name) ? $"{name} (since removed)"
        : world.HistoricNames.GetValueOrDefault(id) ?? "a component since removed";

    private static string Words(World world, (ComponentId? Parent, List<string> Names) group) =>
        group.Parent is { } parent
            ? $"{NameOf(world, parent)} ({string.Join(", ", group.Names)})"
            : string.Join(", ", group.Names);
}
