using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

public sealed partial class GuaranteesTests
{
    [Fact]
    public void Every_promise_in_the_guarantees_has_a_test_of_its_name()
    {
        var tests = string.Join('\n', SourceTree.Files("tests", ".cs").Select(SourceTree.Read));

        var missing = PromiseId().Matches(SourceTree.Read("docs/guarantees.md"))
            .Select(match => match.Groups["id"].Value)
            .Distinct()
            .Where(id => !Regex.IsMatch(tests, $@"\b{id.Replace('-', '_')}_\w+\s*\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
            .ToList();

        Assert.True(missing.Count == 0, $"Promised in docs/guarantees.md, but no test has the name: {string.Join(", ", missing)}.");
    }

    [GeneratedRegex(@"^\| (?<id>(P|SEC)-\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PromiseId();
}
