using Candor.State;

namespace Candor.Importing.Text;

/// <summary>
/// Tells a text of several incidents, as a page's history or a log of reports is, from one of a single incident: read as
/// one, it would have the start of the first and the end of the last.
/// </summary>
internal static class SeveralReports
{
    /// <summary>The titles of the incidents, in the text's order; none where it is about one.</summary>
    public static IReadOnlyList<string> In(Draft draft, Reading reading)
    {
        var headings = UnderHeadings(draft);
        return headings.Count > 1 ? headings : reading.IsTimeline ? [] : BetweenUpdates(draft, reading);
    }

    /// <summary>"### Incident on 2023-09-18 - No space left", more than once, each with an end of its own.</summary>
    private static List<string> UnderHeadings(Draft draft)
    {
        var found = new Dictionary<int, List<string>>();
        var (level, open) = (0, (string?)null);
        foreach (var mark in draft.Marks)
        {
            var hashes = mark.IsHeading ? Hashes(draft.Lines[mark.Line]) : 0;
            if (hashes > 0 && (open is null || hashes <= level))
            {
                (level, open) = (hashes, IsNamedDay(draft.Lines[mark.Line]) ? draft.Lines[mark.Line].TrimStart('#', ' ').Trim() : null);
            }
            else if (open is not null && mark is { Label.Status: IncidentStatus.Resolved, Stamp: { HasDate: true, Clock: not null } })
            {
                found.TryAdd(level, []);
                found[level].Add(open);
                open = null;
            }
        }

        return found.Values.MaxBy(static titles => titles.Count) ?? [];
    }

    /// <summary>A page's history: between the first word on one incident and the last on the next stands a title.</summary>
    private static List<string> BetweenUpdates(Draft draft, Reading reading)
    {
        var titles = new List<string>();
        for (var i = 1; i < reading.Entries.Length; i++)
        {
            var (before, after) = (reading.Entries[i - 1], reading.Entries[i]);
            var turns = (IsEnd(before), IsEnd(after)) is (false, true) or (true, false);
            if (turns && IsFirst(IsEnd(after) ? before : after) && TitleIn(draft, reading, before.Line + 1, after.Line) is { } title)
            {
                titles.Add(title);
            }
        }

        return titles.Count == 0 ? [] : [TitleIn(draft, reading, 0, reading.From) ?? "the first", .. titles];
    }

    private static bool IsEnd(Entry entry) => entry.Label?.Status is IncidentStatus.Resolved or IncidentStatus.Postmortem;

    private static bool IsFirst(Entry entry) => entry.Label?.Status is IncidentStatus.Investigating or IncidentStatus.Identified;

    /// <summary>The last line that is of no update and could be a title.</summary>
    private static string? TitleIn(Draft draft, Reading reading, int from, int until) => Enumerable.Range(from, Math.Max(0, until - from)).Reverse()
        .Where(line => !reading.Owned.Contains(line) && draft.Marks[line] is { Label: null, Stamp: null, Rest.Length: > 2 })
        .Select(line => draft.Lines[line].Trim()).FirstOrDefault(static words => words[^1] is not ('.' or ':' or '!'));

    private static bool IsNamedDay(string line) => StampScanner.All(line).FirstOrDefault(static found => found.Stamp is { HasDate: true, Year: not null }) is { Stamp: not null } day
        && (line[..day.At] + line[day.End..]).Count(char.IsLetter) > 2;

    private static int Hashes(string line) => line.TrimStart() is var text ? text.Length - text.TrimStart('#').Length : 0;
}
