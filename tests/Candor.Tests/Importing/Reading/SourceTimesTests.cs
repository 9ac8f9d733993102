using Candor.Importing.Reading;

namespace Candor.Tests.Importing.Reading;

public sealed class SourceTimesTests
{
    [Theory]
    [InlineData("2024-03-01T10:00:00Z", "2024-03-01T10:00:00")]
    [InlineData("2024-03-01T10:00:00.123456789Z", "2024-03-01T10:00:00.1234567")]
    [InlineData("2024-03-01T10:00:00-07:00", "2024-03-01T17:00:00")]
    [InlineData("2024-03-01T10:00:00.5+0530", "2024-03-01T04:30:00.5")]
    [InlineData("2024-03-01 10:00:00", "2024-03-01T10:00:00")]
    [InlineData("2024-03-01 10:00", "2024-03-01T10:00:00")]
    [InlineData("2024/03/01 10:00:00", "2024-03-01T10:00:00")]
    [InlineData("2025-04-10 13:00:00 +0000 UTC", "2025-04-10T13:00:00")]
    [InlineData("2025-04-10 13:00:00 PDT", "2025-04-10T20:00:00")]
    [InlineData("1709287200", "2024-03-01T10:00:00")]
    [InlineData("1709287200000", "2024-03-01T10:00:00")]
    [InlineData("Tue, 07 Dec 2021 10:00:00 PST", "2021-12-07T18:00:00")]
    [InlineData("Mon, 07 Sep 2026 09:35:00 Z", "2026-09-07T09:35:00")]
    [InlineData("Thu, 09 Jan 2014 16:00:23 -0800", "2014-01-10T00:00:23")]
    [InlineData("May 13, 2017, 06:45 UTC", "2017-05-13T06:45:00")]
    [InlineData("2024-03-01", "2024-03-01T00:00:00")]
    public void Times_as_they_were_met(string text, string utc) =>
        Assert.Equal(Reads.Utc(utc), SourceTimes.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("Aug 27, 00:26 UTC")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("<no value>")]
    [InlineData("99999999999999999999999999")]
    [InlineData("2024-02-31T10:00:00Z")]
    [InlineData("Mon, 31 Feb 2024 10:00:00 Z")]
    public void What_is_no_time_is_none(string? text) => Assert.Null(SourceTimes.Read(text));

    [Fact]
    public void A_local_time_is_read_in_its_zone()
    {
        var vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

        Assert.Equal(Reads.Utc("2024-07-01 08:00"), SourceTimes.Read("2024-07-01 10:00:00", vienna));
        Assert.Equal(Reads.Utc("2024-10-27 00:30"), SourceTimes.Read("2024-10-27 02:30:00", vienna));
        Assert.Equal(Reads.Utc("2024-03-31 01:30"), SourceTimes.Read("2024-03-31 02:30:00", vienna));
    }
}
