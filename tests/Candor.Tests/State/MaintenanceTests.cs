using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class MaintenanceTests
{
    private static readonly MaintenanceId Id = new("maintenance1");
    private static readonly SeriesId Weekly = new("series000001");
    private static readonly DateTimeOffset Start = T0.AddHours(2);
    private static readonly DateTimeOffset End = T0.AddHours(4);

    private static readonly MaintenancePlan Plan = new("Disks", Start, End, [Mail])
    {
        StartsByItself = true,
        EndsByItself = true,
        MarksComponents = true,
        RestoresComponents = true,
        RemindBefore = TimeSpan.FromHours(1),
    };

    [Fact]
    public void It_reminds_begins_and_ends_by_itself_each_once_and_its_components_with_it()
    {
        var told = Scheduled(Plan);
        Assert.Empty(MaintenanceClock.Due(told.World, Start.AddHours(-1).AddSeconds(-1)));

        Assert.IsType<MaintenanceReminded>(Assert.Single(Tick(told, Start.AddMinutes(-60))));
        Assert.Empty(Tick(told, Start.AddSeconds(-1)));
        Tick(told, Start);
        Assert.Equal((MaintenanceStatus.InProgress, ComponentStatus.UnderMaintenance), (The(told).Status, told.World.Components[Mail].State.Status));
        Assert.Empty(Tick(told, End.AddSeconds(-1)));
        Tick(told, End);

        Assert.Equal((MaintenanceStatus.Completed, ComponentStatus.Operational), (The(told).Status, told.World.Components[Mail].State.Status));
        Assert.Empty(Tick(told, End.AddDays(1)));
        Assert.Equal([1, 2, 3], The(told).Updates.Select(update => update.Seq));
        Assert.Empty(told.World.OpenMaintenances);
    }

    [Fact]
    public void It_is_watched_for_as_long_as_planned_before_it_ends()
    {
        var told = Scheduled(Plan with { VerifyFor = TimeSpan.FromMinutes(30), RemindBefore = null });
        Tick(told, Start);
        Tick(told, End);
        Assert.Equal(MaintenanceStatus.Verifying, The(told).Status);
        Assert.Empty(Tick(told, End.AddMinutes(29)));

        Tick(told, End.AddMinutes(30));

        Assert.Equal(MaintenanceStatus.Completed, The(told).Status);
    }

    [Fact]
    public void What_does_nothing_by_itself_waits_for_a_person()
    {
        var told = Scheduled(Plan with { StartsByItself = false, EndsByItself = false, RemindBefore = null });
        Assert.Empty(MaintenanceClock.Due(told.World, End.AddDays(9)));

        told.Do((w, at) => MaintenanceDecisions.Post(w, at, Ann, Id, new(MaintenanceStatus.InProgress, "We begin.")))
            .Do((w, at) => MaintenanceDecisions.Post(w, at, Ann, Id, new(null, "Half way.")))
            .Do((w, at) => MaintenanceDecisions.Post(w, at, Ann, Id, new(MaintenanceStatus.Completed, "Done.")));

        Assert.Equal([false, false, true, false], The(told).Updates.Select(update => update.KeepsStatus));
        Assert.NotNull(The(told).CompletedAt);
    }

    [Fact]
    public void What_was_worse_before_stays_worse_and_is_not_restored()
    {
        var told = Scheduled(Plan).Opened(On(Mail, ComponentStatus.MajorOutage));

        Tick(told, Start);
        Assert.Equal(ComponentStatus.MajorOutage, told.World.Components[Mail].State.Status);
        Tick(told, End);

        Assert.Equal(ComponentStatus.MajorOutage, told.World.Components[Mail].State.Status);
    }

    [Fact]
    public void A_component_of_two_maintenances_is_restored_by_the_last()
    {
        MaintenanceId other = new("maintenance2");
        var told = Scheduled(Plan).Do((w, at) => MaintenanceDecisions.Schedule(w, at, Ann, other, new(Plan with { ScheduledUntil = End.AddHours(1) }, "B.")));
        Tick(told, Start);
        Tick(told, End);
        Assert.Equal(ComponentStatus.UnderMaintenance, told.World.Components[Mail].State.Status);

        Tick(told, End.AddHours(1));

        Assert.Equal(ComponentStatus.Operational, told.World.Components[Mail].State.Status);
    }

    [Fact]
    public void Two_that_end_at_one_moment_free_their_component()
    {
        var told = Scheduled(Plan).Do((w, at) => MaintenanceDecisions.Schedule(w, at, Ann, new("maintenance2"), new(Plan, "B.")));
        Tick(told, Start);
        Tick(told, End);

        Assert.Equal(ComponentStatus.Operational, told.World.Components[Mail].State.Status);
    }

    [Fact]
    public void One_whose_whole_time_passed_while_nobody_watched_is_over_without_having_begun()
    {
        var told = Scheduled(Plan);

        var said = Assert.IsType<MaintenanceUpdated>(Assert.Single(Tick(told, End.AddDays(3))));

        Assert.True(said is { Status: MaintenanceStatus.Completed, Quiet: true });
        Assert.Null(The(told).StartedAt);
    }

    [Fact]
    public void A_moved_one_keeps_what_was_announced_and_reminds_again()
    {
        var told = Scheduled(Plan);
        Tick(told, Start.AddMinutes(-30));

        told.Do((w, at) => MaintenanceDecisions.Reschedule(w, at, Ann, Id, Start.AddDays(1), End.AddDays(1)));

        Assert.Equal((Start, End), (The(told).Reschedulings[0].Before, The(told).Reschedulings[0].BeforeUntil));
        Assert.Empty(Tick(told, Start));
        Assert.IsType<MaintenanceReminded>(Assert.Single(Tick(told, Start.AddDays(1).AddMinutes(-30))));
    }

    [Fact]
    public void A_cancelled_one_frees_its_components_and_does_nothing_more()
    {
        var told = Scheduled(Plan);
        Tick(told, Start);

        told.Do((w, at) => MaintenanceDecisions.Cancel(w, at, Ann, Id, "The part did not come."));

        Assert.Equal(ComponentStatus.Operational, told.World.Components[Mail].State.Status);
        Assert.Empty(MaintenanceClock.Due(told.World, End));
        Assert.Equal("already_over", told.Refused((w, at) => MaintenanceDecisions.Cancel(w, at, Ann, Id, "Again.")).Code);
    }

    [Fact]
    public void Words_are_edited_and_taken_away_visibly_here_too()
    {
        var told = Scheduled(Plan)
            .Do((w, at) => MaintenanceDecisions.Edit(w, at, Ann, Id, new(1, "Other words.", Typo: true)));
        Assert.Equal("We change disks.", The(told).Updates[0].Edits[0].Before);

        told.Do((w, at) => MaintenanceDecisions.Remove(w, at, Ann, Id, "Wrong page."));

        Assert.Equal(("Removed maintenance", ""), (The(told).Title, The(told).Updates[0].Body));
        Assert.False(The(told).IsOpen);
    }

    [Fact]
    public void A_series_announces_a_month_ahead_keeps_its_wall_clock_across_daylight_saving_and_repeats_nothing()
    {
        var told = Recurring();
        var world = told.World;
        for (var day = 0; day < 400; day++)
        {
            world = MaintenanceClock.Due(world, T0.AddDays(day)).Aggregate(world, World.Fold);
            world = MaintenanceClock.Due(world, T0.AddDays(day)).Aggregate(world, World.Fold);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var made = world.Maintenances.Values.OrderBy(one => one.Plan.ScheduledFor).ToList();
        Assert.Equal(61, made.Count);
        Assert.All(made, one =>
        {
            var wall = LocalTime.WallOf(one.Plan.ScheduledFor, zone);
            Assert.Equal(wall.Date == new DateTime(2027, 3, 28) ? new TimeSpan(3, 30, 0) : new TimeSpan(2, 30, 0), wall.TimeOfDay);
            Assert.Equal(TimeSpan.FromHours(2), one.Plan.ScheduledUntil - one.Plan.ScheduledFor);
            Assert.InRange(one.Plan.ScheduledFor - one.CreatedAt, TimeSpan.Zero, TimeSpan.FromDays(31));
        });
        Assert.DoesNotContain(made, one => LocalTime.WallOf(one.Plan.ScheduledFor, zone).Date == new DateTime(2026, 12, 6));
    }

    [Fact]
    public void A_changed_series_takes_what_it_announced_with_it()
    {
        var told = Recurring();
        Tick(told, T0);
        var before = told.World.OpenMaintenances.Count;

        told.Do((w, at) => MaintenanceDecisions.ScheduleSeries(w, at, Ann, Weekly, Series("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU") with { Lasts = TimeSpan.FromHours(1) }));

        Assert.True(before > told.World.OpenMaintenances.Count);
        Assert.All(told.World.OpenMaintenances, id => Assert.Equal(
            TimeSpan.FromHours(1), told.World.Maintenances[id].Plan.ScheduledUntil - told.World.Maintenances[id].Plan.ScheduledFor));
        Assert.All(told.World.Maintenances.Values.Where(one => !one.IsOpen), one => Assert.NotNull(one.Cancelled));
    }

    [Fact]
    public void An_ended_series_announces_nothing_more_and_one_occurrence_can_be_called_off()
    {
        var told = Recurring();
        Tick(told, T0);
        var first = told.World.Maintenances.Values.MinBy(one => one.Plan.ScheduledFor)!.Id;
        told.Do((w, at) => MaintenanceDecisions.Cancel(w, at, Ann, first, "Not this week."));
        Assert.Empty(MaintenanceClock.Due(told.World, T0));

        told.Do((w, at) => MaintenanceDecisions.EndSeries(w, at, Ann, Weekly));

        Assert.Empty(MaintenanceClock.Due(told.World, T0.AddDays(60)).OfType<MaintenanceScheduled>());
    }

    [Fact]
    public void A_maintenance_of_the_past_is_entered_as_it_was()
    {
        var then = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var told = new Told().Do((w, at) => MaintenanceDecisions.Backfill(w, at, Actor.Import("statuspage"), Id, new(
            Plan with { ScheduledFor = then, ScheduledUntil = then.AddHours(2) },
            [
                new(then.AddDays(-7), null, "We will."),
                new(then, MaintenanceStatus.InProgress, "We do."),
                new(then.AddHours(1), MaintenanceStatus.Completed, "We did."),
            ])));

        Assert.True(The(told) is { Backfilled: true, Status: MaintenanceStatus.Completed });
        Assert.Equal((then.AddDays(-7), then, then.AddHours(1)), (The(told).CreatedAt, The(told).StartedAt, The(told).CompletedAt));
    }

    [Fact]
    public void What_cannot_be_planned_is_refused_with_the_remedy()
    {
        var told = new Told();
        string Of(MaintenancePlan plan) =>
            told.Refused((w, at) => MaintenanceDecisions.Schedule(w, at, Ann, Id, new(plan, "Words."))).Code;

        Assert.Equal(
            ["ends_before_start", "too_long", "in_past", "too_far", "no_such_component", "empty", "out_of_range"],
            new[]
            {
                Of(Plan with { ScheduledUntil = Start }), Of(Plan with { ScheduledUntil = Start.AddDays(40) }),
                Of(Plan with { ScheduledFor = T0.AddDays(-2), ScheduledUntil = T0.AddDays(-1) }),
                Of(Plan with { ScheduledFor = T0.AddYears(9), ScheduledUntil = T0.AddYears(9).AddHours(1) }),
                Of(Plan with { Components = [new("nobody")] }), Of(Plan with { Title = " " }), Of(Plan with { VerifyFor = TimeSpan.FromDays(8) }),
            });
        Assert.Equal(
            ["bad_rule", "no_such_zone", "never", "out_of_range", "too_far", "too_far"],
            new[]
            {
                Series("FREQ=NEVER"), Series("FREQ=DAILY") with { Zone = "Mars/Olympus" },
                Series("FREQ=DAILY;UNTIL=20200101"), Series("FREQ=DAILY") with { Lasts = TimeSpan.Zero },
                Series("FREQ=DAILY") with { FirstLocal = DateTime.MaxValue }, Series("FREQ=DAILY") with { FirstLocal = DateTime.MinValue },
            }.Select(wish => told.Refused((w, at) => MaintenanceDecisions.ScheduleSeries(w, at, Ann, Weekly, wish)).Code));
    }

    private static ScheduleSeries Series(string rule) =>
        new(rule, new DateTime(2026, 11, 22, 2, 30, 0), "Europe/Berlin", TimeSpan.FromHours(2), Plan, "We change disks.")
        {
            Except = [new DateTime(2026, 12, 6, 2, 30, 0)],
        };

    private static Told Recurring() => new Told().Do((w, at) => MaintenanceDecisions.ScheduleSeries(w, at, Ann, Weekly, Series("FREQ=WEEKLY;BYDAY=SU")));

    private static Told Scheduled(MaintenancePlan plan) =>
        new Told().Do((w, at) => MaintenanceDecisions.Schedule(w, at, Ann, Id, new(plan, "We change disks.")));

    private static Maintenance The(Told told) => told.World.Maintenances[Id];

    private static List<Event> Tick(Told told, DateTimeOffset now)
    {
        List<Event> due = [.. MaintenanceClock.Due(told.World, now)];
        told.Happens([.. due]);
        return due;
    }
}
