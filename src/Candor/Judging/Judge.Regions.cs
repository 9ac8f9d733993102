using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <content>The same votes counted region by region, for components that tell regions apart. The whole is judged without them.</content>
internal static partial class Judge
{
    /// <summary>The regions, of those that components tell apart, in which a monitor can be judged: a place of its own looks from there.</summary>
    public static ImmutableArray<string> RegionsOf(Policy policy, MonitorDefinition monitor, IEnumerable<string> toldApart)
    {
        // A heartbeat or an alert is heard here, wherever its sender runs.
        if (IsOnlyKnownHere(monitor.Check))
        {
            return [];
        }

        var seen = VantagesOf(policy, monitor).Select(policy.RegionOf).ToHashSet(StringComparer.Ordinal);
        return [.. toldApart.Where(seen.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ImmutableArray<RegionSight> RegionsSeen(Bench bench, World world, Monitor monitor, Docket docket, Moment now) =>
        monitor.Definition.Regions.IsEmpty
            ? []
            : [.. monitor.Definition.Regions.Select(region => SeenFrom(region, bench, world, monitor, docket, now))];

    private static RegionSight SeenFrom(string region, Bench bench, World world, Monitor monitor, Docket docket, Moment now)
    {
        ImmutableArray<VantageId> places = [.. VantagesOf(world, monitor.Definition).Where(place => world.Policy.RegionOf(place) == region)];
        var tally = Tally.Of(bench, world, monitor, docket, places, now);
        var before = monitor.SeenFrom(region)
            ?? new(region, Verdict.Unknown, Earlier(monitor.CreatedAt, now.Wall), 0, 0, places.Length) { Reason = "no reading yet" };

        // No region can be asked for more places than it has.
        var minLive = Math.Min(MinLive(monitor.Definition, places.Length), Math.Max(1, places.Length));
        var (verdict, since, reason) = Decide(tally, minLive, monitor, before.Saw) ?? (before.Saw, before.Since, before.Reason);
        var began = verdict == before.Saw
            ? before.Since
            : Begins(before.Since, verdict, since ?? UnseenSince(bench, docket, places), tally);
        return new(region, verdict, Earlier(began, now.Wall), tally.Bads, tally.Voters, tally.Configured)
        {
            Reason = reason,
            LastKnown = verdict == Verdict.Unknown ? before.LastKnown : verdict,
        };
    }

    private static DateTimeOffset UnseenSince(Bench bench, Docket docket, ImmutableArray<VantageId> places) =>
        Blindness(bench, docket, docket.Sightings.Where(one => places.Contains(one.Key)).Select(static one => one.Value));

    /// <summary>Whether a region has come to another verdict. One that was never judged is unknown, and that is no news.</summary>
    private static bool AreNews(Monitor monitor, ImmutableArray<RegionSight> regions)
    {
        foreach (var seen in regions)
        {
            if (seen.Saw != (monitor.SeenFrom(seen.Region)?.Saw ?? Verdict.Unknown))
            {
                return true;
            }
        }

        return false;
    }
}
