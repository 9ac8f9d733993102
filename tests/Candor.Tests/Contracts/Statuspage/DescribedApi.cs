using System.Text.RegularExpressions;
using Candor.Tests.Importing;

namespace Candor.Tests.Contracts.Statuspage;

/// <summary>Section 2 of the description of Statuspage's API, where it lies beside the repository: its paths, methods and fields.</summary>
internal static partial class DescribedApi
{
    public static bool Missing => Section is null;

    private static string? Section { get; } = Read();

    /// <summary>Every path with the methods that stand beside it (none: they are not listed one by one) and how it may be meant.</summary>
    public static IEnumerable<(IReadOnlyList<string> Candidates, IReadOnlyList<string> Methods)> Paths()
    {
        foreach (var cells in Section!.Split('\n').Where(static line => line.StartsWith('|')).Skip(2).Select(static line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            var written = Code().Matches(cells[2]).SelectMany(static match => Expanded(match.Groups["text"].Value)).ToList();
            var sets = Sets(cells[3], written.Count);
            for (var i = 0; i < written.Count; i++)
            {
                yield return (Meanings(written, i), sets[i]);
            }
        }
    }

    /// <summary>The fields that a bullet names, without what stands in braces or brackets behind them.</summary>
    public static IReadOnlyList<string> Fields(string bullet)
    {
        var line = Section!.Split('\n').First(one => one.StartsWith($"- **{bullet}**", StringComparison.Ordinal));
        var own = line[(bullet.Length + 6)..].Split("**")[0];
        return [.. Code().Matches(Nested().Replace(own, "")).SelectMany(static match => Spelt(match.Groups["text"].Value)).Distinct()];
    }

    /// <summary>"a_at_start/_at_end" is a_at_start and a_at_end.</summary>
    private static IEnumerable<string> Spelt(string text) => text.Split('/') is [var first, ['_', ..] ending]
        ? [first, first[..first.LastIndexOf(ending[..ending.LastIndexOf('_')], StringComparison.Ordinal)] + ending]
        : Word().Matches(text).Select(static match => match.Value);

    /// <summary>"/a[/{x}[/y]]" is /a, /a/{x} and /a/{x}/y.</summary>
    private static IEnumerable<string> Expanded(string path)
    {
        var parts = path.TrimEnd(']').Split('[');
        for (var count = 1; count <= parts.Length; count++)
        {
            yield return string.Concat(parts.Take(count)).Replace("…", "", StringComparison.Ordinal) is var plain && path.StartsWith('…') ? "…" + plain : plain;
        }
    }

    /// <summary>A shortened path continues the first of its row, the one before, or what they are in.</summary>
    private static List<string> Meanings(List<string> written, int i)
    {
        var path = written[i];
        var (first, item) = (written[0], written.Count > 1 && !written[1].StartsWith('…') ? written[1] : written[0]);
        return path.StartsWith('…')
            ? [item + path[1..], first + path[1..]]
            : [path, first + path, first[..first.LastIndexOf('/')] + path];
    }

    /// <summary>"GET POST; GET…; PATCH": one set a path; the one with an ellipsis as often as needed.</summary>
    private static List<IReadOnlyList<string>> Sets(string cell, int paths)
    {
        var written = cell.Split(';', StringSplitOptions.TrimEntries);
        var sets = new List<IReadOnlyList<string>>();
        foreach (var set in written)
        {
            IReadOnlyList<string> methods = [.. Method().Matches(Parentheses().Replace(set, "")).Select(static match => match.Value)];
            var times = set.EndsWith('…') ? paths - written.Length + 1 : 1;
            sets.AddRange(Enumerable.Repeat(methods, times));
        }

        // Rows whose sets do not add up say the paths and leave the methods to the reader.
        return sets.Count == paths ? sets : [.. Enumerable.Repeat<IReadOnlyList<string>>([], paths)];
    }

    private static string? Read()
    {
        var file = SharedSamples.Folder is { } samples ? Path.Combine(Path.GetDirectoryName(samples)!, "STATUSPAGE-API.md") : null;
        return file is not null && File.Exists(file) ? File.ReadAllText(file).Split("\n## 2.")[1] : null;
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\{[^{}]*\}|\[[^\[\]]*\]|\((?!≤)[^()]*\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Nested();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Parentheses();

    [GeneratedRegex("[a-z][a-z_]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(GET|POST|PUT|PATCH|DELETE)\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Method();
}
