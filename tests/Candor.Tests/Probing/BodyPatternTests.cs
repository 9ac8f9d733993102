using Candor.Probing.Http;

namespace Candor.Tests.Probing;

public class BodyPatternTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Cores =
    [
        "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*$", "(a*)*$", "(a+)*$", "([a-zA-Z]+)*$", "(.*a){20}$", "(a?){50}a{50}$", "((a*)*)*$",
        "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|b|ab)*c$", "(\\w+\\s?)*$", "(\\d+)*\\.$", "^(a|a?)+$", "(.*)(.*)(.*)(.*)(.*)b$",
        "a*a*a*a*a*a*a*b", "([^b]*)*b$", "(?:a{0,10}){0,10}$", "(a{1,50}){1,50}b", "(?i)(A+)+$", "\\b(\\w+)+\\b!$", "(?s).*.*.*x",
        "(a|[ab])*c",
    ];

    private static readonly string[] Wraps = ["{0}", "^{0}", "({0})", "x?{0}", "(?:{0}|zzz)", "[\\s\\S]*{0}", "{0}|{0}", "(?:{0})?q"];

    public static IEnumerable<string> Evil => Cores.SelectMany(c => Wraps.Select(w => string.Format(null, w, c)));

    [Fact]
    public void SEC_10_Two_hundred_evil_patterns_delay_nothing()
    {
        var evil = Evil.ToList();
        Assert.True(evil.Count >= 200, $"{evil.Count}");
        string[] bodies = [new string('a', 70_000) + "!", string.Concat(Enumerable.Repeat("ab ", 25_000)), new string('x', 70_000), new string('1', 70_000)];
        var slow = new List<string>();
        foreach (var pattern in evil)
        {
            if (BodyPattern.Check(pattern) is not null)
            {
                continue;
            }

            var compiled = new BodyPattern(pattern);
            slow.AddRange(bodies.Where(body => ThreadWork.BlowsUp(Budget, () => compiled.Matches(body), out _)).Select(_ => pattern));
        }

        Assert.Empty(slow);
    }

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("(?<=a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)")]
    [InlineData("(unclosed")]
    [InlineData("")]
    public void What_cannot_be_bounded_is_refused_when_it_is_saved(string pattern) => Assert.NotNull(BodyPattern.Check(pattern));

    [Theory]
    [InlineData("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    [InlineData("(?i)version\\s+2\\.[0-9]+\\.[0-9]+ (stable|lts)")]
    public void What_people_look_for_is_taken(string pattern) => Assert.Null(BodyPattern.Check(pattern));

    [Fact]
    public void Only_the_first_64_thousand_characters_are_looked_at()
    {
        var pattern = new BodyPattern("needle");
        Assert.True(pattern.Matches(new string('x', 60_000) + "needle"));
        Assert.False(pattern.Matches(new string('x', 70_000) + "needle"));
    }
}
