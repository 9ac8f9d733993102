using System.Collections.Immutable;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>What an outage in some regions looks like: where it is so, and what the others see.</summary>
/// <param name="Out">The regions that are out, the same for all that fails together.</param>
/// <param name="Seen">What each region sees of the monitor that fails, in the order of the settings.</param>
/// <param name="Elsewhere">What places see of it that look from no region.</param>
internal sealed record RegionalView(
    ImmutableArray<RegionState> Out, ImmutableArray<RegionSight> Seen, ImmutableArray<PlaceSight> Elsewhere)
{
    public bool IsPartly => Out.All(static one => one.State.Status == ComponentStatus.PartialOutage);

    /// <summary>Null where the whole fails, or the components do not fail in the same regions.</summary>
    public static RegionalView? Of(Desk desk, IReadOnlyList<Component> affected, Monitor cause)
    {
        var regions = Untold.RegionsOut(desk, null, affected[0]);
        if (regions.IsEmpty || affected.Skip(1).Any(other => !Names(Untold.RegionsOut(desk, null, other)).SequenceEqual(Names(regions), StringComparer.Ordinal)))
        {
            return null;
        }

        var told = affected[0].Definition.Regions;
        ImmutableArray<RegionSight> seen = [.. told.Select(cause.SeenFrom).OfType<RegionSight>()];
        return !seen.Any(static one => one.Saw == Verdict.Down) ? null : new(
            regions,
            seen,
            [.. (cause.Evidence?.Places ?? []).Where(sight => !told.Contains(desk.World.Policy.RegionOf(sight.Place)))]);
    }

    /// <summary>The words of the region that is out, or else of the whole.</summary>
    public string ReasonOf(Monitor cause) => Seen.FirstOrDefault(static seen => seen is { Saw: Verdict.Down, Reason.Length: > 0 })?.Reason
        ?? cause.Evidence?.Reason
        ?? "";

    private static IEnumerable<string> Names(ImmutableArray<RegionState> regions) => regions.Select(static one => one.Region);
}
