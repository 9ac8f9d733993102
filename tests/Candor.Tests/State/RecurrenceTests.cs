using System.Globalization;
using Candor.State;
using Candor.State.Maintenances;
using FsCheck;
using FsCheck.Fluent;

namespace Candor.Tests.State;

public sealed class RecurrenceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=3;COUNT=3", "2026-11-21", "2026-11-21 2026-11-24 2026-11-27")]
    [InlineData("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "2026-11-21", "2026-11-21 2026-11-22 2026-11-28")]
    [InlineData("FREQ=WEEKLY;COUNT=2", "2026-11-21", "2026-11-21 2026-11-28")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA;COUNT=4", "2026-11-21", "2026-11-21 2026-11-30 2026-12-05 2026-12-14")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", "2026-11-01", "2026-11-10 2026-12-08 2027-01-12")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", "2026-11-01", "2026-11-29 2026-12-27")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "2026-11-01", "2026-12-31 2027-01-31 2027-03-31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2027-01-01", "2027-01-31 2027-02-28 2027-03-31")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "2026-11-01", "2026-11-13 2027-08-13")]
    [InlineData("FREQ=YEARLY;COUNT=2", "2024-02-29", "2024-02-29 2028-02-29")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=2", "2026-01-01", "2026-03-29 2027-03-28")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO;COUNT=2", "1997-05-19", "1997-05-19 1998-05-18")]
    [InlineData("FREQ=WEEKLY;UNTIL=20261205", "2026-11-21", "2026-11-21 2026-11-28 2026-12-05")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "2026-01-01", "")]
    public void It_occurs_on_these_days(string rule, string start, string days) => Assert.Equal(
        days,
        string.Join(' ', Read(rule).From(Date(start).AddHours(2)).Take(8).Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SU")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,-1;COUNT=5")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20301231T235959")]
    public void What_is_written_is_what_was_read(string rule) => Assert.Equal(rule, Read(rule).ToString());

    [Theory]
    [InlineData("FREQ=DAILY;UNTIL=99991231")]
    [InlineData("FREQ=YEARLY;INTERVAL=1000;COUNT=10000")]
    [InlineData("FREQ=MONTHLY;INTERVAL=1000;BYMONTHDAY=31;BYMONTH=2")]
    public void Even_the_strangest_rule_ends(string rule)
    {
        Assert.InRange(Read(rule).From(new DateTime(9400, 1, 1)).Take(100_000).Count(), 0, 99_999);
        Assert.Empty(Read(rule).From(DateTime.MaxValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BYDAY=SU")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=WEEKLY;BYDAY=2TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=6TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=0TU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20270101")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;INTERVAL=-1")]
    [InlineData("FREQ=DAILY;FREQ=DAILY")]
    [InlineData("FREQ=DAILY;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;UNTIL=tomorrow")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=3")]
    public void What_is_no_rule_here_is_answered_with_the_remedy(string rule)
    {
        var (_, fault) = Recurrence.Read(rule);

        Assert.NotNull(fault);
        Assert.EndsWith(".", fault);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "2026-03-29 01:30")] // skipped: read by the offset before, what clocks then call 03:30
    [InlineData("2026-03-29 01:59", "2026-03-29 00:59")]
    [InlineData("2026-03-29 03:00", "2026-03-29 01:00")]
    [InlineData("2026-10-25 02:30", "2026-10-25 00:30")] // twice: the first
    [InlineData("2026-10-25 03:00", "2026-10-25 02:00")]
    [InlineData("2026-07-01 12:00", "2026-07-01 10:00")]
    public void A_wall_clock_means_this_instant_across_daylight_saving(string local, string utc) =>
        Assert.Equal(new DateTimeOffset(Date(utc), TimeSpan.Zero), LocalTime.InstantOf(Date(local), Berlin));

    [Fact]
    public void Half_an_hour_of_daylight_saving_and_a_day_that_was_skipped_are_right_too()
    {
        var howe = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
        var apia = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia");

        Assert.Equal(new DateTime(2026, 10, 4, 2, 45, 0), LocalTime.WallOf(LocalTime.InstantOf(new(2026, 10, 4, 2, 15, 0), howe), howe));
        Assert.Equal(new DateTime(2011, 12, 31, 12, 0, 0), LocalTime.WallOf(LocalTime.InstantOf(new(2011, 12, 30, 12, 0, 0), apia), apia));
    }

    /// <summary>For every zone and day: a wall clock that exists is kept, one that does not moves forward, and order stays.</summary>
    [Fact]
    public void Wall_clocks_keep_their_time_or_move_forward_by_the_gap_and_never_run_backwards() =>
        Prop.ForAll(
            Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "UTC").ToArbitrary(),
            Gen.Choose(0, 60 * 24 * 365 * 5).ToArbitrary(),
            (id, minutes) =>
            {
                var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
                var wall = new DateTime(2024, 1, 1).AddMinutes(minutes);
                var instant = LocalTime.InstantOf(wall, zone);
                var shown = LocalTime.WallOf(instant, zone);
                var next = LocalTime.InstantOf(wall.AddDays(1), zone);
                Assert.Equal(zone.IsInvalidTime(wall), shown != wall);
                Assert.InRange(shown - wall, TimeSpan.Zero, TimeSpan.FromHours(1));
                Assert.InRange(next - instant, TimeSpan.FromHours(22), TimeSpan.FromHours(26));
                Assert.False(zone.IsAmbiguousTime(wall) && LocalTime.WallOf(instant.AddHours(-1), zone) == wall);
            }).QuickCheckThrowOnFailure();

    /// <summary>Any rule ends or goes on in order, never before its start, and as often as it says.</summary>
    [Fact]
    public void Occurrences_are_ordered_start_at_the_start_and_keep_the_wall_clock()
    {
        var rules = from frequency in Gen.Elements("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
            from interval in Gen.Choose(1, 13)
            from count in Gen.Choose(1, 40)
            from day in Gen.Elements("", ";BYDAY=MO,FR", ";BYMONTH=2,7", ";BYDAY=TU;BYMONTH=11")
            select $"FREQ={frequency};INTERVAL={interval}{day};COUNT={count}";
        Prop.ForAll(rules.ToArbitrary(), Gen.Choose(0, 3000).ToArbitrary(), (rule, days) =>
        {
            var start = new DateTime(2024, 1, 1, 2, 30, 0).AddDays(days);
            var found = Read(rule).From(start).ToList();
            var count = Read(rule).Count!.Value;
            Assert.True(found.Count <= count);
            Assert.All(found, moment => Assert.True(moment >= start && moment.TimeOfDay == start.TimeOfDay));
            Assert.Equal(found.Distinct().Order(), found);
        }).QuickCheckThrowOnFailure();
    }

    private static Recurrence Read(string rule) => Recurrence.Read(rule) is { Rule: { } read, Fault: null } ? read : throw new FormatException(rule);

    private static DateTime Date(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
