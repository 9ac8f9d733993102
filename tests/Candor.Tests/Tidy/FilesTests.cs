using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>Reads the sources: nothing that answers a request can write a file.</summary>
public sealed partial class FilesTests
{
    [Theory]
    [InlineData("Admin")]
    [InlineData("Intake/Posting")]
    public void SEC_30_Whatever_operators_change_is_an_event_and_never_a_file(string folder) => Breaches.None(
        from file in SourceTree.Files("src/Candor/" + folder, ".cs", ".razor")
        from line in SourceTree.Code(file)
        where Writes().IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void The_scan_sees_what_it_looks_for() =>
        Assert.All(["File.WriteAllText(path, text);", "new FileStream(path, mode)", "IDisk disk", "Process.Start(x)"], static line => Assert.Matches(Writes(), line));

    [GeneratedRegex(@"\b(File|Directory)\.\w|\bFileStream\b|\bStreamWriter\b|\bIDisk\b|\bProcess\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Writes();
}
