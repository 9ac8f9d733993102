using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>Cuts lines into entries while a layout says where one begins, what its header is and where it ends.</summary>
internal sealed class Cutting(Draft draft)
{
    private readonly ImmutableArray<Entry>.Builder entries = ImmutableArray.CreateBuilder<Entry>();
    private readonly List<string> words = [];
    private readonly HashSet<int> owned = [];
    private int line = -1;
    private Label? label;
    private Stamp? stamp;
    private Stamp? under;

    public bool IsOpen => line >= 0;

    public bool AwaitsLabel => IsOpen && stamp is not null && label is null && IsSilent;

    public bool HasLabel => label is not null;

    private bool IsSilent => words.TrueForAll(string.IsNullOrWhiteSpace);

    /// <summary>True where the mark gives the open header what it still lacks, or says its time once more in another zone.</summary>
    public bool Continues(Mark mark) => IsOpen && IsSilent
        && ((label is null && stamp is not null && mark is { Label: not null, Stamp: null })
            || (stamp is null && label is not null && mark is { Stamp: not null, Label: null })
            || (stamp is not null && label is null && mark is { Stamp: not null, Label: null, Rest.Length: 0 }));

    /// <summary>The same label again, as some pages have it once for the eye and once for screen readers.</summary>
    public bool Repeats(Mark mark) => IsOpen && IsSilent && label is not null && mark is { Stamp: null, Rest.Length: 0 }
        && string.Equals(mark.Label?.Word, label.Value.Word, StringComparison.Ordinal);

    public void Begin(Mark mark, Stamp? day = null)
    {
        Close();
        (line, label, stamp, under) = (mark.Line, mark.Label, mark.Stamp, day);
        words.Add(mark.Rest);
        owned.Add(mark.Line);
    }

    /// <summary>An entry whose header stands below its words, so that the whole line is words.</summary>
    public void BeginWithWords(Mark mark)
    {
        Close();
        line = mark.Line;
        words.Add(draft.Lines[mark.Line]);
        owned.Add(mark.Line);
    }

    public void Complete(Mark mark)
    {
        label ??= mark.Label;
        stamp = stamp is { Zone: not null } || mark.Stamp is null ? stamp ?? mark.Stamp : mark.Stamp;
        owned.Add(mark.Line);
        if (IsSilent)
        {
            words.Clear();
            words.Add(mark.Rest);
        }
    }

    /// <summary>Words of the open entry; before the first one they are not the entry's.</summary>
    public void Say(Mark mark)
    {
        if (IsOpen)
        {
            words.Add(draft.Lines[mark.Line]);
            owned.Add(mark.Line);
        }
    }

    public void Close()
    {
        if (IsOpen)
        {
            // What follows the header line hangs under it by an indent of its own.
            var body = $"{words[0]}{(words.Count > 1 && words[1].Length == 0 ? "\n\n" : "\n")}{Draft.Join(words.Skip(1))}".Trim();
            entries.Add(new(line, label, stamp, Balanced(body)) { Under = under });
        }

        words.Clear();
        (line, label, stamp, under) = (-1, null, null, null);
    }

    public Reading Done(Func<Entry, bool> isWhole)
    {
        Close();
        var whole = entries.Count(isWhole);
        // Where label and time are found but no words, another layout may know where the words stand.
        var silent = entries.Count(static entry => entry.Body.Length == 0);
        return entries.Count == 0 ? Reading.Nothing
            : new(entries.ToImmutable(), whole - ((entries.Count - whole + silent) * 0.5), entries[0].Line) { Whole = whole, Owned = owned };
    }

    /// <summary>Emphasis that began in the header must not be left open in the words.</summary>
    private static string Balanced(string body) =>
        body.AsSpan().Count("**") % 2 == 0 ? body : body.Remove(body.LastIndexOf("**", StringComparison.Ordinal), 2);
}
