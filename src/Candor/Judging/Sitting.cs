using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;

namespace Candor.Judging;

/// <summary>
/// Everything between readings and facts, as one pure step: the judge's bench and automation's stopwatches. Give it what
/// the vantage points reported, at least once a second also a tick; commit the facts it returns in one commit and go on
/// with the sitting it returns, or with what <see cref="Unstored"/> makes of it where the commit failed.
/// </summary>
internal sealed record Sitting(Bench Bench, Stopwatches Watches, Calendar Calendar)
{
    /// <summary>
    /// The world from which nothing followed when it was last gone through, and until when nothing can: as long as it is the
    /// very same and nothing in it has come due, statuses and incidents need not be gone through again.
    /// </summary>
    private Rest? AtRest { get; init; }

    /// <param name="aliveUntil">The last instant an earlier run of this node is known to have watched, or null.</param>
    public static Sitting Begin(Moment now, DateTimeOffset? aliveUntil) =>
        new(new Bench(now) { AliveUntil = aliveUntil }, Stopwatches.None, new(now));

    /// <summary>
    /// What to go on with where the facts of <paramref name="next"/> could not be stored: its bench, so that what the journal
    /// lacks is said again, and no wait that rests on them.
    /// </summary>
    public Sitting Unstored(Sitting next) => this with { Bench = next.Bench, Watches = Watches.Unstored(next.Watches) };

    /// <summary>Hears reports, in order. No facts come of it as long as they change nothing.</summary>
    public (Sitting Next, ImmutableArray<Event> Events) Hear(
        World world, IEnumerable<Sign> signs, Moment now, Func<IncidentId> newId)
    {
        var bench = Bench;
        var events = ImmutableArray.CreateBuilder<Event>();
        foreach (var sign in signs)
        {
            var ruling = Judge.Hear(bench, world, sign, now);
            bench = ruling.Bench;
            world = Take(world, ruling.Events, events);
        }

        return events.Count == 0 ? (this with { Bench = bench }, []) : Follow(bench, world, events, now, newId);
    }

    /// <summary>What follows from time having passed and from settings having changed.</summary>
    public (Sitting Next, ImmutableArray<Event> Events) Tick(World world, Moment now, Func<IncidentId> newId)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        var calendar = Calendar.Read(now);
        var ruling = Judge.Tick(Bench, world, now);
        world = Take(world, ruling.Events, events);
        var hindsight = Hindsight.Tick(ruling.Bench, world, now);
        world = Take(world, hindsight.Events, events);
        world = AtRest is { IsUnplanned: true } rest && ReferenceEquals(world, rest.World)
            ? world
            : Take(world, [.. FallenDue.At(world, calendar.At(now))], events);
        var (next, happened) = Follow(hindsight.Bench, world, events, now, newId);
        return (next with { Calendar = calendar }, happened);
    }

    private (Sitting Next, ImmutableArray<Event> Events) Follow(
        Bench bench, World world, ImmutableArray<Event>.Builder events, Moment now, Func<IncidentId> newId)
    {
        if (events.Count == 0 && AtRest is { } rest && ReferenceEquals(world, rest.World) && now.Steady < rest.Until)
        {
            return (this with { Bench = bench }, []);
        }

        world = Take(world, Statuses.Follow(world, now), events);
        var (watches, incidents, due) = Automation.Run(Watches, world, now, newId, bench.AnsweredBetween);
        events.AddRange(incidents);
        return (
            new(bench, watches, Calendar)
            {
                AtRest = events.Count == 0 ? new(world, due ?? TimeSpan.MaxValue, FallenDue.IsNothing(world)) : null,
            },
            events.DrainToImmutable());
    }

    private static World Take(World world, ImmutableArray<Event> happened, ImmutableArray<Event>.Builder events)
    {
        events.AddRange(happened);
        return happened.Aggregate(world, World.Fold);
    }

    /// <param name="Until">By the steady clock.</param>
    /// <param name="IsUnplanned">Nothing waits for a time of the calendar.</param>
    private sealed record Rest(World World, TimeSpan Until, bool IsUnplanned);
}
