using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;

namespace Candor.Judging;

/// <summary>
/// What the judge remembers and the journal does not: recent readings and how the vantage points are. It begins empty
/// with each start of the process; verdicts from before are then kept for as long as readings stay fresh, and no longer.
/// </summary>
internal sealed record Bench(Moment Started)
{
    /// <summary>
    /// The last instant at which an earlier run of this node is known to have watched, or null. What lies between it and
    /// the start was seen by nobody.
    /// </summary>
    public DateTimeOffset? AliveUntil { get; init; }

    public Moment LastTick { get; init; } = Started;

    public ImmutableDictionary<MonitorId, Docket> Dockets { get; init; } = ImmutableDictionary<MonitorId, Docket>.Empty;

    public ImmutableDictionary<VantageId, Lookout> Lookouts { get; init; } = ImmutableDictionary<VantageId, Lookout>.Empty;

    /// <summary>The world for which everything was concluded last; another one may hold other monitors and other rules.</summary>
    public World? ConcludedFor { get; init; }

    /// <summary>Until then, by the steady clock, time alone changes no verdict: no reading lapses and no wait is over.</summary>
    public TimeSpan QuietUntil { get; init; } = TimeSpan.MinValue;

    /// <summary>The newest reading of any monitor that counted, for "last verified".</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Failures in a row that came late, by who saw what; until the first answer after them.</summary>
    public ImmutableDictionary<(MonitorId Monitor, VantageId Vantage), LateRun> Recalled { get; init; } =
        ImmutableDictionary<(MonitorId Monitor, VantageId Vantage), LateRun>.Empty;

    /// <summary>When places that sent late readings could see.</summary>
    public ImmutableDictionary<VantageId, LateWitness> Witnesses { get; init; } = ImmutableDictionary<VantageId, LateWitness>.Empty;

    /// <summary>Notes that something may change at an instant that is still to come.</summary>
    public Bench Expecting(TimeSpan instant, Moment now) =>
        instant > now.Steady && instant < QuietUntil ? this with { QuietUntil = instant } : this;

    /// <summary>The newest reading of a monitor that counted, or null where none did.</summary>
    public DateTimeOffset? VerifiedAtOf(MonitorId monitor) =>
        Dockets.GetValueOrDefault(monitor)?.Sightings.Values.Max(sighting => sighting.TrustedAt);

    /// <summary>
    /// Whether a monitor was answered after an instant of the steady clock at a place where another one is settled to fail, and
    /// has failed once more since: at one place that sees both, the one is there while the other is not.
    /// </summary>
    public bool AnsweredBetween(MonitorId answering, MonitorId failing, TimeSpan after)
    {
        var (wells, bads) = (Dockets.GetValueOrDefault(answering)?.Sightings, Dockets.GetValueOrDefault(failing)?.Sightings);
        return wells is not null && bads is not null && bads.Any(one =>
            one.Value is { Settled: Reading.Bad, Witnessed: true, Bads: > 0 } bad
            && wells.GetValueOrDefault(one.Key) is { Wells: > 0 } well
            && (IsBetween(well.Taken, bad) || (well.AnsweredBefore is { } before && IsBetween(before, bad))));

        bool IsBetween(TimeSpan answered, Sighting bad) => answered > after && answered <= bad.Taken;
    }

    /// <summary>The newest reading of each monitor that counted; monitors without one are left out.</summary>
    public ImmutableDictionary<MonitorId, DateTimeOffset> LastReadings()
    {
        var readings = ImmutableDictionary.CreateBuilder<MonitorId, DateTimeOffset>();
        foreach (var monitor in Dockets.Keys)
        {
            if (VerifiedAtOf(monitor) is { } at)
            {
                readings.Add(monitor, at);
            }
        }

        return readings.ToImmutable();
    }
}

/// <summary>All sightings of one monitor.</summary>
/// <param name="Check">What they are sightings of; another check begins anew.</param>
/// <param name="Opened">Since when, by the steady clock, readings are expected.</param>
internal sealed record Docket(Check Check, TimeSpan Opened)
{
    public ImmutableDictionary<VantageId, Sighting> Sightings { get; init; } =
        ImmutableDictionary<VantageId, Sighting>.Empty;

    /// <summary>When words were last journaled that changed no verdict.</summary>
    public TimeSpan SpokenAt { get; init; } = Opened;
}

/// <summary>What the judge says, and what it remembers of it.</summary>
internal readonly record struct Ruling(Bench Bench, ImmutableArray<Event> Events)
{
    public static Ruling Silent(Bench bench) => new(bench, []);

    /// <summary>What was said may not have been stored: all is concluded again at the next tick.</summary>
    public Ruling Unsettled() => Events.IsEmpty ? this : this with { Bench = Bench with { QuietUntil = TimeSpan.MinValue } };
}
