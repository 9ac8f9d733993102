using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Text;

/// <summary>Goes over the lines once, takes what is about the whole incident, and sets those lines aside from the updates.</summary>
internal sealed partial class OutlineReader
{
    private static readonly string[] UpdatesHeadings =
        ["updates", "update timeline", "incident updates", "incident timeline", "timeline of updates", "status updates", "activity", "incident history", "update history"];

    private readonly Manuscript manuscript;
    private readonly ImmutableArray<Mark> marks;
    private readonly HashSet<int> aside = [];
    private readonly HashSet<int> listed = [];
    private readonly int updatesAt;

    private OutlineReader(Manuscript manuscript)
    {
        this.manuscript = manuscript;
        marks = [.. manuscript.Lines.Select(Mark.Of)];
        updatesAt = FindUpdates();
    }

    private ImmutableArray<string> Lines => manuscript.Lines;

    public static (Outline Outline, Draft Draft) Read(Manuscript manuscript)
    {
        var reader = new OutlineReader(manuscript);
        var outline = reader.Read();
        return (outline, new(manuscript.Lines, reader.marks, reader.aside) { UpdatesAt = reader.updatesAt, Listed = reader.listed });
    }

    private Outline Read()
    {
        for (var at = 0; at < Lines.Length; at++)
        {
            if (Chrome.Is(Lines[at]))
            {
                aside.Add(at);
            }
        }

        var outline = WithAffected(WithFacts(WithTitle(new Outline())));
        return WithFront(outline);
    }

    /// <summary>A heading over updates: only where what follows really begins with an update.</summary>
    private int FindUpdates()
    {
        for (var at = 0; at < marks.Length; at++)
        {
            var words = marks[at].Rest.TrimEnd(':');
            if (words.Length < 24 && Array.Exists(UpdatesHeadings, heading => heading.Equals(words, StringComparison.OrdinalIgnoreCase)))
            {
                var next = NextWords(at);
                if (next >= 0 && marks[next] is { Label: not null } or { Stamp: not null })
                {
                    return at;
                }
            }
        }

        return -1;
    }

    private int NextWords(int at)
    {
        for (at++; at < marks.Length; at++)
        {
            if (!marks[at].IsBlank && !aside.Contains(at))
            {
                return at;
            }
        }

        return -1;
    }

    private string WordsAt(int line) => line < 0 ? "" : marks[line].Rest.Length > 0 ? marks[line].Rest : Lines[line].Trim();

    private Outline WithFront(Outline outline)
    {
        var front = manuscript.Front;
        return front.IsEmpty ? outline : outline with
        {
            Title = front["title"] ?? outline.Title,
            Started = When(front["date"]) ?? outline.Started,
            Ended = When(front["resolvedWhen"]) ?? outline.Ended,
            Status = front["resolved"] switch { "true" => IncidentStatus.Resolved, _ => outline.Status },
            Severity = front["severity"] is { } severity ? Chrome.Severity(severity) ?? outline.Severity : outline.Severity,
            Affected = front.List("affected") is { IsEmpty: false } affected ? [.. affected.Select(name => ImmutableArray.Create(name))] : outline.Affected,
        };
    }

    private static Stamp? When(string? text) => text is null ? null : StampScanner.Read(text, 0, out _) is { Clock: not null } stamp ? stamp : null;
}
