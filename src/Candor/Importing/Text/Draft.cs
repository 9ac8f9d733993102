using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>The text as layouts see it: its lines, what each of them is, and which are no content.</summary>
internal sealed record Draft(ImmutableArray<string> Lines, ImmutableArray<Mark> Marks, IReadOnlySet<int> Aside)
{
    /// <summary>The heading over the updates ("Update timeline"), or -1: what is before it is about the whole incident.</summary>
    public int UpdatesAt { get; init; } = -1;

    /// <summary>The lines of a list of affected components: words of a report, but of no update beside it.</summary>
    public IReadOnlySet<int> Listed { get; init; } = FrozenSet<int>.Empty;

    /// <summary>The lines that may belong to entries, without those set aside.</summary>
    public IEnumerable<Mark> Content => Marks.Skip(UpdatesAt + 1).Where(mark => !Aside.Contains(mark.Line) && !Listed.Contains(mark.Line));

    /// <summary>Lines as they stand, without what was set aside, without empty ends.</summary>
    public string Text(IEnumerable<int> lines) => Join(lines.Where(line => !Aside.Contains(line)).Select(line => Lines[line]));

    /// <summary>Joins lines: no empty ends, no more than one empty line in a row, no common indent.</summary>
    public static string Join(IEnumerable<string> lines)
    {
        var kept = new List<string>();
        foreach (var line in lines)
        {
            if (!string.IsNullOrWhiteSpace(line) || (kept.Count > 0 && kept[^1].Length > 0))
            {
                kept.Add(line.TrimEnd());
            }
        }

        while (kept is [.., ""])
        {
            kept.RemoveAt(kept.Count - 1);
        }

        // A first line that stood behind its header has no indent of its own to compare with.
        var indents = kept.Where(line => line.Length > 0).Select(Markup.Indent).DefaultIfEmpty(0);
        var common = indents.Min();
        return string.Join('\n', kept.Select(line => line.Length >= common ? line[common..] : line)).Trim();
    }
}
