using Candor.Languages;
using Candor.Pages.Phrases;
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
    public static string Of(World world, Incident incident, PageClock clock, DateTimeOffset now) => Of(world, incident, clock, now, clock.Language.Spans);

    /// <summary>The same on a page, where no line ends between a number and its unit.</summary>
    public static string OnPage(World world, Incident incident, PageClock clock, DateTimeOffset now) => Of(world, incident, clock, now, clock.Language.PageSpans);

    private static string Of(World world, Incident incident, PageClock clock, DateTimeOffset now, Spans spans)
    {
        var (language, words) = (clock.Language, PageWords.In(clock.Language).Incident);
        if (incident.Removed is { } removed)
        {
            return words.TakenAway(clock.Day(removed.At), removed.Reason);
        }

        var affected = language.Lists.AndMore([.. incident.AffectedComponents.Select(id => NameIn(world, incident, id, language))]);
        return incident.ClosedAt is { } closed
            ? words.Was(world.Page.Name, incident.Impact, clock.Day(incident.StartedAt), affected, spans.Words(closed - incident.StartedAt))
            : words.Is(world.Page.Name, incident.Impact, clock.Short(incident.StartedAt, now), affected, spans.Words(now - incident.StartedAt));
    }

    /// <summary>"This incident affected: Core Services (Dashboard, In-app delivery), and API (…)." Null where nothing was named.</summary>
    public static string? Affected(World world, Incident incident, Language language)
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

            group.Names.Add(NameIn(world, incident, id, language));
        }

        return groups.Count == 0 ? null : PageWords.In(language).Incident.Affects([.. groups.Select(group => Words(world, group, language))], incident.IsOpen);
    }

    /// <summary>"API", or "API in eu" where it was so there alone.</summary>
    public static string NameIn(World world, Incident incident, ComponentId id, Language language) => incident.RegionsAffected(id) is { Count: > 0 } regions
        ? PageWords.In(language).Incident.NameIn(NameOf(world, id, language), regions)
        : NameOf(world, id, language);

    public static string NameOf(World world, ComponentId id, Language language) =>
        world.Components.TryGetValue(id, out var component) ? component.Definition.Name
        : world.FormerNames.TryGetValue(id, out var name) ? PageWords.In(language).Incident.SinceRemoved(name)
        : world.HistoricNames.GetValueOrDefault(id) ?? PageWords.In(language).Incident.SomeSinceRemoved;

    private static string Words(World world, (ComponentId? Parent, List<string> Names) group, Language language) =>
        group.Parent is { } parent
            ? $"{NameOf(world, parent, language)} ({string.Join(", ", group.Names)})"
            : string.Join(", ", group.Names);
}
