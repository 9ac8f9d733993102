using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>
/// Which folder may know which. The table is the one in ARCHITECTURE.md, "Who may know whom": a sentence that nothing
/// checks rots, so it is checked.
/// </summary>
public sealed partial class EdgesTests
{
    private const string Everything = "everything";

    [Fact]
    public void No_folder_uses_one_that_the_table_does_not_give_it()
    {
        var table = Table();
        var breaches =
            from file in SourceTree.Files("src/Candor", ".cs", ".razor")
            let row = RowOf(file, table)
            from line in SourceTree.Code(file)
            let used = Using().Match(line.Text)
            where used.Success && row is not null && used.Groups["folder"].Value is var folder
                && folder != TopOf(file) && !row.Contains(folder) && !row.Contains(Everything)
            select $"{file}:{line.Number} uses {used.Groups["folder"].Value}";

        Breaches.None(breaches);
    }

    [Fact]
    public void Every_folder_stands_in_the_table() =>
        Breaches.None(SourceTree.Folders.Except(Table().Keys));

    [Theory]
    [InlineData("State")]
    [InlineData("Judging")]
    [InlineData("Importing")]
    [InlineData("Languages")]
    [InlineData("Notices/Wording")]
    [InlineData("Pages/Html")]
    [InlineData("Pages/Json")]
    [InlineData("Pages/Phrases")]
    [InlineData("Pages/Wording")]
    public void What_is_pure_touches_no_clock_no_chance_no_disk_no_log(string folder)
    {
        var breaches =
            from file in SourceTree.Files("src/Candor/" + folder, ".cs", ".razor")
            from line in SourceTree.Code(file)
            where Impure().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}";

        Breaches.None(breaches);
    }

    [Fact]
    public void No_folder_is_a_drawer_for_odds_and_ends()
    {
        string[] drawers = ["Common", "Shared", "Helpers", "Utils", "Utilities", "Models", "Interfaces", "Services", "Misc", "Core"];

        Breaches.None(SourceTree.Files("src", ".cs").SelectMany(static f => f.Split('/')).Intersect(drawers));
    }

    private static Dictionary<string, HashSet<string>> Table()
    {
        var lines = SourceTree.Read("ARCHITECTURE.md").Split('\n')
            .SkipWhile(static l => l != "## Who may know whom")
            .SkipWhile(static l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(static l => l.StartsWith('|'));
        return lines.Select(static l => l.Split('|'))
            .SelectMany(static cells => cells[1].Split(',').Select(name => (name.Split('(')[0].Trim(' ', '`'), cells[2])))
            .ToDictionary(
                static row => row.Item1,
                static row => Word().Matches(row.Item2).Select(static m => m.Value).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    /// <summary>The row of the deepest folder that has one: renderers have their own within Pages.</summary>
    private static HashSet<string>? RowOf(string file, Dictionary<string, HashSet<string>> table)
    {
        for (var folder = Path.GetDirectoryName(file["src/Candor/".Length..]); !string.IsNullOrEmpty(folder);
            folder = Path.GetDirectoryName(folder))
        {
            if (table.TryGetValue(folder, out var row))
            {
                return row;
            }
        }

        return null;
    }

    private static string TopOf(string file) => file.Split('/')[2];

    [GeneratedRegex(@"^\s*(global )?@?using (static )?(\w+ = )?Candor\.(?<folder>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Using();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1_000)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\bTimeProvider\b|\b(UtcNow|GetTimestamp)\b|\bFile\.\w|\bDirectory\.\w|\bRandom\b|\bIRandomness\b|Guid\.NewGuid|\bILogger\b|\bTask\.Delay|HttpContext|HttpClient|SQLitePCL|\bIDisk\b|\bINetwork\b|\bEnvironment\.",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Impure();
}
