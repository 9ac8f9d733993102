using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

internal static partial class Judge
{
    private static Ruling Conclude(Bench bench, World world, IEnumerable<Monitor> monitors, Moment now)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        foreach (var monitor in monitors)
        {
            var ruling = Conclude(bench, world, monitor, now);
            bench = ruling.Bench;
            events.AddRange(ruling.Events);
        }

        return new(bench, events.DrainToImmutable());
    }

    private static Ruling Conclude(Bench bench, World world, Monitor monitor, Moment now)
    {
        var docket = DocketOf(bench, monitor, now);
        var tally = Tally.Of(bench, world, monitor, docket, now);
        bench = bench.Expecting(tally.LapsesAt, now).Expecting(docket.SpokenAt + NewsEvery, now);
        var decided = Decide(tally, MinLive(monitor.Definition, tally.Configured), monitor, monitor.Verdict);
        var regions = RegionsSeen(bench, world, monitor, docket, now);
        var isNews = decided is var (said, _, words) && !IsNoNews(monitor, docket, tally, said, words, now);
        if (!isNews && !AreNews(monitor, regions))
        {
            return Ruling.Silent(bench);
        }

        // Where only a region has come to another verdict, the whole is as it was, and so is what is said of it.
        var (verdict, seenSince, reason) = decided ?? (monitor.Verdict, monitor.Since, monitor.Evidence?.Reason ?? "");
        var since = seenSince ?? Blindness(bench, docket, docket.Sightings.Values);

        var judged = new MonitorJudged(
            now.Wall,
            monitor.Id,
            verdict,
            Earlier(monitor.Verdict == verdict ? monitor.Since : Begins(monitor.Since, verdict, since, tally), now.Wall),
            new(
                tally.Bads, tally.Voters, tally.Configured, reason,
                tally.LastReadingAt ?? bench.VerifiedAtOf(monitor.Id) ?? monitor.Evidence?.LastReadingAt)
            {
                Places = tally.Configured == 1
                    ? null
                    : [.. SightsOf(bench, world, monitor, now).Select(static sight => new PlaceSight(sight.Place, sight.Saw))],
                Regions = regions.IsEmpty ? null : regions,
            });
        docket = docket with { SpokenAt = now.Steady };
        return new(bench with { Dockets = bench.Dockets.SetItem(monitor.Id, docket) }, [judged]);
    }

    /// <summary>What the votes come to; null where they do not decide, and what was concluded before stays.</summary>
    /// <param name="before">What was concluded before.</param>
    /// <returns>Since when is null where nobody sees it.</returns>
    private static (Verdict Verdict, DateTimeOffset? Since, string Reason)? Decide(
        Tally tally, int minLive, Monitor monitor, Verdict before) => tally switch
    {
        _ when tally.Voters >= minLive => tally.Decide(
            before == Verdict.Unknown, monitor.Definition.Rules.DownAfter, before == Verdict.Down),
        _ when tally.Voters + tally.Holding >= minLive => null,
        _ => (Verdict.Unknown, null, tally.Silence),
    };

    /// <summary>The same verdict is worth a fact only where its words or its count have changed and stay so.</summary>
    private static bool IsNoNews(
        Monitor monitor, Docket docket, Tally tally, Verdict verdict, string reason, Moment now)
    {
        if (monitor.Verdict != verdict)
        {
            return false;
        }

        if (verdict is Verdict.Up or Verdict.Unknown || monitor.Evidence is not { } said)
        {
            return true;
        }

        var same = Phrases.Same(said.Reason, reason) && said.Bad == tally.Bads;
        return same
            || now.Steady - docket.SpokenAt < NewsEvery
            || !tally.SaysSteadily(monitor.Definition.Rules.DownAfter);
    }

    /// <summary>
    /// A verdict never begins before the one that it replaces, or what that one said would vanish from the past: an outage
    /// of which one place still sees the rest, a stretch that nobody saw.
    /// </summary>
    private static DateTimeOffset Begins(DateTimeOffset before, Verdict verdict, DateTimeOffset since, Tally tally) =>
        verdict == Verdict.Unknown || since > before
            ? since
            : tally.SettledAfter(before) ?? tally.LastReadingAt ?? since;

    /// <summary>Since when nothing was seen: the last reading that counted, or the end of the run before this one.</summary>
    private static DateTimeOffset Blindness(Bench bench, Docket docket, IEnumerable<Sighting> sightings) =>
        sightings.Max(sighting => sighting.TrustedAt)
        ?? (docket.Opened == bench.Started.Steady ? bench.AliveUntil : null)
        ?? bench.Started.Wall;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
