using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

public sealed partial class GuaranteesTests
{
    [Fact]
    public void Every_promise_in_the_guarantees_has_a_test_of_its_name()
    {
        var root = RepositoryRoot();
        var tests = string.Join('\n', Directory
            .EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

        var missing = PromiseId().Matches(File.ReadAllText(Path.Combine(root, "docs", "guarantees.md")))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Where(id => !Regex.IsMatch(tests, $@"\b{id.Replace('-', '_')}_\w+\s*\(", RegexOptions.NonBacktracking))
            .ToList();

        Assert.True(missing.Count == 0, $"Promised in docs/guarantees.md, but no test has the name: {string.Join(", ", missing)}.");
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Candor.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Candor.slnx above the tests.");
        }

        return folder;
    }

    [GeneratedRegex(@"^\| ((?:P|SEC)-\d+) \|", RegexOptions.Multiline)]
    private static partial Regex PromiseId();
}
