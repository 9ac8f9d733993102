using Candor.Importing.Text;

namespace Candor.Tests.Importing.Text;

public sealed class StampTests
{
    [Theory]
    [InlineData("Feb 16, 2021 - 10:18 UTC", "2021-02-16 10:18")]
    [InlineData("Aug 08, 2024 - 17:29 PDT", "2024-08-09 00:29")]
    [InlineData("Feb 29, 2024, 05:15 PM UTC", "2024-02-29 17:15")]
    [InlineData("16 November 2021 09:35 PT", "2021-11-16 17:35")]
    [InlineData("Tuesday, 16 November 2021 at 09:35 US/Pacific", "2021-11-16 17:35")]
    [InlineData("22nd of January this year (2025), 9:05 CET", "2025-01-22 08:05")]
    [InlineData("2021-11-23T02:29:31+00:00", "2021-11-23 02:29")]
    [InlineData("2021-05-29T22:41:00-05:00", "2021-05-30 03:41")]
    [InlineData("2024-03-14 10:32:11Z", "2024-03-14 10:32")]
    [InlineData("Thursday 14th March 2024 10:32:11 UTC", "2024-03-14 10:32")]
    [InlineData("March 14, 2024 10:32AM EDT", "2024-03-14 14:32")]
    [InlineData("Jun 4, 2025 at 09:00pm JST", "2025-06-04 12:00")]
    [InlineData("Wed, Jun 4, 2025, 09:00 PM (UTC+2)", "2025-06-04 19:00")]
    [InlineData("4 June 2025, 21.00", null)]
    [InlineData("10:15 UTC on February 16, 2021", "2021-02-16 10:15")]
    [InlineData("31.12.2025 23:59 MEZ", "2025-12-31 22:59")]
    [InlineData("12/31/2025 11:59 PM EST", "2026-01-01 04:59")]
    [InlineData("2025-07-01 14:28 IST", "2025-07-01 08:58")]
    [InlineData("2025-07-01 1428 UTC", "2025-07-01 14:28")]
    [InlineData("2025-07-01 7:09 AM Eastern", "2025-07-01 11:09")]
    [InlineData("2021-05-29 16:37 Denver time", "2021-05-29 22:37")]
    [InlineData("2018-07-30 ca. 11:20 PST (UTC-7)", "2018-07-30 18:20")]
    [InlineData("December 24, 2013 8:23 A.M. PST", "2013-12-24 16:23")]
    [InlineData("Sept. 3, 2024 12:00 AM UTC", "2024-09-03 00:00")]
    [InlineData("Sep 12 2024, 12:30 pm UTC", "2024-09-12 12:30")]
    public void Times_are_read_as_they_are_written(string text, string? utc)
    {
        var stamp = StampScanner.Read(text, 0, out var end);
        var almanac = new Almanac(new(Told.Now), [], null, SaidZone.Utc);

        Assert.Equal(utc ?? "?", Told.Word(almanac.At(stamp, null)));
        Assert.Equal(utc is null, end < text.Length);
    }

    [Theory]
    [InlineData("We saw 404 errors on 3 of 12 nodes")]
    [InlineData("version 1.21.4 of libfoo 2.0.2019.1")]
    [InlineData("You may 5 times retry")]
    [InlineData("tcp 10.0.0.1:8080 and [::1]:443")]
    [InlineData("at 25:61 or 99:00")]
    [InlineData("ratio 16:9, 3:2")]
    [InlineData("Marching 14 people")]
    [InlineData("1234 Main Street")]
    [InlineData("Feb 30, 2024")]
    public void What_only_looks_like_a_time_is_none(string text) => Assert.Empty(StampScanner.All(text));

    [Theory]
    [InlineData("from 13:28–21:15 UTC", "13:28", "21:15")]
    [InlineData("Between 5:42AM - 7:16AM PT", "05:42", "07:16")]
    [InlineData("starting at 9:54 UTC, ending at 9:57 UTC", "09:54", "09:57")]
    [InlineData("on August 7th from about 8:43 UTC until 14:07 UTC", "08:43", "14:07")]
    [InlineData("Feb 03, 2022 10:00-12:00 UTC", "10:00", "12:00")]
    [InlineData("Feb 03, 2022 10:00 - 12:00 UTC", "10:00", "12:00")]
    public void A_range_is_two_times_in_one_zone(string text, string from, string until)
    {
        var pair = Assert.Single(Spans.Pairs(text));

        Assert.Equal((from, until), ($"{pair.From.Clock:HH:mm}", $"{pair.Until.Clock:HH:mm}"));
        Assert.NotNull(pair.From.Zone);
        Assert.Equal(pair.From.Zone, pair.Until.Zone);
    }

    [Fact]
    public void A_year_is_that_of_other_days_in_the_text_before_it_is_that_of_now()
    {
        var said = StampScanner.Read("Aug 14, 12:23 UTC", 0, out _)!;

        Assert.Equal((DateOnly?)new DateOnly(2019, 8, 14), new Almanac(new(Told.Now), [new DateOnly(2019, 9, 1)], null, null).Day(said));
        var almanac = new Almanac(new(Told.Now), [], null, null);
        Assert.Equal((DateOnly?)new DateOnly(2025, 8, 14), almanac.Day(said));
        Assert.True(Assert.Single(almanac.Warnings).Assumes);
        Assert.Equal((DateOnly?)new DateOnly(2020, 8, 14), new Almanac(new(Told.Now) { Date = new(2020, 8, 1) }, [], null, null).Day(said));
    }

    [Fact]
    public void A_day_of_the_week_settles_the_year() =>
        Assert.Equal((DateOnly?)new DateOnly(2022, 8, 14), new Almanac(new(Told.Now), [], null, null).Day(StampScanner.Read("Sunday, Aug 14, 12:23 UTC", 0, out _)));

    [Fact]
    public void Twenty_ninth_of_February_is_in_a_leap_year() =>
        Assert.Equal((DateOnly?)new DateOnly(2024, 2, 29), new Almanac(new(Told.Now), [], null, null).Day(StampScanner.Read("Feb 29, 10:55 UTC", 0, out _)));

    [Fact]
    public void A_local_time_that_a_clock_change_skips_is_read_as_before_it()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(Told.Utc("2026-03-29 01:30"), SaidZone.At(zone, new(2026, 3, 29, 2, 30, 0)));
        Assert.Equal(Told.Utc("2026-10-25 00:30"), SaidZone.At(zone, new(2026, 10, 25, 2, 30, 0)));
    }
}
