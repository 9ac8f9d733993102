using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class BackfillTests
{
    private static readonly DateTimeOffset Then = new(2021, 2, 16, 7, 9, 0, TimeSpan.Zero);

    private static readonly BackfillIncident Wish = new("Sending fails", Then,
    [
        new(Then.AddMinutes(3), IncidentStatus.Investigating, "We look.") { Components = [On(Mail, ComponentStatus.MajorOutage)] },
        new(Then.AddMinutes(9), null, "Still looking."),
        new(Then.AddHours(3), IncidentStatus.Resolved, "It works.") { Components = [On(Mail, ComponentStatus.Operational)] },
    ])
    {
        Downtimes = [new(Then, Then.AddHours(1)), new(Then.AddHours(2), Then.AddHours(3))],
        Origin = "statuspage:abc",
    };

    [Fact]
    public void It_stands_where_it_was_says_nothing_to_anybody_and_moves_no_component()
    {
        var told = new Told();
        var before = told.World.Components[Mail];

        told.Do((w, at) => IncidentDecisions.Backfill(w, at, Actor.Import("statuspage"), Id, Wish));

        Assert.True(told.Incident is { Backfilled: true, Published: true, IsOpen: false });
        Assert.Equal((Then, Then.AddMinutes(3), Then.AddHours(3)), (told.Incident.StartedAt, told.Incident.CreatedAt, told.Incident.ResolvedAt));
        Assert.All(told.Incident.Updates, update => Assert.True(update is { Quiet: true, IsBackdated: true }));
        Assert.Equal([true, false], told.Incident.Updates.Skip(1).Select(update => update.KeepsStatus));
        Assert.Equal(Wish.Downtimes.AsEnumerable(), told.Incident.Downtimes);
        Assert.Equal([new(Then.AddMinutes(3), Then.AddHours(3), ComponentStatus.MajorOutage)], told.Incident.IntervalsOf(Mail));
        Assert.Equal(before, told.World.Components[Mail]);
    }

    [Fact]
    public void What_was_made_from_one_source_once_is_not_made_again()
    {
        var told = new Told().Do((w, at) => IncidentDecisions.Backfill(w, at, Ann, Id, Wish));

        Assert.Equal("already_made", told.Refused((w, at) => IncidentDecisions.Backfill(w, at, Ann, Other, Wish)).Code);
    }

    [Fact]
    public void Whatever_does_not_lie_in_the_past_in_order_is_refused() => Assert.Equal(
        ["empty", "in_future", "not_in_order", "ends_before_start", "no_such_component"],
        new[]
        {
            Wish with { Updates = [] },
            Wish with { Updates = [Wish.Updates[0], new(T0.AddYears(1), null, "Later.")] },
            Wish with { Updates = [Wish.Updates[2], Wish.Updates[0]] },
            Wish with { Downtimes = [new(Then, Then.AddHours(-1))] },
            Wish with { Components = [new(new("nobody"), ComponentStatus.MajorOutage, Then)] },
        }.Select(wish => new Told().Refused((w, at) => IncidentDecisions.Backfill(w, at, Ann, Id, wish)).Code));
}
