using System.Collections.Immutable;
using Candor.Judging;
using Candor.State;

namespace Candor.Pages;

/// <summary>
/// How a component stands for a reader at this moment: what the facts say, unless what they rest on is too old. With
/// data older than three intervals nothing is green.
/// </summary>
/// <param name="State">Its own state and its parts', the worst of them.</param>
/// <param name="Since">When that state began; where it is not known, the moment from which on we cannot see.</param>
/// <param name="SeenAt">The newest moment at which all its monitors had been read; null where it has none.</param>
/// <param name="Parts">In the owner's order; empty for one without.</param>
internal sealed record Standing(
    Component Component, ComponentState State, DateTimeOffset Since, DateTimeOffset? SeenAt, ImmutableArray<Standing> Parts)
{
    public string Name => Component.Definition.Name;

    public string? Reason { get; init; }

    /// <summary>What it rests on is too old, whatever the facts say.</summary>
    public bool IsStale { get; init; }

    public bool IsGroup => !Parts.IsEmpty;

    public bool IsWell => State is { Known: true, Status: ComponentStatus.Operational };

    /// <summary>This one if it has no parts, else everything below it that has none.</summary>
    public IEnumerable<Standing> Leaves => IsGroup ? Parts.SelectMany(part => part.Leaves) : [this];

    /// <summary>This one and everything below it.</summary>
    public IEnumerable<Standing> Whole => Parts.SelectMany(part => part.Whole).Prepend(this);

    /// <summary>How it stands in each of its regions. What is too old is unknown in all of them.</summary>
    public ImmutableArray<RegionState> RegionsIn(World world) => RegionStates.Of(world, Component) is var regions && IsStale
        ? [.. regions.Select(static one => one with { State = one.State with { Known = false } })]
        : regions;

    /// <summary>The components without a parent, in the owner's order, each with its parts.</summary>
    public static ImmutableArray<Standing> Of(Brief brief)
    {
        // A parent that was removed leaves its parts at the top: nothing that is watched may vanish.
        var children = brief.World.Components.Values
            .OrderBy(component => component.Definition.Order)
            .ThenBy(component => component.Id.Value, StringComparer.Ordinal)
            .ToLookup(component => component.Definition.Parent is { } parent && brief.World.Components.ContainsKey(parent)
                ? parent
                : (ComponentId?)null);
        return [.. children[null].Select(root => Of(brief, root, children))];
    }

    /// <summary>The instant after which the history of a component is not evidence: now, unless its data is old.</summary>
    public static DateTimeOffset SeenUntil(Brief brief, Component component) =>
        Oldest(brief, component) is { Fresh: false } oldest ? oldest.ReadAt : brief.Now;

    private static Standing Of(Brief brief, Component component, ILookup<ComponentId?, Component> children)
    {
        var parts = children[component.Id].Select(child => Of(brief, child, children)).ToImmutableArray();
        var own = Own(brief, component);
        if (parts.IsEmpty)
        {
            return own;
        }

        var worst = WatchesItself(component) ? own : parts[0];
        foreach (var part in parts)
        {
            worst = ComponentState.Worse(worst.State, part.State) == worst.State ? worst : part;
        }

        var seenAt = parts.Append(own).Min(standing => standing.SeenAt);
        return new(component, worst.State, worst.Since, seenAt, parts) { Reason = worst.Reason, IsStale = own.IsStale };
    }

    private static Standing Own(Brief brief, Component component)
    {
        var oldest = Oldest(brief, component);
        return oldest is { Fresh: false }
            ? new(component, component.State with { Known = false }, Began(component, oldest.Value), oldest.Value.ReadAt, []) { IsStale = true }
            : new(component, component.State, component.Since, oldest?.ReadAt, []) { Reason = component.Reason };
    }

    // Unknown by the facts may have begun before the last reading came in; the earlier of the two is what we saw last.
    private static DateTimeOffset Began(Component component, (DateTimeOffset ReadAt, bool Fresh) oldest) =>
        !component.State.Known && component.Since < oldest.ReadAt ? component.Since : oldest.ReadAt;

    private static bool WatchesItself(Component component) =>
        component.Definition is { Monitors.IsEmpty: false } or { Redundancy: not null } || component.History.Count > 0;

    /// <summary>The oldest of the newest readings of its monitors, and whether even that one is fresh.</summary>
    private static (DateTimeOffset ReadAt, bool Fresh)? Oldest(Brief brief, Component component)
    {
        if (brief.IsPast)
        {
            // How old the readings were is not kept; where they had lapsed, the judge said so and it is a fact.
            return null;
        }

        (DateTimeOffset ReadAt, bool Fresh)? oldest = null;
        foreach (var monitor in brief.World.MonitorsOf(component.Definition))
        {
            var fresh = EvidenceAge.LapseOf(brief, monitor) >= brief.Now;
            var seen = (ReadAt: EvidenceAge.ReadAt(brief, monitor) ?? monitor.CreatedAt, Fresh: fresh);
            oldest = oldest is not { } o ? seen : new(o.ReadAt < seen.ReadAt ? o.ReadAt : seen.ReadAt, o.Fresh && seen.Fresh);
        }

        return oldest;
    }
}
