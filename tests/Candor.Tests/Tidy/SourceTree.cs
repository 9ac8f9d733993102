using System.Runtime.CompilerServices;

namespace Candor.Tests.Tidy;

/// <summary>The sources as they lie on the disk.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules", "shared"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static string Product { get; } = Path.Combine(Root, "src/Candor");

    /// <summary>The stage folders of the product, by name.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. Directory.GetDirectories(Product).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    /// <summary>Files below a folder of the repository, with forward slashes from its root.</summary>
    public static IEnumerable<string> Files(string below, params string[] endings) => Walk(Path.Combine(Root, below))
        .Where(f => endings.Length == 0 || Array.Exists(endings, e => f.EndsWith(e, StringComparison.Ordinal)))
        .Select(static f => Path.GetRelativePath(Root, f))
        .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Lines that are not comments, with their numbers from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Code(string file) => File.ReadLines(Path.Combine(Root, file))
        .Select(static (text, i) => (Number: i + 1, Text: text))
        .Where(static l => !l.Text.AsSpan().TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder),
        .. Directory.EnumerateDirectories(folder).Where(static d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Walk),
    ];

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
