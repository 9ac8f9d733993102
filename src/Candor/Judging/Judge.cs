using System.Collections.Immutable;
using System.Diagnostics;
using Candor.Effects;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// From readings to verdicts, pure. A reading counts while it is fresh and while its vantage point can be believed; it
/// takes several in a row to change a verdict; a bad one counts only once a control target has answered after it. What
/// cannot be seen is unknown, and only seeing it again ends that.
/// </summary>
internal static partial class Judge
{
    private static readonly ImmutableArray<VantageId> OnlyHere = [VantageId.Local];
    private static readonly TimeSpan FreshMin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NewsEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan JumpMin = TimeSpan.FromSeconds(5);

    /// <summary>How long a reading counts: three intervals, at least 30 s.</summary>
    public static TimeSpan FreshFor(MonitorDefinition monitor) => FreshFor(monitor.Every);

    public static TimeSpan FreshFor(TimeSpan every) => every * 3 > FreshMin ? every * 3 : FreshMin;

    /// <summary>
    /// The vantage points that should watch a monitor, whether or not they do. What is told to this installation, or is about
    /// itself, can be known here alone.
    /// </summary>
    public static ImmutableArray<VantageId> VantagesOf(World world, MonitorDefinition monitor) => VantagesOf(world.Policy, monitor);

    public static ImmutableArray<VantageId> VantagesOf(Policy policy, MonitorDefinition monitor) => monitor switch
    {
        _ when IsOnlyKnownHere(monitor.Check) => OnlyHere,
        { From.IsEmpty: true } => policy.Vantages,
        _ => monitor.From,
    };

    public static bool IsOnlyKnownHere(Check check) => check.Kind is "self" or "alert" or "heartbeat";

    public static int MinLive(MonitorDefinition monitor, int configured) =>
        monitor.Rules.MinLive ?? (configured >= 3 ? 2 : 1);

    /// <summary>One report. Its news is what differs from the world, so a fact that was never committed is said again.</summary>
    public static Ruling Hear(Bench bench, World world, Sign sign, Moment now) => (sign switch
    {
        Observation seen => Observe(Hindsight.GoOn(bench, world, seen), world, seen, now),
        ControlReading reading => Control(Hindsight.GoOn(bench, world, reading), world, reading, now),
        LateReading late => Hindsight.Recall(bench, world, late, now),
        LateControl late => Ruling.Silent(Hindsight.Witness(bench, world, late)),
        VantageHeard => Assess(With(bench, sign.Vantage, LookoutOf(bench, world, sign.Vantage, now) with { Heard = now.Steady }),
            world, sign.Vantage, now),
        _ => throw new UnreachableException($"No judgement of {sign.GetType().Name}."),
    }).Unsettled();

    public static Ruling Observe(Bench bench, World world, Observation seen, Moment now)
    {
        if (!world.Monitors.TryGetValue(seen.Monitor, out var monitor)
            || !VantagesOf(world, monitor.Definition).Contains(seen.Vantage)
            || seen.Age > FreshFor(monitor.Definition))
        {
            return Ruling.Silent(bench);
        }

        var lookout = LookoutOf(bench, world, seen.Vantage, now) with { Heard = now.Steady };
        var docket = DocketOf(bench, monitor, now);
        var before = Usable(docket.Sightings.GetValueOrDefault(seen.Vantage), lookout, monitor, now);
        var inward = LooksInward(monitor.Definition);
        if (!inward && seen.Reading is Reading.None or Reading.Bad && before is { Failing: false })
        {
            lookout = lookout.Turn(seen.Monitor, now);
        }

        var believed = inward || lookout.Status == VantageStatus.Live;
        var needsWitness = !inward && HasControls(lookout, world, seen.Vantage);
        var sighting = inward || lookout.Status != VantageStatus.Blind
            ? Record(before, seen, monitor, believed, needsWitness, now)
            : null;
        if (sighting is not null)
        {
            docket = docket with { Sightings = docket.Sightings.SetItem(seen.Vantage, sighting) };
            lookout = Await(lookout, seen.Monitor, sighting);
        }

        bench = With(bench, seen.Vantage, lookout) with
        {
            Dockets = bench.Dockets.SetItem(seen.Monitor, docket),
            VerifiedAt = sighting?.Trusted == sighting?.Taken ? sighting?.At ?? bench.VerifiedAt : bench.VerifiedAt,
        };
        var ruling = Assess(bench, world, seen.Vantage, now);
        return ruling.Events.IsEmpty ? Conclude(ruling.Bench, world, monitor, now) : ruling;
    }

    public static Ruling Control(Bench bench, World world, ControlReading reading, Moment now)
    {
        var before = LookoutOf(bench, world, reading.Vantage, now);
        var assessed = AssessAlone(With(bench, reading.Vantage, before.Hear(reading, now)), world, reading.Vantage, now);
        var (seeing, woken) = CallWitness(assessed.Bench, world, reading.Vantage);
        var concluded = seeing.Lookouts[reading.Vantage].Status == before.Status
            ? Conclude(seeing, world, woken, now)
            : Conclude(seeing, world, world.Monitors.Values, now);
        return concluded with { Events = [.. assessed.Events, .. concluded.Events] };
    }

    /// <summary>
    /// What follows from time having passed: readings that lapsed, vantage points that fell silent, a wall clock that
    /// jumped. Never anything better than what was.
    /// </summary>
    public static Ruling Tick(Bench bench, World world, Moment now)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        var jump = now.Wall - bench.LastTick.Wall - (now.Steady - bench.LastTick.Steady);
        if (jump.Duration() > JumpMin)
        {
            events.Add(new ClockJumped(now.Wall, jump));
        }

        var isNew = !ReferenceEquals(bench.ConcludedFor, world);
        bench = isNew ? Open(bench with { LastTick = now }, world, now) : bench with { LastTick = now };
        var isSame = !isNew;
        foreach (var vantage in world.Policy.Vantages.Union(bench.Lookouts.Keys))
        {
            var before = bench.Lookouts.GetValueOrDefault(vantage);
            var lookout = LookoutOf(bench, world, vantage, now).Purge(now);
            lookout = isNew || lookout.Targets == 0 ? lookout.Watching(CountTargets(world, vantage)) : lookout;
            var assessed = AssessAlone(With(bench, vantage, lookout), world, vantage, now);
            bench = assessed.Bench;
            isSame &= before?.Status == bench.Lookouts[vantage].Status;
            events.AddRange(assessed.Events);
        }

        // Most ticks end here: what was concluded stands until a reading lapses, and everything heard since was concluded on.
        if (isSame && now.Steady < bench.QuietUntil)
        {
            return new Ruling(bench, events.DrainToImmutable()).Unsettled();
        }

        var ruling = Conclude(
            bench with { ConcludedFor = world, QuietUntil = TimeSpan.MaxValue }, world, world.Monitors.Values, now);
        return (ruling with { Events = [.. events, .. ruling.Events] }).Unsettled();
    }

    private static Sighting? Usable(Sighting? sighting, Lookout lookout, Monitor monitor, Moment now) =>
        sighting is not null && (sighting.Taken >= lookout.SeesSince || LooksInward(monitor.Definition))
            && now.Steady - sighting.Taken <= FreshFor(monitor.Definition)
            ? sighting
            : null;

    private static Sighting? Record(
        Sighting? before, Observation seen, Monitor monitor, bool believed, bool needsWitness, Moment now)
    {
        if (seen.Reading == Reading.None)
        {
            return before is null ? null : before with { Failing = true };
        }

        var taken = now.Steady - seen.Age;
        var rules = monitor.Definition.Rules;
        // What was never judged has no bad past that one good answer would hide.
        var upAfter = monitor.LastKnown == Verdict.Unknown ? 1 : rules.UpAfter;
        var after = (before ?? new Sighting { Taken = taken, At = seen.At }).Add(seen, taken, rules.DownAfter, upAfter);
        var proven = seen.Reading != Reading.Bad || after.Witnessed || (after.Settled == Reading.Bad && !needsWitness);
        return believed && proven ? after.Believe() : after;
    }

    private static Lookout Await(Lookout lookout, MonitorId monitor, Sighting sighting) =>
        sighting is { Settled: Reading.Bad, Witnessed: false }
            ? lookout with { Unwitnessed = lookout.Unwitnessed.Add(monitor) }
            : lookout with { Unwitnessed = lookout.Unwitnessed.Remove(monitor) };

    private static Bench With(Bench bench, VantageId vantage, Lookout lookout) =>
        ReferenceEquals(bench.Lookouts.GetValueOrDefault(vantage), lookout)
            ? bench
            : bench with { Lookouts = bench.Lookouts.SetItem(vantage, lookout) };

    private static Docket DocketOf(Bench bench, Monitor monitor, Moment now) =>
        bench.Dockets.TryGetValue(monitor.Id, out var docket) && docket.Check == monitor.Definition.Check
            ? docket
            : new(monitor.Definition.Check, now.Steady);

    /// <summary>Opens a docket for each monitor there is and closes those of monitors that are gone.</summary>
    private static Bench Open(Bench bench, World world, Moment now)
    {
        var dockets = bench.Dockets;
        // All monitors that were there at the start have been waited for since then.
        var since = dockets.IsEmpty ? bench.Started : now;
        foreach (var (id, monitor) in world.Monitors)
        {
            var docket = DocketOf(bench, monitor, since);
            dockets = ReferenceEquals(dockets.GetValueOrDefault(id), docket) ? dockets : dockets.SetItem(id, docket);
        }

        dockets = dockets.Count == world.Monitors.Count
            ? dockets
            : dockets.RemoveRange(dockets.Keys.Where(id => !world.Monitors.ContainsKey(id)).ToList());
        return bench with { Dockets = dockets };
    }
}
