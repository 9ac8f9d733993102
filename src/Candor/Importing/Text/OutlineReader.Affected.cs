using System.Collections.Immutable;
using System.Globalization;

namespace Candor.Importing.Text;

internal sealed partial class OutlineReader
{
    private const int ListMax = 500;
    private const int NameMax = 120;

    private static readonly string[] Joints = [" and ", ", "];

    private static readonly string[] Inline =
    [
        "This incident affected:", "This scheduled maintenance affected:", "This maintenance affected:", "Affected components:", "Components affected:",
        "Affected services:", "Services affected:", "Affected component:", "Affects:", "Affected:", "Affected systems:", "Incident affecting ",
        "Affected products:", "Impacted services:", "Impacted components:", "Components:",
    ];

    private static readonly string[] Headings =
    [
        "affected", "affected components", "affected services", "affected component", "affected service", "components affected", "services affected", "affected systems",
        "affected services and features", "components", "affected products", "impacted components", "impacted services",
    ];

    private static readonly string[] Following =
    [
        "updates", "update timeline", "timeline", "incident updates", "activity", "locations", "location", "started", "resolved", "duration", "incident status", "regions", "history", "subscribe to updates",
    ];

    private Outline WithAffected(Outline outline)
    {
        var paths = new List<ImmutableArray<string>>();
        var intervals = new List<SaidInterval>();
        var warnings = new List<ImportWarning>();
        for (var at = 0; at < Lines.Length; at++)
        {
            if (aside.Contains(at) || Lines[at].Length == 0)
            {
                continue;
            }

            if (InlineList(at) is { } named)
            {
                paths.AddRange(named);
            }
            else if (IsHeadingOfList(at))
            {
                at = Listed(at, paths, intervals);
            }
        }

        ApartFromSummary(paths, warnings);
        var tree = new AffectedTree(paths, intervals, string.Join('\n', Lines.Take(2_000)));
        return outline with
        {
            Affected = [.. tree.Paths], Intervals = [.. tree.Intervals], Warnings = [.. outline.Warnings, .. warnings, .. tree.Warnings],
        };
    }

    private ImmutableArray<ImmutableArray<string>>? InlineList(int at)
    {
        var text = Markup.Bare(Lines[at]).Text;
        foreach (var lead in Inline)
        {
            if (text.StartsWith(lead, StringComparison.OrdinalIgnoreCase) && text.Length > lead.Length + 1)
            {
                // Between updates it is part of what was said; at the edges it is the page's own line.
                aside.Add(at);
                return ComponentList.Read(text[lead.Length..].Replace("**", "", StringComparison.Ordinal));
            }
        }

        return null;
    }

    private bool IsHeadingOfList(int at)
    {
        var words = marks[at].Rest.Trim(' ', ':', '*');
        return words.Length < 40 && Array.Exists(Headings, heading => heading.Equals(words, StringComparison.OrdinalIgnoreCase))
            && (updatesAt < 0 ? marks[at].IsHeading || Lines[at].TrimEnd(' ', '*').EndsWith(':') || IsNameLine(NextWords(at)) : at < updatesAt || marks[at].IsHeading);
    }

    private bool IsNameLine(int at) => at >= 0 && marks[at] is { Label: null, Stamp: null } && Lines[at].Trim() is { Length: < 60 } name && !name.EndsWith('.') && !name.EndsWith(':');

    private bool IsSeverity(int at) => at >= 0 && Chrome.Severity(Lines[at]) is not null;

    /// <summary>The lines below a heading: names, each perhaps with a line of intervals under it. Answers the last line taken.</summary>
    private int Listed(int heading, List<ImmutableArray<string>> paths, List<SaidInterval> intervals)
    {
        var (last, taken) = (heading, new List<int> { heading });
        ImmutableArray<string>? open = null;
        foreach (var mark in marks.Skip(heading + 1).Take(ListMax))
        {
            var name = Lines[mark.Line].Trim();
            if (mark.IsBlank || aside.Contains(mark.Line))
            {
                if (mark.IsBlank && paths.Count > 0 && open is not null && updatesAt < 0 && intervals.Count == 0 && NextWords(mark.Line) is var next && (next < 0 || (!marks[next].IsItem && !IsSeverity(NextWords(next)))))
                {
                    break;
                }

                continue;
            }

            var said = open is { } component ? SaidInterval.Of(name, component) : [];
            // "Full outage" below a name is how it stood, without a time, and no component.
            if (!said.IsEmpty || (open is not null && Chrome.Severity(name) is not null))
            {
                intervals.AddRange(said);
            }
            else if (name.Length > NameMax || mark.Label is not null || mark.Stamp is not null || mark.Line == updatesAt || name.EndsWith('.') || name.EndsWith(':') || mark.IsHeading
                || Array.Exists(Following, word => word.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                break;
            }
            else
            {
                var read = ComponentList.Read(Markup.Bare(Lines[mark.Line]).Text);
                paths.AddRange(read);
                open = read is [.., var path] ? path : open;
            }

            taken.Add(mark.Line);
            last = mark.Line;
        }

        (updatesAt >= 0 || intervals.Count > 0 ? aside : listed).UnionWith(taken);

        return last;
    }

    /// <summary>"… affecting Login and API and 1 more component": cuts names that were copied without a gap between them.</summary>
    private void ApartFromSummary(List<ImmutableArray<string>> paths, List<ImportWarning> warnings)
    {
        if (paths is not [[var joined]] || SummaryNames() is not ({ Count: > 0 } named, var more))
        {
            return;
        }

        var rest = joined;
        foreach (var name in named)
        {
            rest = rest.Replace(name, "\n", StringComparison.Ordinal);
        }

        var left = rest.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (named.Exists(name => !joined.Contains(name, StringComparison.Ordinal)))
        {
            return;
        }

        paths.Clear();
        paths.AddRange(named.Concat(left).Select(name => ImmutableArray.Create(name)));
        if (left.Length != more)
        {
            warnings.Add(new($"“{joined}”", $"names {named.Count + more} components without a gap between them", "check the names before they are entered"));
        }
    }

    private (List<string> Named, int More)? SummaryNames()
    {
        const string affecting = " affecting ";
        foreach (var line in Lines.Take(60))
        {
            var at = line.IndexOf(affecting, StringComparison.Ordinal);
            if (at < 0 || !line.Contains(" experienced ", StringComparison.Ordinal))
            {
                continue;
            }

            var end = line.IndexOf(", lasting", at, StringComparison.Ordinal);
            end = end < 0 ? line.IndexOf('.', at) : end;
            var names = line[(at + affecting.Length)..(end < 0 ? line.Length : end)].Split(Joints, StringSplitOptions.RemoveEmptyEntries).ToList();
            var more = names is [.., var tail] && tail.Contains(" more component", StringComparison.Ordinal) && int.TryParse(tail.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
            return (more > 0 ? names[..^1] : names, more);
        }

        return null;
    }
}
