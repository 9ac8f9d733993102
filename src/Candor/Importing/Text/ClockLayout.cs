namespace Candor.Importing.Text;

/// <summary>Notes that begin with a time, under headings that name the day: timelines of reports, dashboards with clock times.</summary>
internal static class ClockLayout
{
    private const double Worth = 0.8;
    private const int DayLineMax = 90;

    public static Reading Read(Draft draft)
    {
        var cut = new Cutting(draft);
        var (day, afterBlank) = ((Stamp?)null, false);
        Mark? opened = null;
        foreach (var mark in draft.Content)
        {
            var named = DayIn(draft, mark);
            if (IsEntry(mark))
            {
                cut.Begin(mark, day);
                opened = mark;
            }
            else if (opened is not null && (named is not null || Ends(draft, opened, mark, afterBlank)))
            {
                cut.Close();
                opened = null;
            }
            else
            {
                cut.Say(mark);
            }

            (day, afterBlank) = (named ?? day, mark.IsBlank);
        }

        var read = cut.Done(static entry => entry.Stamp is not null);
        return read with { IsTimeline = true, Score = read.Score * (read.Entries.Length > 1 ? Worth : Worth / 4) };
    }

    private static bool IsEntry(Mark mark) => mark.Stamp switch
    {
        null or { Ago: not null, HasDate: false, Clock: null } => false,
        { Clock: not null } => !mark.StampIsLast || mark.IsItem,
        _ => mark is { IsItem: true, StampIsLast: false },
    };

    /// <summary>A list ends with its indent, a paragraph of notes with the next heading.</summary>
    private static bool Ends(Draft draft, Mark opened, Mark mark, bool afterBlank)
    {
        if (mark.IsBlank)
        {
            return false;
        }

        var (of, here) = (Markup.Indent(draft.Lines[opened.Line]), Markup.Indent(draft.Lines[mark.Line]));
        return mark.IsHeading || (opened.IsItem && (mark.IsItem ? here < of : here <= of && afterBlank));
    }

    /// <summary>The day that a heading or a line ending in a colon names for the notes below it.</summary>
    private static Stamp? DayIn(Draft draft, Mark mark)
    {
        var line = draft.Lines[mark.Line];
        if (line.Length > DayLineMax || (!mark.IsHeading && !line.TrimEnd().EndsWith(':') && !mark.IsHead))
        {
            return null;
        }

        var dated = StampScanner.All(line).Where(found => found.Stamp.HasDate).Take(2).ToList();
        return dated.Count == 1 ? dated[0].Stamp : null;
    }
}
