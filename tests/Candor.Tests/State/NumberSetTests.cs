using Candor.State;

namespace Candor.Tests.State;

public sealed class NumberSetTests
{
    [Fact]
    public void It_does_what_a_set_does_and_reads_back_what_it_wrote()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            var (a, b) = (Some(random), Some(random));
            var (left, right) = (NumberSet.Of(a), NumberSet.Of(b));
            Assert.Equal(a.Union(b).Order(), left.Union(right).Numbers);
            Assert.Equal(a.Except(b).Order(), left.Except(right).Numbers);
            Assert.All(Enumerable.Range(0, 45), number => Assert.Equal(a.Contains(number), left.Contains(number)));
            Assert.Equal(left, NumberSet.Parse(left.ToString()));
            Assert.Equal(a.Count, left.Count);
        }
    }

    [Fact]
    public void Twenty_thousand_in_a_row_are_a_few_letters() =>
        Assert.Equal("1-400,402-20000", NumberSet.Of(Enumerable.Range(1, 20_000).Where(static n => n != 401)).ToString());

    [Theory]
    [InlineData("3-1")]
    [InlineData("a")]
    [InlineData("1,,2")]
    [InlineData("-4")]
    public void What_it_did_not_write_is_refused(string text) => Assert.ThrowsAny<FormatException>(() => NumberSet.Parse(text));

    private static HashSet<int> Some(Random random) => [.. Enumerable.Range(0, random.Next(0, 25)).Select(_ => random.Next(0, 45))];
}
