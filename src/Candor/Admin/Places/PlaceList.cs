using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Admin.Places;

/// <summary>Every place that somebody may go to from anywhere, the nearest first: what goes on, what can be begun, the pages, the past.</summary>
internal static class PlaceList
{
    private const int OfEachMost = 100;

    public static IReadOnlyList<Place> Of(Visit visit) => [.. Going(visit), .. Beginning(visit), .. Pages(visit), .. Past(visit)];

    /// <summary>Those that have every word of a question somewhere.</summary>
    public static IEnumerable<Place> Matching(IEnumerable<Place> places, string question)
    {
        var words = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return places.Where(place => words.All(word =>
            place.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || place.What.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<Place> Going(Visit visit)
    {
        var world = visit.World;
        foreach (var incident in world.OpenIncidents.Select(id => world.Incidents[id]).OrderByDescending(static one => one.StartedAt).Take(OfEachMost))
        {
            yield return new(incident.Title, $"open incident, {Language.English.Names.Of(incident).ToLowerInvariant()}", $"/incidents/{incident.Id}");
        }

        foreach (var planned in world.OpenMaintenances.Select(id => world.Maintenances[id]).OrderBy(static one => one.Plan.ScheduledFor).Take(OfEachMost))
        {
            yield return new(planned.Title, $"maintenance, {Language.English.Names.Of(planned).ToLowerInvariant()}", $"/maintenance/{planned.Id}");
        }
    }

    private static IEnumerable<Place> Beginning(Visit visit)
    {
        if (visit.May(Act.PostIncident))
        {
            yield return new("Open an incident", "begin", "/incidents/new");
            foreach (var (id, template) in visit.World.Templates.OrderBy(static one => one.Value.Name, StringComparer.Ordinal).Take(OfEachMost))
            {
                yield return new($"Open an incident: {template.Name}", "template", $"/incidents/new?template={id}");
            }
        }

        if (visit.May(Act.ScheduleMaintenance))
        {
            yield return new("Plan maintenance", "begin", "/maintenance/new");
        }

        if (visit.May(Act.EditTemplates))
        {
            yield return new("Write a template", "begin", "/templates/new");
        }
    }

    private static IEnumerable<Place> Pages(Visit visit)
    {
        yield return new("Now", "page", "/now");
        yield return new("Incidents", "page", "/incidents");
        yield return new("Maintenance", "page", "/maintenance");
        yield return new("Templates", "page", "/templates");
        yield return new("Alerts", "page", "/alerts");
        yield return new("Notices", "page", "/notices");
        if (visit.May(Act.ManageSubscribers))
        {
            yield return new("Subscribers", "page", "/subscribers");
        }

        yield return new("Places that look", "page", "/places");
        yield return new("Account", "page", "/account");
        if (visit.May(Act.ManagePeople))
        {
            yield return new("People", "page", "/people");
            yield return new("Tokens", "page", "/tokens");
            yield return new("Readers", "page", "/readers");
            yield return new("Audit", "page", "/audit");
        }
    }

    private static IEnumerable<Place> Past(Visit visit)
    {
        var over = visit.World.Incidents.Values.Where(static one => one is { IsOpen: false, Removed: null })
            .OrderByDescending(static one => one.StartedAt).Take(OfEachMost);
        foreach (var incident in over)
        {
            yield return new(incident.Title, $"incident of {Language.English.Dates.Day(visit.Sheet.Clock.DateOf(incident.StartedAt))}", $"/incidents/{incident.Id}");
            if (visit.May(Act.WritePostmortem) && !visit.World.Postmortems.ContainsKey(incident.Id))
            {
                yield return new($"Write the postmortem: {incident.Title}", "begin", $"/incidents/{incident.Id}/postmortem");
            }
        }
    }
}
