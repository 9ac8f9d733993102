namespace Candor.Importing.Text;

/// <summary>What one line is, as far as it can be said of the line alone: a label, a time, both, either with words, or words.</summary>
/// <param name="Line">Its index in the manuscript.</param>
/// <param name="Rest">The words that are neither label nor time.</param>
internal sealed record Mark(int Line, string Rest)
{
    // No page puts a time behind more words than that and means it as a heading.
    private const int FieldMax = 160;
    private const int NameMax = 70;

    // "First detected 15:44" is a field; "the site was back online at 09:55" is a sentence.
    private const int FieldWordsMax = 4;

    public Label? Label { get; init; }

    public Stamp? Stamp { get; init; }

    public bool IsHeading { get; init; }

    public bool IsItem { get; init; }

    /// <summary>The time stands behind the words: "First detected 2021-07-12 15:44".</summary>
    public bool StampIsLast { get; init; }

    /// <summary>"Posted …": the time of words that stand before it.</summary>
    public bool Posted { get; init; }

    /// <summary>The label is set off by a bracket or a dash, as no sentence would have it.</summary>
    public bool SetOff { get; init; }

    public bool IsBlank => Rest.Length == 0 && Label is null && Stamp is null;

    public bool IsHead => (Label is not null || Stamp is not null) && Rest.Length == 0;

    public static Mark Of(string line, int index)
    {
        var (text, isHeading, isItem) = Markup.Row(line) is { } row ? (row, false, true) : Markup.Bare(line);
        var mark = new Mark(index, text) { IsHeading = isHeading, IsItem = isItem };
        if (text.Length == 0)
        {
            return mark;
        }

        return Labelled(mark, text) ?? Stamped(mark, text) ?? Field(mark, text) ?? mark;
    }

    private static Mark? Labelled(Mark mark, string text)
    {
        if (Text.Label.Read(text, out var end) is not { } label)
        {
            return null;
        }

        var (rest, setOff) = Separated(text.AsSpan(end));
        setOff |= text[0] == '[';
        if (rest.Length == 0)
        {
            return mark with { Label = label, Rest = "", SetOff = setOff };
        }

        if (Stamped(mark, rest) is { } stamped && (stamped.Rest.Length == 0 || !setOff))
        {
            return stamped with { Label = label };
        }

        // "Resolved the issue by …" is a sentence.
        var separator = text.AsSpan(end).TrimStart();
        return setOff || separator is [':', ..] ? mark with { Label = label, Rest = rest, SetOff = setOff } : null;
    }

    private static Mark? Stamped(Mark mark, string text)
    {
        var from = StampLead.Skip(text, out var posted, out var ago);
        if (StampScanner.Read(text, from, out var end) is not { } stamp)
        {
            return ago is null || from < text.Length ? null
                : mark with { Stamp = new Stamp { Ago = ago, Said = text }, Rest = "", Posted = posted };
        }

        var behind = StampLead.SkipBehind(text, end);
        var (rest, separated) = Separated(text.AsSpan(behind));
        var found = mark with { Stamp = stamp with { Ago = ago }, Posted = posted, Rest = rest };
        if (rest.Length == 0)
        {
            return found;
        }

        if (separated && StampScanner.Read(rest, 0, out var over) is { Clock: not null } until)
        {
            return Range(found, until, rest.AsSpan(over));
        }

        if (Text.Label.Read(rest, out var labelEnd) is { } label && Separated(rest.AsSpan(labelEnd)) is var (words, setOff)
            && (words.Length == 0 || setOff || rest[labelEnd] == ':'))
        {
            return found with { Label = label, Rest = words, SetOff = setOff || rest[0] == '[' };
        }

        // Without a separator only a new sentence may follow: a line of prose may begin with a time as well.
        var colon = text.AsSpan(behind).TrimStart() is [':', ..];
        var begins = stamp.Clock is not null
            ? separated || colon || (text[behind] == ' ' && (char.IsUpper(rest[0]) || rest[0] is '[' or '`' or '('))
            : mark.IsItem && (colon || separated);
        return begins ? found : null;
    }

    /// <summary>"14:05–14:20 UTC: …" is a note of what lasted; alone in a heading it is over one; in any other way a line that begins with a range is prose.</summary>
    private static Mark? Range(Mark found, Stamp until, ReadOnlySpan<char> behind)
    {
        var (words, separated) = Separated(behind);
        return (words.Length > 0 && (separated || behind is [':', ..])) || (words.Length == 0 && found.IsHeading)
            ? found with { Rest = words, Stamp = found.Stamp! with { Zone = found.Stamp.Zone ?? until.Zone } }
            : null;
    }

    /// <summary>"Incident Start: 16 November 2021 09:34": a name, and a time that ends the line.</summary>
    private static Mark? Field(Mark mark, string text)
    {
        if (text.Length > FieldMax)
        {
            return null;
        }

        foreach (var (at, end, stamp) in StampScanner.All(text).Take(1))
        {
            var name = text[..at].Trim().Trim(':', '*', '-', '–', '(', '_').Trim();
            if (stamp.Clock is not null && text.AsSpan(end).Trim(" *).").Length == 0 && name.Length is > 2 and <= NameMax
                && ((mark.IsItem && name.AsSpan().Count(' ') < FieldWordsMax) || text[..at].TrimEnd(' ', '*').EndsWith(':')))
            {
                return mark with { Stamp = stamp, Rest = name, StampIsLast = true };
            }
        }

        return null;
    }

    /// <summary>The words behind a colon or dash, and whether it was a dash: "Resolved - …", "10:02 UTC: …".</summary>
    private static (string Words, bool Dash) Separated(ReadOnlySpan<char> behind)
    {
        var text = behind.Trim();
        // "11pm-ish" is one word.
        if (behind is ['-', var glued, ..] && char.IsLetter(glued))
        {
            return (text.ToString(), false);
        }

        var dash = text is ['-' or '–' or '—' or '|' or '•' or '·', ..];
        return (text.TrimStart("-–—:|•·").Trim().ToString(), dash);
    }
}
