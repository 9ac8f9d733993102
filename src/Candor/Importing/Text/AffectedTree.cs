using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>Affected components without repetition; a flat list becomes a tree only where the text itself speaks for it.</summary>
internal sealed class AffectedTree
{
    private readonly List<ImportWarning> warnings = [];

    public AffectedTree(List<ImmutableArray<string>> paths, List<SaidInterval> intervals, string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Paths = [.. paths.Where(path => seen.Add(string.Join('\u001f', path)))];
        Intervals = intervals;
        Nest(text);
    }

    public List<ImmutableArray<string>> Paths { get; private set; }

    public List<SaidInterval> Intervals { get; private set; }

    public IReadOnlyList<ImportWarning> Warnings => warnings;

    /// <summary>
    /// Pages list a group right before its parts, with the intervals of the worst of them. Where the second of two with the
    /// same intervals is named in the words and the first is not, the first is the group; it is said, for it is a conclusion.
    /// </summary>
    private void Nest(string text)
    {
        var said = Intervals.Where(interval => interval.Component is [_]).ToLookup(interval => interval.Component[0], interval => interval.Said, StringComparer.Ordinal);
        for (var at = 0; said.Count > 1 && at + 1 < Paths.Count; at++)
        {
            if (Paths[at] is not [var group] || Paths[at + 1] is not [var part] || !said.Contains(group) || !said[group].SequenceEqual(said[part], StringComparer.Ordinal)
                || Mentions(text, group) > 1 || Mentions(text, part) < 2)
            {
                continue;
            }

            var path = ImmutableArray.Create(group, part);
            Paths[at + 1] = path;
            Intervals = [.. Intervals.Select(interval => interval.Component is [var name] && name == part ? interval with { Component = path } : interval)];
            warnings.Add(new(
                $"“{group}”, “{part}”", $"have the same intervals, and the words speak of {part} only: read as {group} > {part}",
                "check the tree before it is entered"));
        }
    }

    private static int Mentions(string text, string name)
    {
        var (count, at) = (0, 0);
        while (count < 10 && (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            count++;
            at += name.Length;
        }

        return count;
    }
}
