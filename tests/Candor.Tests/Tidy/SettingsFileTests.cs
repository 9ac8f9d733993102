using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>The server reads its settings and never writes them: what people and programs change are facts in the journal.</summary>
public sealed partial class SettingsFileTests
{
    [Fact]
    public void SEC_30_The_server_knows_the_settings_file_in_one_place_and_only_reads_it()
    {
        var knowing =
            from file in SourceTree.Files("src/Candor", ".cs")
            where !file.StartsWith("src/Candor/Commands/", StringComparison.Ordinal) && !file.StartsWith("src/Candor/Drills/", StringComparison.Ordinal)
            from line in SourceTree.Code(file)
            where line.Text.Contains("SettingsPath", StringComparison.Ordinal) || line.Text.Contains("SettingsPlace(", StringComparison.Ordinal)
            select file;
        Assert.Equal(
            ["src/Candor/Node/NodeOptions.cs", "src/Candor/Node/Works.cs", "src/Candor/Settings/SettingsPlace.cs"],
            knowing.Distinct().Order(StringComparer.Ordinal));

        var done =
            from file in SourceTree.Files("src/Candor/Settings", ".cs")
            from line in SourceTree.Code(file)
            from use in Use().Matches(line.Text)
            select use.Groups["what"].Value;
        Assert.Equal(["Read", "Stat"], done.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b[Dd]isk\.(?<what>\w+)\(", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Use();
}
