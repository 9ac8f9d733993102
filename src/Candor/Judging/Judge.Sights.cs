using Candor.Effects;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <content>The votes, one by one, for people to look at.</content>
internal static partial class Judge
{
    /// <summary>What each place that should watch a monitor sees of it at this moment, in the order of the settings.</summary>
    public static IReadOnlyList<Sight> SightsOf(Bench bench, World world, Monitor monitor, Moment now)
    {
        var docket = bench.Dockets.GetValueOrDefault(monitor.Id);
        return [.. VantagesOf(world, monitor.Definition).Select(place => SightOf(bench, docket, world, monitor, place, now))];
    }

    private static Sight SightOf(Bench bench, Docket? docket, World world, Monitor monitor, VantageId place, Moment now)
    {
        var lookout = LookoutOf(bench, world, place, now);
        var sees = lookout.Status == VantageStatus.Live || LooksInward(monitor.Definition);
        var last = docket?.Sightings.GetValueOrDefault(place);
        return sees && Usable(last, lookout, monitor, now) is { } vote
            ? new(place, Saw(vote), vote.Reason, last!.At)
            : new(place, Verdict.Unknown, sees ? "no fresh reading" : lookout.Reason, last?.At);
    }

    private static Verdict Saw(Sighting vote) => vote switch
    {
        { Settled: Reading.Bad, Witnessed: true } => Verdict.Down,
        { Settled: Reading.Slow } => Verdict.Degraded,
        { Settled: Reading.Good } => Verdict.Up,
        _ => Verdict.Unknown,
    };
}

/// <summary>What one place sees of one monitor.</summary>
/// <param name="Reason">Its newest words, or why it says nothing.</param>
/// <param name="ReadAt">When it last looked, or null where it has not yet.</param>
internal sealed record Sight(VantageId Place, Verdict Saw, string Reason, DateTimeOffset? ReadAt);
