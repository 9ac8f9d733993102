using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// The votes on one monitor. Configured vantage points are counted; only live ones with fresh readings vote.
/// </summary>
internal sealed class Tally
{
    private readonly List<Sighting> voters = [];

    private Tally(int configured) => Configured = configured;

    public int Configured { get; }

    public int Voters => voters.Count;

    /// <summary>Vantage points that do not vote now but whose last word, or first, is not overdue.</summary>
    public int Holding { get; private set; }

    /// <summary>Vantage points that saw it fail when they last saw anything, and do not vote now.</summary>
    public int Lost { get; private set; }

    /// <summary>When, by the steady clock, the votes may come out otherwise though nothing more is heard.</summary>
    public TimeSpan LapsesAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Why the others do not vote, in a phrase; empty where all do.</summary>
    public string Silence { get; private set; } = "";

    public int Bads => voters.Count(IsBad);

    public DateTimeOffset? LastReadingAt => voters.Count > 0 ? voters.Max(voter => voter.At) : null;

    public static Tally Of(Bench bench, World world, Monitor monitor, Docket docket, Moment now) =>
        Of(bench, world, monitor, docket, Judge.VantagesOf(world, monitor.Definition), now);

    /// <param name="configured">The vantage points that are asked: all that should watch the monitor, or those of one region.</param>
    public static Tally Of(
        Bench bench, World world, Monitor monitor, Docket docket, ImmutableArray<VantageId> configured, Moment now)
    {
        var tally = new Tally(configured.Length);
        var window = Judge.FreshFor(monitor.Definition);
        foreach (var vantage in configured)
        {
            var lookout = bench.Lookouts.GetValueOrDefault(vantage);
            var status = Judge.LooksInward(monitor.Definition)
                ? VantageStatus.Live
                : lookout?.Status ?? world.Vantages.GetValueOrDefault(vantage)?.Status ?? VantageStatus.Live;
            var sighting = docket.Sightings.GetValueOrDefault(vantage);
            if (sighting is not null && sighting.Taken < lookout?.SeesSince && !Judge.LooksInward(monitor.Definition))
            {
                sighting = null;
            }

            tally.Lapsing(sighting?.Taken + window, now);
            tally.Lapsing(sighting?.Trusted + window, now);
            if (status == VantageStatus.Live && sighting is not null && now.Steady - sighting.Taken <= window)
            {
                tally.voters.Add(sighting);
                continue;
            }

            tally.Lapsing(docket.Opened + window, now);
            var awaited = !configured.Any(docket.Sightings.ContainsKey) && now.Steady - docket.Opened <= window
                && !MissedBefore(bench, docket, window);
            var trusted = sighting?.Trusted is { } at && now.Steady - at <= window;
            tally.Lost += docket.Sightings.GetValueOrDefault(vantage) is { } last ? (IsBad(last) ? 1 : 0) : SawItFail(monitor, vantage) ? 1 : 0;
            tally.Holding += status != VantageStatus.Blind && (awaited || trusted) ? 1 : 0;
            tally.Silence = tally.Silence.Length > 0
                ? tally.Silence
                : WhySilent(vantage, status, lookout, configured.Length);
        }

        return tally;
    }

    /// <summary>The newest settling of any vote after an instant; null where none has settled since.</summary>
    public DateTimeOffset? SettledAfter(DateTimeOffset instant) => voters
        .Where(voter => voter.SettledSince > instant)
        .Max(voter => (DateTimeOffset?)voter.SettledSince);

    /// <summary>What the votes come to; null where they do not decide, and the verdict stays.</summary>
    /// <param name="needsProof">
    /// Leaving unknown takes fresh evidence: a vote that was good, with a bad reading after it, is none that it works, and one
    /// that was bad, with an answer after it, none that it fails, until it has failed as often again.
    /// </param>
    /// <param name="wasDown">The verdict until now is down.</param>
    public (Verdict Verdict, DateTimeOffset Since, string Reason)? Decide(bool needsProof, int downAfter, bool wasDown)
    {
        // One place that sees that all is well: nearly every conclusion there is, so it gathers nothing.
        if (voters is [{ Settled: Reading.Good } only] && !(needsProof && only.Bads > 0))
        {
            return (Verdict.Up, only.SettledSince, "");
        }

        var bads = voters.Where(IsBad).ToList();
        var slows = voters.Where(voter => voter.Settled == Reading.Slow).ToList();
        var wells = voters
            .Where(voter => voter.Settled is Reading.Good or Reading.Slow && !(needsProof && voter.Bads > 0))
            .ToList();
        if (bads.Count(voter => !needsProof || voter.Bads >= downAfter) * 2 > Voters)
        {
            // Down since the vote that made the majority, not since the first that complained.
            return (Verdict.Down, bads.Select(voter => voter.SettledSince).Order().ElementAt(Voters / 2), MostSaid(bads));
        }

        // As many see it work as see it fail because one of those that saw it fail sees nothing any more: nothing has come back.
        if (wasDown && Lost > 0 && bads.Count > 0 && wells.Count * 2 == Voters)
        {
            return null;
        }

        if (bads.Count > 0 && wells.Count * 2 >= Voters)
        {
            // Since the first of them complained, or since so many others were well again that they are only a few.
            var complained = bads.Min(voter => voter.SettledSince);
            var outvoted = wells.Select(voter => voter.SettledSince).Order().ElementAt((Voters - 1) / 2);
            return (Verdict.Degraded, complained > outvoted ? complained : outvoted, MostSaid(bads));
        }

        if (wells.Count * 2 <= Voters)
        {
            return null;
        }

        return slows.Count == Voters
            ? (Verdict.Degraded, slows.Max(voter => voter.SettledSince), MostSaid(slows))
            : (Verdict.Up, wells.Select(voter => voter.SettledSince).Order().ElementAt(Voters / 2), "");
    }

    /// <summary>Whether the words have been the same for a while, so that they are worth a fact of their own.</summary>
    public bool SaysSteadily(int times) => voters.Where(voter => IsBad(voter) || voter.Settled == Reading.Slow)
        .All(voter => voter.SameReason >= times);

    /// <summary>What is good up to an instant is not so any more right after it.</summary>
    private void Lapsing(TimeSpan? lastInstant, Moment now)
    {
        if (lastInstant >= now.Steady && lastInstant < LapsesAt)
        {
            LapsesAt = lastInstant.Value + TimeSpan.FromTicks(1);
        }
    }

    /// <summary>What it said before this run, as the facts have it.</summary>
    private static bool SawItFail(Monitor monitor, VantageId vantage) =>
        monitor.Evidence?.Places is { } places && places.Any(sight => sight.Place == vantage && sight.Saw == Verdict.Down);

    private static bool IsBad(Sighting voter) => voter is { Settled: Reading.Bad, Witnessed: true };

    private static string MostSaid(List<Sighting> voters) => voters
        .GroupBy(voter => voter.Reason, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .First().Key;

    private static bool MissedBefore(Bench bench, Docket docket, TimeSpan window) =>
        docket.Opened == bench.Started.Steady && bench.Started.Wall - bench.AliveUntil > window;

    private static string WhySilent(VantageId vantage, VantageStatus status, Lookout? lookout, int configured) => status switch
    {
        VantageStatus.Live when configured == 1 => "no fresh reading",
        VantageStatus.Live => $"no fresh reading from {vantage}",
        _ => $"{vantage} cannot see: {(lookout is { Reason.Length: > 0 } ? lookout.Reason : "it has not reported yet")}",
    };
}
