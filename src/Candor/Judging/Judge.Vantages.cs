using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

internal static partial class Judge
{
    /// <summary>Whether a vantage point can prove that it sees. One that was given no control targets is believed.</summary>
    public static bool HasControls(Lookout? lookout, World world, VantageId vantage) =>
        vantage == VantageId.Local ? !world.Policy.Controls.IsEmpty : lookout is { Controls.IsEmpty: false };

    /// <summary>
    /// A check of Candor by itself needs no network, and an alert was heard already, so no vantage point is too blind for
    /// either; and many alerts at once say nothing of our own sight.
    /// </summary>
    public static bool LooksInward(MonitorDefinition monitor) => monitor.Check.Kind is "self" or "alert";

    private static Lookout LookoutOf(Bench bench, World world, VantageId vantage, Moment now)
    {
        if (bench.Lookouts.TryGetValue(vantage, out var lookout))
        {
            return lookout;
        }

        var known = world.Vantages.GetValueOrDefault(vantage);
        return new(known?.Status ?? VantageStatus.Live, known?.Since ?? now.Wall, now.Steady) { Reason = known?.Reason ?? "" };
    }

    /// <summary>Looks at a vantage point anew; where that changes what can be believed, at all that it watches too.</summary>
    private static Ruling Assess(Bench bench, World world, VantageId vantage, Moment now)
    {
        var before = bench.Lookouts.GetValueOrDefault(vantage)?.Status;
        var assessed = AssessAlone(bench, world, vantage, now);
        if (assessed.Bench.Lookouts[vantage].Status == before)
        {
            return assessed;
        }

        var concluded = Conclude(assessed.Bench, world, world.Monitors.Values, now);
        return concluded with { Events = [.. assessed.Events, .. concluded.Events] };
    }

    private static Ruling AssessAlone(Bench bench, World world, VantageId vantage, Moment now)
    {
        var lookout = LookoutOf(bench, world, vantage, now);
        lookout = lookout.AskingOnly(world.Policy.Controls);
        if (lookout.Tripped is { } tripped && lookout.SawSomething(tripped))
        {
            lookout = lookout with { Tripped = null };
        }

        var hasControls = HasControls(lookout, world, vantage);
        if (lookout.Assess(remote: vantage != VantageId.Local, hasControls, now) is var (status, reason)
            && !lookout.Is(status, reason))
        {
            lookout = Become(lookout, status, reason, now);
        }

        bench = With(bench, vantage, lookout);
        var known = world.Vantages.GetValueOrDefault(vantage);
        return !lookout.Determined || known?.Status == lookout.Status
            ? Ruling.Silent(bench)
            : new(bench, [new VantageChanged(
                now.Wall, vantage, lookout.Status, Earlier(lookout.Since, now.Wall), lookout.Reason)]);
    }

    private static Lookout Become(Lookout before, VantageStatus status, string reason, Moment now) => before with
    {
        Status = status,
        Reason = reason,
        Determined = true,
        Since = status == before.Status ? before.Since : now.Wall,
        // What a blind vantage point said is forgotten; once it sees, only what comes after counts.
        SeesSince = status != VantageStatus.Blind && before.Status == VantageStatus.Blind ? now.Steady : before.SeesSince,
        Unwitnessed = status == VantageStatus.Blind ? [] : before.Unwitnessed,
        Turned = status == VantageStatus.Blind ? before.Turned.Clear() : before.Turned,
    };

    private static int CountTargets(World world, VantageId vantage) =>
        world.Monitors.Values.Count(monitor =>
            !LooksInward(monitor.Definition) && VantagesOf(world, monitor.Definition).Contains(vantage));

    /// <summary>
    /// A control target answered: what was seen bad before that is now known not to be the vantage point's own fault.
    /// </summary>
    private static (Bench Bench, List<Monitor> Woken) CallWitness(Bench bench, World world, VantageId vantage)
    {
        var lookout = bench.Lookouts[vantage];
        var woken = new List<Monitor>();
        if (lookout.Status != VantageStatus.Live)
        {
            return (bench, woken);
        }

        foreach (var id in lookout.Unwitnessed)
        {
            var docket = bench.Dockets.GetValueOrDefault(id);
            var sighting = docket?.Sightings.GetValueOrDefault(vantage);
            if (sighting is null || !world.Monitors.TryGetValue(id, out var monitor))
            {
                lookout = lookout with { Unwitnessed = lookout.Unwitnessed.Remove(id) };
            }
            else if (lookout.SawSomething(sighting.SettledAt))
            {
                docket = docket! with { Sightings = docket.Sightings.SetItem(vantage, sighting.Believe()) };
                bench = bench with { Dockets = bench.Dockets.SetItem(id, docket) };
                lookout = lookout with { Unwitnessed = lookout.Unwitnessed.Remove(id) };
                woken.Add(monitor);
            }
        }

        return (With(bench, vantage, lookout), woken);
    }
}
