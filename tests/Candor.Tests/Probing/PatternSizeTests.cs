using System.Text.RegularExpressions;
using Candor.Probing.Http;

namespace Candor.Tests.Probing;

public class PatternSizeTests
{
    private const int Engine = 10_000;

    [Theory]
    [InlineData("abc", 4)]
    [InlineData("a+b*c??", 5)]
    [InlineData("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", 37)]
    [InlineData("(?:ab|c){3,7}", 22)]
    [InlineData("(ab){3,}", 9)]
    [InlineData("(ab){0}", 3)]
    [InlineData("((a{3}){4}){5}", 61)]
    [InlineData("a{3}{4}", 13)]
    [InlineData("a{,9}b{x}", 10)]
    [InlineData("[]a{9}]{2}", 3)]
    [InlineData("[^]\\]{9}]{2}", 3)]
    [InlineData("\\p{Lu}{3}", 4)]
    [InlineData("(\\c({50})", 51)]
    [InlineData("[\\c][]{50}", 51)]
    [InlineData("^ab$", 15)]
    [InlineData("\\bab", 15)]
    [InlineData("[$^\\b]", 2)]
    public void Each_place_counts_as_often_as_the_repetitions_around_it_allow(string pattern, int size) =>
        Assert.Equal(size, PatternSize.Of(pattern, 1_000));

    [Theory]
    [InlineData("(?x)(abcdefgh) {900}")]
    [InlineData("(?iX-s:(abc) {900})")]
    [InlineData("(abc)(?#remark){900}")]
    [InlineData("[-[a]{900}b]")]
    [InlineData("[a-z-[b]]{900}")]
    [InlineData("[[:a:][]{900}b]")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("(((a{999}){999}){999}){999}")]
    public void What_is_easily_misread_is_too_large(string pattern) => Assert.Equal(101, PatternSize.Of(pattern, 100));

    [Fact]
    public void A_deep_pattern_is_too_large_and_not_an_end_of_the_stack() =>
        Assert.Equal(81, PatternSize.Of(new string('(', 100_000), 80));

    /// <summary>The engine refuses what is above its own limit: whatever it refuses, ours must have found at least as large.</summary>
    [Fact]
    public void Whatever_the_engine_finds_too_large_is_too_large_for_us()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = Made(random, 5);
            if (pattern.Length > 500 || Refuses(pattern) is not { } isTooLarge)
            {
                continue;
            }

            refused += isTooLarge ? 1 : 0;
            Assert.True(!isTooLarge || PatternSize.Of(pattern, Engine) > Engine, $"{pattern} was counted too small (seed {seed})");
        }

        Assert.True(refused > 100, $"Only {refused} were large enough to tell.");
    }

    [Fact]
    public void The_limit_of_the_process_stays_as_it_was()
    {
        Assert.NotNull(BodyPattern.Check("(abcdefghij){9}"));
        Assert.Matches(
            new Regex("(?:abcdefghij){90}", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)),
            string.Concat(Enumerable.Repeat("abcdefghij", 90)));
    }

    /// <summary>True where the engine finds it too large, false where it takes it, null where it is no pattern at all.</summary>
    private static bool? Refuses(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
            return false;
        }
        catch (NotSupportedException)
        {
            return true;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Pieces that are hard to tell apart, in any order: brackets within brackets, braces that are text, escapes.</summary>
    private static string Made(Random random, int depth)
    {
        string[] atoms =
        [
            "a", ".", "\\d", "[ab]", "[]a]", "[^]{9}]", "[\\]{9}]", "[(]", "\\(", "\\[", "\\{", "\\c[", "\\p{Lu}", "\\x41", "{9}", "{,9}", "\\b", "^",
            "[a\\c]]", "[-a]", "[a-]", "x|y", "(?i)", "-", "]", "}",
        ];
        string[] repeats = ["", "", "*", "+?", "{7}", "{20}", "{3,}", "{2,30}", "{300}", "{ 9}", "{99,}?"];
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            (depth > 0 && random.Next(2) == 0 ? $"({Opening(random)}{Made(random, depth - 1)})" : atoms[random.Next(atoms.Length)])
            + repeats[random.Next(repeats.Length)]));
        return text;
    }

    private static string Opening(Random random) => ((string[])["", "?:", "?<n>", "?i:", "?s-i:"])[random.Next(5)];
}
