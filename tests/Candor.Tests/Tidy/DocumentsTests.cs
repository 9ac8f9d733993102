using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

public sealed partial class DocumentsTests
{
    private static IEnumerable<string> Documents => SourceTree.Files("", ".md");

    [Fact]
    public void Every_document_has_one_title() => Assert.All(
        Documents, static d => Assert.Single(Prose(d), static l => l.StartsWith("# ", StringComparison.Ordinal)));

    [Fact]
    public void The_architecture_fits_in_three_hundred_lines() =>
        Assert.InRange(SourceTree.Read("ARCHITECTURE.md").Split('\n').Length, 1, 300);

    [Fact]
    public void Nothing_is_left_over() => Breaches.None(
        SourceTree.Files("").Where(static f => Leftover().IsMatch(f))
            .Concat(
                from file in SourceTree.Files("", ".cs", ".razor", ".css", ".js", ".md", ".yaml", ".props", ".csproj")
                from line in File.ReadLines(Path.Combine(SourceTree.Root, file)).Index()
                where Unfinished().IsMatch(line.Item)
                select $"{file}:{line.Index + 1}: {line.Item.Trim()}"));

    /// <summary>Lines outside fenced blocks: a shell comment there is no title.</summary>
    internal static IEnumerable<string> Prose(string document)
    {
        var fenced = false;
        foreach (var line in SourceTree.Read(document).Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"(\.(orig|rej|patch|diff|bak|tmp|swp)|~|\.DS_Store|(^|/)(PLAN|NOTES|HANDOFF|DIARY|SCRATCH)[^/]*\.md)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Leftover();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|HA" + @"CK)\b|NotImplemented" + "Exception|^(<{7}|>{7}) ", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Unfinished();
}
