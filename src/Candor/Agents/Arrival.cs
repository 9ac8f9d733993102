using System.Collections.Immutable;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Judging;
using Candor.State;

namespace Candor.Agents;

/// <summary>
/// What one report of an agent does, pure:
/// 1. a chunk that was taken before does nothing again; 2. every reading is dated by the age that it has on the clocks of who
/// took it, never by a calendar that may be wrong; 3. fresh ones are evidence, late ones history; 4. readings of what the
/// agent was not asked to look at are left out. The place is whose key signed the report; nothing in it can say another.
/// </summary>
/// <param name="Heard">For the judge, the sign of life first, then oldest first.</param>
/// <param name="Measured">For the charts, in the order in which it was taken.</param>
internal sealed record Arrival(Standing Standing, ImmutableArray<Sign> Heard, ImmutableArray<Observation> Measured)
{
    /// <summary>What is evidence of nothing any more, oldest first: it may show people that something began earlier.</summary>
    public ImmutableArray<Sign> Late { get; init; } = [];

    private const int RepeatedMany = 3;
    private const string NumbersFellBehind =
        "What it sends bears numbers that were taken before, so nothing of it counts: its folder was set back or emptied. Start it anew with a new code (candor place add).";

    public static Arrival Of(Standing before, Report report, PlaceView place, World world, Moment now)
    {
        var dating = new Dating(report, now.Wall);
        var isRepeated = report.Chunk?.Number <= before.Accepted;
        var repeated = isRepeated ? before.Repeated + 1 : report.Chunk is null ? before.Repeated : 0;
        var standing = before with
        {
            Repeated = repeated,
            HeardAt = now.Wall,
            Skew = dating.Skew,
            Version = report.Version,
            IsInStep = report.Plan == place.Plan.Id,
            Waiting = report.Waiting,
            Dropped = report.Dropped,
            Words = repeated >= RepeatedMany ? NumbersFellBehind : report.Words ?? "",
        };
        Sign alive = new VantageHeard(place.Id, now.Wall);
        if (report.Chunk is not { } chunk || isRepeated)
        {
            return new(standing, [alive], []);
        }

        var measured = Readings(chunk, place, dating);
        var isFresh = measured.ToLookup(seen => seen.Age <= Judge.FreshFor(world.Monitors[seen.Monitor].Definition));
        var fresh = isFresh[true].ToList();
        var newest = measured.Length > 0 ? measured.Min(static seen => seen.Age) : (TimeSpan?)null;
        return new(
            standing with
            {
                Accepted = chunk.Number,
                Lag = newest ?? standing.Lag,
                Late = before.Late + measured.Length - fresh.Count,
                Ignored = before.Ignored + chunk.Readings.Count - measured.Length,
            },
            [alive, .. Controls(chunk, place, dating).Concat(fresh).OrderByDescending(static sign => sign.Age)],
            measured)
        {
            Late = Overdue(chunk, place, dating, isFresh[false]),
        };
    }

    private static ImmutableArray<Observation> Readings(Chunk chunk, PlaceView place, Dating dating) =>
    [
        .. from sent in chunk.Readings
           where place.Watches(sent.Monitor)
           let age = dating.AgeOf(chunk.Run, sent.WallMs, sent.SteadyMs)
           where age is not null
           select new Observation(
               new(sent.Monitor), place.Id, dating.Now - age.Value, ReportLimits.ReadingOf(sent.Said)!.Value, sent.Reason,
               TimeSpan.FromMilliseconds(sent.TookMs))
           {
               Age = age.Value,
               Phases = [.. (sent.Phases ?? []).Select(static one => new Phase(one.Name, TimeSpan.FromMilliseconds(one.TookMs)))],
               Measurements = [.. (sent.Measured ?? []).Select(static one => new Measurement(one.Name, one.Value, one.Unit))],
           },
    ];

    private static ImmutableArray<Sign> Overdue(Chunk chunk, PlaceView place, Dating dating, IEnumerable<Observation> seen) =>
    [
        .. seen.Select(static one => (Sign)new LateReading(one.Monitor, one.Vantage, one.At, one.Reading) { Age = one.Age })
            .Concat(
                from sent in chunk.Controls
                where place.Plan.Controls.Contains(sent.Target)
                let age = dating.AgeOf(chunk.Run, sent.WallMs, sent.SteadyMs)
                where age > Lookout.Fresh
                select new LateControl(place.Id, sent.Target, dating.Now - age.Value, sent.Answered) { Age = age.Value })
            .OrderByDescending(static sign => sign.Age),
    ];

    /// <summary>How it saw then says nothing of how it sees now.</summary>
    private static IEnumerable<Sign> Controls(Chunk chunk, PlaceView place, Dating dating) =>
        from sent in chunk.Controls
        where place.Plan.Controls.Contains(sent.Target)
        let age = dating.AgeOf(chunk.Run, sent.WallMs, sent.SteadyMs)
        where age <= Lookout.Fresh
        select new ControlReading(place.Id, sent.Target, dating.Now - age.Value, sent.Answered, sent.Reason) { Age = age.Value };
}
