using Candor.Access;
using Candor.Access.Factors;

namespace Candor.Tests.Access;

public sealed class TotpCodeTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>RFC 6238, appendix B, cut to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, TotpCode.At(Secret, TotpCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_code_is_good_one_step_early_or_late_and_no_further()
    {
        var step = TotpCode.StepAt(Cast.Now);

        Assert.Equal(
            [null, step - 1, step, step + 1, null],
            Enumerable.Range(-2, 5).Select(off => TotpCode.Match(Secret, TotpCode.At(Secret, step + off), Cast.Now, lastStep: 0)));
    }

    [Fact]
    public void A_step_that_was_used_is_used_up_and_so_are_those_before_it()
    {
        var step = TotpCode.StepAt(Cast.Now);

        Assert.Null(TotpCode.Match(Secret, TotpCode.At(Secret, step), Cast.Now, lastStep: step));
        Assert.Null(TotpCode.Match(Secret, TotpCode.At(Secret, step - 1), Cast.Now, lastStep: step));
        Assert.Equal(step + 1, TotpCode.Match(Secret, TotpCode.At(Secret, step + 1), Cast.Now, lastStep: step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    public void Other_text_is_no_code(string text) => Assert.Null(TotpCode.Match(Secret, text, Cast.Now, lastStep: 0));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_apps_read_them(string bytes, string text) =>
        Assert.Equal(text, Base32.Write(System.Text.Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void What_somebody_typed_is_read_without_its_dashes() =>
        Assert.Equal("ABCD2345", Base32.Plain(" abcd-2345 "));
}
