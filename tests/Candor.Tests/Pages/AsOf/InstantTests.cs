using Candor.Languages;
using Candor.Pages.AsOf;
using Candor.Pages.Phrases;
using Microsoft.Extensions.Primitives;

namespace Candor.Tests.Pages.AsOf;

public sealed class InstantTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2021-02-16T10:18Z", "2021-02-16T10:18Z")]
    [InlineData("2021-02-16T10:18:30Z", "2021-02-16T10:18:30Z")]
    [InlineData("2021-02-16T10:18:30.500Z", "2021-02-16T10:18:30.5Z")]
    [InlineData("2021-02-16T11:18+01:00", "2021-02-16T10:18Z")]
    [InlineData("2021-02-16T11:18 01:00", "2021-02-16T10:18Z")]
    [InlineData("2021-02-16T10:18", "2021-02-16T10:18Z")]
    [InlineData("2021-02-16", "2021-02-16T00:00Z")]
    [InlineData("2026-11-26T09:00Z", "2026-11-26T09:00Z")]
    public void An_instant_is_read_and_written_back(string asked, string written)
    {
        var read = Instant.Read(asked, Now);
        Assert.Null(read.Fault);
        Assert.Equal(written, Instant.Text(read.At));
        Assert.Equal(read, Instant.Read(Instant.Text(read.At), Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("16.02.2021 10:18")]
    [InlineData("1613470680")]
    [InlineData("2021-13-01T00:00Z")]
    [InlineData("2021-02-30")]
    [InlineData("2021-02-16T25:00Z")]
    [InlineData("2026-11-26T09:00:01Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("-2021-02-16")]
    [InlineData("2021-02-16T10:18Z\0")]
    [InlineData("2021-02-16T10:18Z\r\nSet-Cookie: a=b")]
    [InlineData("'; DROP TABLE event; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("٢٠٢١-٠٢-١٦")]
    public void Anything_else_is_refused_in_a_sentence_that_repeats_nothing(string asked)
    {
        var fault = Instant.Read(asked, Now).Fault;
        Assert.NotNull(fault);
        Assert.All(Language.All, language =>
        {
            var said = PageWords.In(language).Plain.NoInstant(fault.Value);
            Assert.EndsWith(".", said, StringComparison.Ordinal);
            Assert.DoesNotContain("<", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Megabytes_and_several_are_refused()
    {
        Assert.NotNull(Instant.Read(new string('2', 1 << 20), Now).Fault);
        Assert.Equal(InstantFault.Several, Instant.Read(new StringValues(["2021-02-16", "2021-02-17"]), Now).Fault);
    }
}
