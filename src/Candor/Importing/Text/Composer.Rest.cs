using System.Text.RegularExpressions;

namespace Candor.Importing.Text;

/// <summary>What no entry holds: nothing of a text may be lost without a word.</summary>
internal sealed partial class Composer
{
    /// <summary>So much beside the notes is a report around them.</summary>
    private const int AroundMin = 120;

    private const int MessageMax = 1_500;
    private const int SaidMax = 80;
    private const int NoteMax = 160;

    private List<string>? rest;

    /// <summary>Lines of words that are in no entry and are neither headings nor a list of components.</summary>
    private List<string> Rest => rest ??= [.. draft.Marks
        .Where(mark => !reading.Owned.Contains(mark.Line) && !draft.Aside.Contains(mark.Line) && !draft.Listed.Contains(mark.Line)
            && mark is { IsHeading: false, Rest.Length: > 0 } && ZoneOfTimes(draft.Lines[mark.Line]) is null)
        .Select(mark => draft.Lines[mark.Line].Trim())];

    /// <summary>An issue of cState that has but one message: what was said at its start, and no report.</summary>
    private string? OnlyMessage()
    {
        if (reading.Entries.Length > 0 || manuscript.Front["severity"] is null || draft.Marks.Any(static mark => mark.IsHeading))
        {
            return null;
        }

        var words = draft.Text(Enumerable.Range(0, draft.Lines.Length));
        return words.Length is > 0 and <= MessageMax ? words : null;
    }

    /// <summary>Says which sentences became part of nothing.</summary>
    private void Unsaid(bool hasWhole)
    {
        if (hasWhole || Rest.Where(static line => IsSentence(line)).ToList() is not { Count: > 0 } lost)
        {
            return;
        }

        var first = lost[0].Length > SaidMax ? lost[0][..SaidMax].TrimEnd() + "…" : lost[0];
        warnings.Add(new(
            $"“{first}”", lost.Count == 1 ? "belongs to no update and is left out" : $"and {lost.Count - 1} more {(lost.Count == 2 ? "line belongs" : "lines belong")} to no update and are left out",
            "put the words under one of the updates in the text, or add them afterwards"));
    }

    private static bool IsSentence(string line) => line[^1] is '.' or '!' or '?' && line.AsSpan().Count(' ') >= 4;

    /// <summary>A note that tells the end: "Incident resolved and communicated".</summary>
    private static bool TellsEnd(string body)
    {
        var stop = body.AsSpan().IndexOfAny('\n', ';');
        var first = stop < 0 ? body : body[..stop];
        return first.Length <= NoteMax && Over().IsMatch(first) && !Doubt().IsMatch(first);
    }

    [GeneratedRegex(@"\b(incident|outage|issue|problem|impact|all services)( (is|was|has been|have been|are|were|now|fully|declared|marked( as)?))* (resolved|over|closed|ends|ended)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Over();

    [GeneratedRegex(@"\b(not|believe|believes|believed|think|thinks|thought|should|hope|hopefully|if|until|assume|assumes|assumed|appears|seems|will|when|once|whether|partially|partly|main|mostly)\b|n't\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Doubt();
}
