using Candor.Notices.Channels;
using Candor.Pages.Json;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Wording;

/// <summary>The page's line for programs, by the rules of the page's own API and of what everybody may know.</summary>
internal static class PageLines
{
    public static MessagePageLine Of(World world)
    {
        var parents = world.Components.Values.Select(static one => one.Definition.Parent).ToHashSet();
        var leaves = world.Components.Values.Where(one => !parents.Contains(one.Id) && world.IsWhollyForEverybody([one.Id], [])).Select(static one => one.State).ToList();
        var open = world.OpenIncidents.Select(id => world.Incidents[id])
            .Where(one => one.Published && world.IsWhollyForEverybody(one.AffectedComponents, one.OnlyFor))
            .Select(static one => one.Impact).DefaultIfEmpty(Impact.None).Max();
        var line = TopLine.Of(leaves, open);
        return new(line.Indicator, line.Description);
    }
}
