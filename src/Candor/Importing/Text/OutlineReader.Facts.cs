namespace Candor.Importing.Text;

internal sealed partial class OutlineReader
{
    private static readonly string[] Starts =
        ["started", "started at", "start", "start time", "incident start", "incident started", "began", "first detected", "beginning", "incident start time", "outage start", "start date"];

    private static readonly string[] Ends =
        ["resolved", "resolved at", "ended", "ended at", "end", "end time", "incident end", "incident resolved", "incident end time", "outage end", "end date", "service restored"];

    private const int BadgesWithin = 60;

    private static readonly string[] Lengths = ["duration", "lasted", "total duration", "incident duration", "downtime", "total downtime"];

    /// <summary>Started, ended, lasted: fields in one line or two, in the part before the updates or as items of a report.</summary>
    private Outline WithFacts(Outline outline)
    {
        for (var at = 0; at < Lines.Length; at++)
        {
            var head = updatesAt < 0 || at < updatesAt;
            if (aside.Contains(at) || marks[at].IsBlank || Lines[at].Length > 200)
            {
                continue;
            }

            outline = RunTogether(outline, at) ?? Bounded(outline, at) ?? Field(outline, at, head) ?? (head ? Badges(outline, at) : null) ?? outline;
        }

        return outline;
    }

    /// <summary>"Started about 24 hours agoLasted about 10 hours", as the eye saw it in two columns.</summary>
    private Outline? RunTogether(Outline outline, int at)
    {
        var cursor = new Cursor(Lines[at].Trim(), 0);
        if (!cursor.Take("Started"))
        {
            return null;
        }

        cursor.Spaces();
        if (StampLead.Ago(ref cursor) is not { } ago)
        {
            return null;
        }

        aside.Add(at);
        cursor.Spaces();
        cursor.Take(',');
        cursor.Spaces();
        return outline with
        {
            StartedAgo = ago, Lasted = cursor.Take("Lasted") || cursor.Take("lasted") ? StampLead.Length(ref cursor) ?? outline.Lasted : outline.Lasted,
        };
    }

    /// <summary>"Incident began at 2026-06-12 10:51 and ended at 2026-06-12 18:18", a line of its own.</summary>
    private Outline? Bounded(Outline outline, int at)
    {
        const string began = "Incident began at ";
        var line = Lines[at].Trim();
        if (!line.StartsWith(began, StringComparison.OrdinalIgnoreCase) || StampScanner.Read(line, began.Length, out _) is not { Clock: not null } from)
        {
            return null;
        }

        aside.Add(at);
        var until = Spans.Pairs(line).Select(static pair => pair.Until).FirstOrDefault();
        return outline with { Started = outline.Started ?? from, Ended = outline.Ended ?? until };
    }

    private Outline? Field(Outline outline, int at, bool head)
    {
        var (name, stamp, value, last) = FieldAt(at);
        var key = name.Trim(' ', ':', '*').ToLowerInvariant();
        if (stamp is not null && Array.IndexOf(Starts, key) >= 0)
        {
            SetAsideWhole(head, at, last);
            return outline with { Started = outline.Started ?? stamp };
        }

        // "Resolved" over a time is an update as well, unless a start stands beside it.
        if (stamp is not null && Array.IndexOf(Ends, key) >= 0 && (key != "resolved" || outline.Started is not null))
        {
            SetAsideWhole(head && key != "resolved" || updatesAt >= 0 && head, at, last);
            return outline with { Ended = outline.Ended ?? stamp };
        }

        if (Array.IndexOf(Lengths, key) >= 0 && LengthIn(value) is { } length)
        {
            SetAsideWhole(head, at, last);
            return outline with { Lasted = outline.Lasted ?? length };
        }

        return null;
    }

    private (string Name, Stamp? Stamp, string Value, int Last) FieldAt(int at)
    {
        var mark = marks[at];
        if (mark is { StampIsLast: true })
        {
            return (mark.Rest, mark.Stamp, "", at);
        }

        var text = Markup.Bare(Lines[at]).Text;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (mark is { Label: { } label, Stamp: not null, Rest.Length: 0 })
        {
            return (label.Word, mark.Stamp, "", at);
        }

        if (colon is > 0 and < 30 && colon + 1 < text.Length)
        {
            var value = text[(colon + 1)..].Trim(' ', '*');
            return (text[..colon], StampScanner.Read(value, StampLead.Skip(value, out _, out _), out _), value, at);
        }

        var next = NextWords(at);
        if (next < 0 || next > at + 2 || text.Length > 30)
        {
            return (text, null, "", at);
        }

        return (text.TrimEnd(':'), marks[next] is { Rest.Length: 0, Label: null } below ? below.Stamp : null, Lines[next].Trim(), next);
    }

    private static TimeSpan? LengthIn(string text)
    {
        var cursor = new Cursor(text, 0);
        return StampLead.Length(ref cursor);
    }

    private Outline? Badges(Outline outline, int at)
    {
        if (updatesAt < 0 || at > BadgesWithin || !Chrome.IsBadges(Lines[at], out var severity, out var status))
        {
            return null;
        }

        aside.Add(at);
        return outline with { Severity = outline.Severity ?? severity, Status = outline.Status ?? status };
    }

    // What stands in a report's body stays there: only the block above the updates is no content.
    private void SetAsideWhole(bool head, int from, int until)
    {
        if (head && updatesAt >= 0)
        {
            Aside(from, until);
        }
    }
}
