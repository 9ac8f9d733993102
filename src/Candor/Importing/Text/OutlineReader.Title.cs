using System.Buffers;
using Candor.State;

namespace Candor.Importing.Text;

internal sealed partial class OutlineReader
{
    private const int TitleMax = 200;
    private const int LinesOverTitle = 4;
    private static readonly SearchValues<char> OfDays = SearchValues.Create("0123456789/.-: ");
    private static readonly string[] ReportFor = ["Incident Report for ", "Scheduled Maintenance Report for ", "Maintenance Report for "];
    private static readonly string[] Details = [" – Incident details", " - Incident details", " — Incident details", " | Incident details", " – Maintenance details"];

    private Outline WithTitle(Outline outline)
    {
        var first = NextWords(-1);
        for (var at = 0; at < Math.Min(Lines.Length, 400); at++)
        {
            foreach (var mark in ReportFor)
            {
                // The title of a page of this kind stands right above the line that names the page.
                if (Lines[at].TrimStart().StartsWith(mark, StringComparison.Ordinal))
                {
                    var above = Enumerable.Range(1, at).Select(back => at - back).FirstOrDefault(line => !marks[line].IsBlank, -1);
                    Aside(0, at);
                    return outline with
                    {
                        Title = above < 0 ? null : Lines[above].Trim(), PageName = Lines[at].TrimStart()[mark.Length..].Trim(),
                        IsMaintenance = mark.Contains("Maintenance", StringComparison.Ordinal),
                    };
                }
            }
        }

        if (first < 0 || manuscript.Front["title"] is not null)
        {
            return outline;
        }

        foreach (var mark in Details)
        {
            var line = Lines[first].Trim();
            if (line.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                return DetailsPage(outline, first, line[..^mark.Length]);
            }
        }

        return PageOver(outline, first) ?? FirstHeading(outline) ?? FirstLine(outline, first);
    }

    /// <summary>"Heron - Homepage is down – Incident details": the title is said again below, alone.</summary>
    private Outline DetailsPage(Outline outline, int first, string names)
    {
        aside.Add(first);
        for (var at = first + 1; at < Math.Min(Lines.Length, first + 20); at++)
        {
            var line = Lines[at].Trim();
            if (line.Length > 0 && names.EndsWith(" - " + line, StringComparison.Ordinal))
            {
                aside.Add(at);
                return outline with { Title = line, PageName = names[..^(line.Length + 3)] };
            }
        }

        var dash = names.IndexOf(" - ", StringComparison.Ordinal);
        return dash < 0 ? outline with { Title = names } : outline with { Title = names[(dash + 3)..], PageName = names[..dash] };
    }

    /// <summary>"Netop incident", and the title below it.</summary>
    private Outline? PageOver(Outline outline, int first)
    {
        const string incident = " incident";
        var (line, next) = (Lines[first].Trim(), NextWords(first));
        if (!line.EndsWith(incident, StringComparison.Ordinal) || line.Length > 60 || next < 0 || !IsTitle(next) || Lines.Length < 8)
        {
            return null;
        }

        var page = line[..^incident.Length];
        var summary = Lines.Take(40).ToList().FindIndex(other => other.StartsWith(page + " experienced ", StringComparison.Ordinal));
        if (summary < 0)
        {
            return null;
        }

        aside.UnionWith([first, next, summary]);
        return outline with { PageName = page, Title = Lines[next].Trim() };
    }

    private Outline? FirstHeading(Outline outline)
    {
        var top = marks.FirstOrDefault(mark => Lines[mark.Line].TrimStart().StartsWith("# ", StringComparison.Ordinal) && mark.Line < 60);
        if (top is null || (top.Label is not null && !IsNamedReport(top)) || WordsAt(top.Line).Length > TitleMax)
        {
            return null;
        }

        aside.Add(top.Line);
        return outline with { Title = Lines[top.Line].Trim().Trim('#').Trim() };
    }

    /// <summary>The first line that could be one, before anything that was said; dates and badges may stand over it.</summary>
    private Outline FirstLine(Outline outline, int first)
    {
        if (marks[first] is { Label: { Status: not null } label, Stamp: null, Rest: { Length: > 2 and <= TitleMax } named } && Lines[first].TrimStart() is ['[', ..] && !named.EndsWith('.'))
        {
            // "[Resolved] Slow search": the subject of a mail, with how it stands now.
            aside.Add(first);
            return outline with { Title = named, Status = label.Status };
        }

        for (var (at, tries) = (first, 0); at >= 0 && tries < LinesOverTitle; at = NextWords(at), tries++)
        {
            if (Chrome.IsCrumb(Lines[at]) && NextWords(at) is >= 0 and var below && (IsTitle(below) || Chrome.IsCrumb(Lines[below])))
            {
                // The page's name and the way down to this incident stand over its title.
                aside.Add(at);
                tries--;
                continue;
            }

            if (marks[at] is { Label.Status: not null, SetOff: true, Stamp: null, Rest: { Length: > 8 and <= TitleMax } said } && !said.EndsWith('.') && NextWords(at) is >= 0 and var under && marks[under].Stamp is null)
            {
                // "Mitigated – Virtual desktops – East US".
                aside.Add(at);
                return outline with { Title = said, Status = outline.Status ?? marks[at].Label?.Status };
            }

            if ((IsTitle(at) || IsNamedReport(marks[at])) && updatesAt != at)
            {
                aside.Add(at);
                return outline with { Title = Markup.Bare(Lines[at]).Text.Trim('*') };
            }

            // "03/12" alone is a day, as far as it is anything.
            if (marks[at].Rest.AsSpan().ContainsAnyExcept(OfDays))
            {
                break;
            }
        }

        return outline;
    }

    /// <summary>"Postmortem: web stack outage" names a report; the word alone, or before a dash, is the label of an update.</summary>
    private bool IsNamedReport(Mark mark) => mark is { Label.Status: IncidentStatus.Postmortem, Stamp: null, SetOff: false, IsItem: false, Rest.Length: > 2 }
        && !mark.Rest.EndsWith('.') && Lines[mark.Line].Length <= TitleMax;

    private bool IsTitle(int line)
    {
        var text = Lines[line].Trim();
        return text.Length is > 2 and <= TitleMax && text.AsSpan().IndexOfAnyExcept(OfDays) >= 0 && marks[line] is { Label: null, IsItem: false } mark && (mark.Stamp is null || mark.Rest.Length > 0)
            && !text.EndsWith('.') && !text.EndsWith(':') && !Chrome.IsBadges(text, out _, out _) && !text.StartsWith("This incident affected", StringComparison.OrdinalIgnoreCase);
    }

    private void Aside(int from, int until)
    {
        for (var line = from; line <= until; line++)
        {
            aside.Add(line);
        }
    }
}
