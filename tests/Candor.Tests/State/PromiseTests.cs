using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class PromiseTests
{
    private static readonly DateTimeOffset Due = T0.AddMinutes(31);

    [Fact]
    public void A_word_in_time_keeps_it_and_a_word_too_late_does_not()
    {
        var kept = Promised().Says("Here it is.");
        var late = Promised();
        late.Happens(new IncidentUpdated(Due.AddMinutes(1), Id, 2, null, "Sorry.", Automatic: false, []));

        Assert.Equal(PromiseState.Kept, Assert.Single(kept.Incident.Promises).StateAt(Due.AddHours(1)));
        Assert.Equal(PromiseState.Late, Assert.Single(late.Incident.Promises).StateAt(Due.AddHours(1)));
        Assert.Null(kept.Incident.Promise);
    }

    [Fact]
    public void It_is_pending_until_its_moment_and_overdue_after_it()
    {
        var promise = Promised().Incident.Promise!;

        Assert.Equal((PromiseState.Pending, PromiseState.Overdue), (promise.StateAt(Due), promise.StateAt(Due.AddSeconds(1))));
    }

    [Fact]
    public void What_automation_says_keeps_nobodys_promise()
    {
        var told = Promised().Happens(new IncidentUpdated(T0.AddMinutes(2), Id, 2, null, "Still down.", Automatic: true, []));

        Assert.Equal(Due, told.Incident.Promise!.DueAt);
    }

    [Fact]
    public void It_is_moved_or_withdrawn_without_another_word_and_stays_on_record()
    {
        var told = Promised().Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, Due.AddHours(1)))
            .Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, null));

        Assert.Null(told.Incident.Promise);
        Assert.Equal(
            [(Due, PromiseState.Withdrawn), (Due.AddHours(1), PromiseState.Withdrawn)],
            told.Incident.Promises.Select(promise => (promise.DueAt, promise.StateAt(Due))));
    }

    [Fact]
    public void Its_author_is_reminded_once_five_minutes_before_and_that_it_was_broken_is_a_fact_once()
    {
        var told = Promised();
        Assert.Empty(PromiseClock.Due(told.World, Due.AddMinutes(-6)));

        var reminded = Assert.IsType<NextUpdateReminded>(Assert.Single(PromiseClock.Due(told.World, Due.AddMinutes(-5))));
        told.Happens(reminded);
        Assert.Empty(PromiseClock.Due(told.World, Due));

        told.Happens(Assert.IsType<NextUpdateMissed>(Assert.Single(PromiseClock.Due(told.World, Due.AddSeconds(1)))));
        Assert.Empty(PromiseClock.Due(told.World, Due.AddHours(9)));
    }

    [Fact]
    public void A_short_promise_is_reminded_of_at_half_its_time() =>
        Assert.Equal(T0.AddMinutes(2), PromiseClock.RemindAt(new(T0, T0.AddMinutes(4))));

    [Fact]
    public void Nothing_is_promised_for_the_past_for_next_year_or_after_the_end()
    {
        var told = new Told().Opened();

        Assert.Equal(
            ["in_past", "too_far", "nothing_follows"],
            new[]
            {
                told.Refused((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, at)),
                told.Refused((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, at.AddYears(1))),
                told.Refused((w, at) => IncidentDecisions.Post(w, at, Ann, Id,
                    new(IncidentStatus.Resolved, "Done.", []) { NextUpdateBy = at.AddHours(1) })),
            }.Select(refusal => refusal.Code));
    }

    private static Told Promised() => new Told().Do((w, at) => IncidentDecisions.Open(w, at, Ann, Id,
        new("Trouble", "Looking.", IncidentStatus.Investigating, []) { NextUpdateBy = Due }));
}
