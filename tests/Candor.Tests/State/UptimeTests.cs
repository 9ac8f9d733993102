using Candor.State;
using Candor.State.Maintenances;
using FsCheck;
using FsCheck.Fluent;

namespace Candor.Tests.State;

public sealed class UptimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Birth = Now.AddDays(-200);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void One_second_of_outage_in_ninety_days_is_not_a_hundred_percent()
    {
        var component = Component((Birth, Operational), (Now.AddDays(-30), Outage), (Now.AddDays(-30).AddSeconds(1), Operational));

        Assert.Equal(99.99m, Percent(component));
    }

    [Fact]
    public void Ninety_days_well_are_exactly_a_hundred_percent() =>
        Assert.Equal(100m, Percent(Component((Birth, Operational))));

    [Fact]
    public void Ninety_days_down_are_exactly_nothing() => Assert.Equal(0m, Percent(Component((Birth, Outage))));

    [Fact]
    public void A_partial_outage_takes_three_tenths() =>
        Assert.Equal(70m, Percent(Component((Birth, new(ComponentStatus.PartialOutage)))));

    [Fact]
    public void Degraded_performance_counts_as_up() =>
        Assert.Equal(100m, Percent(Component((Birth, new(ComponentStatus.DegradedPerformance)))));

    [Fact]
    public void Time_that_nobody_saw_counts_on_neither_side()
    {
        var half = Component((Birth, Outage), (Now.AddDays(-2), Operational), (Now.AddDays(-1), new(ComponentStatus.Operational, Known: false)));

        var days = Uptime.Of(half, TimeZoneInfo.Utc, Now, Now, count: 2);

        Assert.Equal(100m, Uptime.Sum(days).Percent);
        Assert.Equal(TimeSpan.FromDays(1), Uptime.Sum(days).Unknown);
    }

    [Fact]
    public void Maintenance_counts_on_neither_side()
    {
        var component = Component((Birth, Operational), (Now.AddDays(-1), new(ComponentStatus.UnderMaintenance)));

        Assert.Equal(100m, Percent(component));
        Assert.Equal(TimeSpan.FromDays(1), Uptime.Sum(Days(component)).Maintenance);
    }

    [Fact]
    public void Nothing_seen_at_all_is_no_number_rather_than_a_good_one() =>
        Assert.Null(Percent(Component()));

    [Fact]
    public void Days_before_the_component_existed_are_absent()
    {
        var component = Component(Now.AddDays(-10), (Now.AddDays(-10), Operational));

        var days = Days(component);

        Assert.Equal(79, days.TakeWhile(day => day.Absent).Count());
        Assert.Equal(TimeSpan.FromDays(10), Uptime.Sum(days).Total);
    }

    [Fact]
    public void A_start_that_is_claimed_before_the_component_existed_adds_nothing() =>
        Assert.Equal(
            TimeSpan.FromDays(10),
            Uptime.Sum(Days(Component(Now.AddDays(-10), (Now.AddDays(-50), Operational)))).Total);

    [Fact]
    public void After_the_last_reading_the_history_is_not_evidence()
    {
        var component = Component((Birth, Operational));

        var today = Uptime.Of(component, TimeZoneInfo.Utc, Now, seenUntil: Now.AddHours(-4))[^1];

        Assert.Equal(TimeSpan.FromHours(4), today.Times.Unknown);
        Assert.Equal(TimeSpan.FromHours(6), today.Times.Operational);
        Assert.False(today.Worst.Known);
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-11-20", 24)]
    public void Days_are_as_long_as_they_are_in_the_zone(string date, int hours)
    {
        var days = Uptime.Of(Component(Birth.AddDays(-100), (Birth.AddDays(-100), Operational)), Berlin, Now, Now, count: 300);

        var day = days.Single(day => day.Date == DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(TimeSpan.FromHours(hours), day.Times.Total);
    }

    [Fact]
    public void A_day_that_begins_at_one_begins_at_one()
    {
        // Chile springs forward at midnight: September 6, 2026 has no 00:00.
        var santiago = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago");

        Assert.Equal(new DateTimeOffset(2026, 9, 6, 4, 0, 0, TimeSpan.Zero), Uptime.StartOf(new(2026, 9, 6), santiago));
    }

    [Fact]
    public void A_day_shows_its_worst_and_a_short_blink_does_not_hide_it()
    {
        var start = Uptime.StartOf(new(2026, 11, 20), TimeZoneInfo.Utc);
        var component = Component(
            (Birth, Operational),
            (start.AddHours(1), Outage), (start.AddHours(1).AddSeconds(5), Operational),
            (start.AddHours(3), new(ComponentStatus.Operational, Known: false)), (start.AddHours(9), Operational));

        Assert.Equal(Outage, Days(component)[^2].Worst);
    }

    [Fact]
    public void Not_seeing_for_less_than_five_minutes_does_not_colour_a_day()
    {
        var start = Uptime.StartOf(new(2026, 11, 20), TimeZoneInfo.Utc);
        var component = Component(
            (Birth, Operational),
            (start.AddHours(3), new(ComponentStatus.Operational, Known: false)), (start.AddHours(3).AddMinutes(4), Operational));

        Assert.Equal(Operational, Days(component)[^2].Worst);
        Assert.Equal(TimeSpan.FromMinutes(4), Days(component)[^2].Times.Unknown);
    }

    [Fact]
    public void Whatever_happened_the_days_add_up_and_the_number_is_a_percentage() =>
        Prop.ForAll(
            Gen.Choose(0, 5_000).Two().ListOf().ToArbitrary(),
            Gen.Choose(0, 250 * 1_440).ToArbitrary(),
            (steps, age) =>
            {
                var component = Made(steps, Now.AddMinutes(-age));
                var days = Uptime.Of(component, Berlin, Now, Now);
                var sum = Uptime.Sum(days);
                var from = Uptime.StartOf(days[0].Date, Berlin);
                var lived = Now - (component.CreatedAt > from ? component.CreatedAt : from);
                return sum.Total == lived
                    && sum == Uptime.Between(component, from, Now, Now)
                    && sum.Percent is null or (>= 0 and <= 100)
                    && sum.Percent == Raw(component, from)
                    && days.All(day => day.Times.Total <= TimeSpan.FromHours(25));
            }).QuickCheckThrowOnFailure();

    private static readonly ComponentState Operational = new(ComponentStatus.Operational);

    private static readonly ComponentState Outage = new(ComponentStatus.MajorOutage);

    private static System.Collections.Immutable.ImmutableArray<UptimeDay> Days(Component component) =>
        Uptime.Of(component, TimeZoneInfo.Utc, Now, Now);

    private static decimal? Percent(Component component) => Uptime.Sum(Days(component)).Percent;

    private static Component Component(params (DateTimeOffset At, ComponentState State)[] changes) => Component(Birth, changes);

    private static Component Component(DateTimeOffset birth, params (DateTimeOffset At, ComponentState State)[] changes) =>
        new(new(new("c"), "C", null, 0), birth, birth)
        {
            History = changes.Aggregate(Timeline<ComponentState>.Empty, (history, change) => history.Append(change.At, change.State)),
        };

    private static Component Made(IEnumerable<(int Minutes, int Kind)> steps, DateTimeOffset birth)
    {
        var at = birth;
        var changes = new List<(DateTimeOffset, ComponentState)>();
        foreach (var (minutes, kind) in steps)
        {
            at = at.AddMinutes(minutes);
            changes.Add((at, new((ComponentStatus)(kind % 5), kind % 7 != 0)));
        }

        return Component(birth, [.. changes.TakeWhile(change => change.Item1 < Now)]);
    }

    /// <summary>The same number another way: interval by interval, in fractions.</summary>
    private static decimal? Raw(Component component, DateTimeOffset from)
    {
        var start = component.CreatedAt > from ? component.CreatedAt : from;
        var counted = component.History.Between(start, Now)
            .Where(interval => interval.Value is { Known: true, Status: not ComponentStatus.UnderMaintenance }).ToList();
        decimal Ticks(Func<ComponentStatus, decimal> weight) =>
            counted.Sum(interval => (interval.Until!.Value - interval.From).Ticks * weight(interval.Value.Status));
        var all = Ticks(_ => 1);
        var good = Ticks(status => status switch
        {
            ComponentStatus.MajorOutage => 0,
            ComponentStatus.PartialOutage => 0.7m,
            _ => 1,
        });
        return all == 0 ? null : Math.Floor(good / all * 10_000) / 100;
    }
}
