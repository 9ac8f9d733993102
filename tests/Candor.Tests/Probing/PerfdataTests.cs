using Candor.Judging;
using Candor.Probing.Command;

namespace Candor.Tests.Probing;

public class PerfdataTests
{
    [Fact]
    public void Text_and_numbers_are_told_apart_with_their_units()
    {
        var (text, numbers) = Perfdata.Read(
            "DISK OK - free | /=2643MB;5948;5958;0;5968 'a b''c'=12% time=15ms;;;0 x=3c\nlong text | ignored=1B\nmore=0,5s\n");
        Assert.Equal("DISK OK - free", text);
        Assert.Equal(
            [
                new("/", 2643d * 1024 * 1024, "bytes"), new("a b'c", 12, "%"), new("time", 0.015, "s"), new("x", 3, ""),
                new("ignored", 1, "bytes"), new("more", 0.5, "s"),
            ],
            numbers);
    }

    [Theory]
    [InlineData("OK")]
    [InlineData("OK |")]
    [InlineData("OK | =")]
    [InlineData("OK | nonsense")]
    [InlineData("OK | a=b 'c")]
    [InlineData("OK | a=1e999 b=NaN c=12parsecs d=U")]
    public void Broken_numbers_are_left_out(string output) => Assert.Equal(("OK", 0), (Perfdata.Read(output).Text, Perfdata.Read(output).Measurements.Length));

    [Fact]
    public void A_flood_of_numbers_is_cut() => Assert.Equal(
        50, Perfdata.Read("OK | " + string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"n{i}={i}"))).Measurements.Length);
}
