using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

/// <summary>What responders are reminded of, as timetables.</summary>
public sealed class ReminderTests
{
    private static readonly SubscriberId Ada = new("ada000000000");
    private static readonly Topic Trouble = Topic.Of(Id);
    private static readonly MaintenanceId Disks = new("maintenance1");

    [Fact]
    public void Where_nobody_is_on_duty_nothing_happens()
    {
        var told = new Told().Opened();
        told.Happens(new SubscriberJoined(T0, Ada, new("email"), Confirmed: true));

        Assert.Empty(ReminderClock.Due(told.World, T0.AddHours(9)));
    }

    [Fact]
    public void A_promise_is_reminded_of_before_its_moment_and_every_five_minutes_until_there_is_a_word()
    {
        var told = OnDuty().Opened();
        var due = told.Now.AddMinutes(30);
        told.Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, due));
        Assert.Empty(ReminderClock.Due(told.World, due.AddMinutes(-6)));

        var first = Tick(told, due.AddMinutes(-5))!;
        Assert.Equal((Trouble, ReminderCause.Promise, due), (first.About, first.Cause, first.DueAt));
        Assert.Null(Tick(told, due.AddSeconds(-1)));
        Assert.NotNull(Tick(told, due));
        told.Happens(new IncidentUpdated(due.AddMinutes(1), Id, 2, null, "Here it is.", Automatic: false, []));

        Assert.Null(Tick(told, due.AddMinutes(20)));
        Assert.True(ReminderClock.IsSettled(told.World, told.World.Reminders[Trouble]));
    }

    [Fact]
    public void Who_acknowledged_first_is_who_has_it_in_hand()
    {
        var raised = Reminder.Fold(null, new ReminderRaised(T0, Trouble, ReminderCause.Silence, T0));
        var first = Reminder.Fold(raised, new ReminderAcknowledged(T0.AddMinutes(1), Trouble) { Subscriber = Ada });
        var second = Reminder.Fold(first, new ReminderAcknowledged(T0.AddMinutes(2), Trouble) { By = Ann });

        Assert.Equal((T0.AddMinutes(1), (SubscriberId?)Ada, (Actor?)null), (second.AcknowledgedAt, second.AcknowledgedAs, second.AcknowledgedBy));
    }

    [Fact]
    public void Six_times_are_enough_and_a_clock_that_was_away_brings_one_and_not_six()
    {
        var told = OnDuty().Opened();
        var silent = told.Now + ReminderPolicy.Default.Silence;
        Assert.Null(Tick(told, silent.AddSeconds(-1)));

        Assert.Equal(ReminderCause.Silence, Tick(told, silent.AddHours(5))!.Cause);
        for (var i = 1; i < ReminderPolicy.Default.Times; i++)
        {
            Assert.NotNull(Tick(told, silent.AddHours(5 + i)));
        }

        Assert.Null(Tick(told, silent.AddDays(2)));
    }

    [Fact]
    public void An_owner_says_after_how_long_how_soon_again_and_how_often()
    {
        var told = OnDuty().Opened();
        told.Happens(new PolicyConfigured(told.Now, Policy.Default with { Reminders = new(TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromMinutes(2), 2) }));
        var silent = told.Now.AddMinutes(20);

        Assert.Null(Tick(told, silent.AddSeconds(-1)));
        Assert.NotNull(Tick(told, silent));
        Assert.Null(Tick(told, silent.AddSeconds(119)));
        Assert.NotNull(Tick(told, silent.AddMinutes(2)));
        Assert.Null(Tick(told, silent.AddHours(9)));
    }

    [Fact]
    public void Whoever_acknowledges_ends_it_for_everybody_until_the_next_occasion()
    {
        var told = OnDuty().Opened();
        var silent = told.Now + ReminderPolicy.Default.Silence;
        Tick(told, silent);

        told.Happens([.. ReminderClock.Acknowledge(told.World, silent.AddMinutes(1), Trouble, Ada, OccasionIn(told)).Events]);

        Assert.Null(Tick(told, silent.AddHours(3)));
        Assert.Empty(ReminderClock.Acknowledge(told.World, silent.AddMinutes(2), Trouble, Ada, OccasionIn(told)).Events);
        told.Happens(new IncidentUpdated(silent.AddHours(4), Id, 2, null, "Still looking.", Automatic: false, []));
        Assert.Null(Tick(told, silent.AddHours(4)));
        Assert.Equal(3, TickedTimes(told, silent.AddHours(5)));
    }

    [Fact]
    public void A_link_is_good_for_its_occasion_and_for_who_is_on_duty()
    {
        var told = OnDuty().Opened();
        var due = told.Now.AddMinutes(30);
        told.Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, due));
        Tick(told, due);
        var before = OccasionIn(told);
        told.Happens(new IncidentUpdated(due.AddMinutes(1), Id, 2, null, "Here it is.", Automatic: false, []));
        Assert.Empty(ReminderClock.Acknowledge(told.World, due.AddMinutes(2), Trouble, Ada, before).Events);

        var next = due.AddHours(4);
        told.Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, next));
        Tick(told, next);
        Assert.Equal("another_occasion", ReminderClock.Acknowledge(told.World, next, Trouble, Ada, before).Refusal?.Code);
        Assert.Equal("another_occasion", ReminderClock.Acknowledge(told.World, next, Trouble, Ada, "").Refusal?.Code);
        Assert.Single(ReminderClock.Acknowledge(told.World, next, Trouble, Ada, OccasionIn(told)).Events);

        told.Happens(new SubscriberWishesChanged(next, Ada, told.World.Subscribers[Ada].Wishes with { Reminders = false }));
        Assert.Equal("off_duty", ReminderClock.Acknowledge(told.World, next, Trouble, Ada, OccasionIn(told)).Refusal?.Code);
        told.Happens(new SubscriberWishesChanged(next, Ada, told.World.Subscribers[Ada].Wishes with { Reminders = true }), new SubscriberLeft(next, Ada));
        Assert.Equal("off_duty", ReminderClock.Acknowledge(told.World, next, Trouble, Ada, OccasionIn(told)).Refusal?.Code);
    }

    [Fact]
    public void Planned_work_is_reminded_of_a_quarter_of_an_hour_before_and_until_it_begins()
    {
        var told = OnDuty();
        var begins = told.Now.AddHours(2);
        var plan = new MaintenancePlan("Disks", begins, begins.AddHours(1), [Mail]);
        told.Happens(new MaintenanceScheduled(told.Now, Disks, plan, "New ones.", Ann));
        Assert.Null(Tick(told, begins.AddMinutes(-16)));

        Assert.Equal(ReminderCause.Beginning, Tick(told, begins.AddMinutes(-15))!.Cause);
        told.Happens(new MaintenanceUpdated(begins, Disks, 2, MaintenanceStatus.InProgress, "We begin.", Automatic: false));

        Assert.Null(Tick(told, begins.AddMinutes(5)));
    }

    [Fact]
    public void What_nobody_was_reminded_of_cannot_be_acknowledged_and_drafts_and_old_stories_need_no_word()
    {
        var told = OnDuty();
        told.Happens(new IncidentOpened(T0, Id, "Draft", T0, Automatic: true, Published: false, "Looks bad.", []));

        Assert.Null(Tick(told, T0.AddDays(1)));
        Assert.Equal("no_reminder", ReminderClock.Acknowledge(told.World, T0, Trouble, Ada, "").Refusal?.Code);
        Assert.Equal("no_reminder", ReminderClock.Acknowledge(told.World, T0, new("nonsense"), Ada, "").Refusal?.Code);
    }

    [Fact]
    public void A_list_that_says_so_leaves_a_responder_on_duty_and_whoever_leaves_is_not()
    {
        var told = OnDuty();
        told.Do((w, at) => SubscriberDecisions.Enter(w, at, Ada, new("email") { MinimumImpact = Impact.Major, Reminders = true }, ask: false, Ann));
        Assert.Equal((true, Impact.Major), (told.World.Subscribers[Ada].Wishes.Reminders, told.World.Subscribers[Ada].Wishes.MinimumImpact));
        Assert.Equal(Ada, Assert.Single(told.World.OnDuty));

        told.Do((w, at) => SubscriberDecisions.Leave(w, at, Ada, by: null));

        Assert.Empty(told.World.OnDuty);
        Assert.Equal("not_told", SubscriberDecisions.Remind(told.World, T0, Ada, reminded: true).Refusal?.Code);
    }

    private static Told OnDuty()
    {
        var told = new Told();
        told.Happens(new SubscriberJoined(T0, Ada, new("email"), Confirmed: true));
        return told.Do(static (w, at) => SubscriberDecisions.Remind(w, at, Ada, reminded: true));
    }

    private static ReminderRaised? Tick(Told told, DateTimeOffset now)
    {
        var raised = (ReminderRaised?)ReminderClock.Due(told.World, now).SingleOrDefault();
        if (raised is not null)
        {
            told.Happens(raised);
        }

        return raised;
    }

    /// <summary>The number of the next reminder: those of earlier occasions keep theirs.</summary>
    private static string OccasionIn(Told told) => told.World.Reminders[Trouble].Occasion;

    private static int TickedTimes(Told told, DateTimeOffset now)
    {
        Assert.NotNull(Tick(told, now));
        Assert.NotNull(Tick(told, now.AddMinutes(5)));
        return told.World.Reminders[Trouble].RaisedAt.Length;
    }
}
