using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>What a document points at is there.</summary>
public sealed partial class ReferencesTests
{
    [Fact]
    public void Every_link_to_a_file_leads_somewhere() => Breaches.None(
        from document in SourceTree.Files("", ".md")
        from line in DocumentsTests.Prose(document)
        from Match link in Link().Matches(line)
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !Outside().IsMatch(target)
        let path = Path.Combine(SourceTree.Root, Path.GetDirectoryName(document)!, target)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{document}: {target}");

    [Fact]
    public void Every_name_in_the_architecture_exists()
    {
        var known = ProductTypes.Ours.Select(static t => t.Name.Split('`')[0])
            .Concat(SourceTree.Folders)
            .Concat(SourceTree.Files("src", ".cs").SelectMany(static f => f.Split('/')))
            .ToHashSet(StringComparer.Ordinal);

        Breaches.None(Name().Matches(SourceTree.Read("ARCHITECTURE.md"))
            .Select(static m => m.Groups["name"].Value).Except(known));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex("^(https?|mailto):", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Outside();

    // Names of types and folders only: a capital, then letters. `serve` or `candor.yaml` are no names.
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+[a-z][A-Za-z]*)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();
}
