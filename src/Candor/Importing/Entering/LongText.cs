using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.Entering;

/// <summary>Others' texts within our limits, without losing a sentence: what is too long goes on in the next piece.</summary>
internal static class LongText
{
    /// <summary>The text in pieces that an update can hold, cut between paragraphs, lines or words where there are any.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var rest = Unshown.WithoutInText(text).Trim();
        while (rest.Length > IncidentDecisions.BodyLimit)
        {
            var cut = Cut(rest);
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    /// <summary>Whether a title does not fit as it is.</summary>
    public static bool IsCut(string title) => Line(title).Length > IncidentDecisions.TitleLimit;

    /// <summary>One line that a title can be.</summary>
    public static string Title(string title)
    {
        var line = Line(title);
        return line.Length == 0 ? "Untitled" : line.Length <= IncidentDecisions.TitleLimit ? line : line[..(IncidentDecisions.TitleLimit - 1)].TrimEnd() + "…";
    }

    /// <summary>The sections of a report within the limits of ours, or null where the whole is longer than any may be.</summary>
    public static ImmutableArray<PostmortemSection>? Sections(ImportedPostmortem postmortem)
    {
        var sections = new List<PostmortemSection>();
        foreach (var (heading, body) in postmortem.Sections.IsEmpty ? [new ImportedSection("", postmortem.Body)] : postmortem.Sections)
        {
            var line = Line(heading);
            if (sections.Count > 0 && (sections.Count == PostmortemDecisions.SectionsMost || line.Length > PostmortemDecisions.HeadingLimit))
            {
                sections[^1] = sections[^1] with { Body = $"{sections[^1].Body}\n\n## {line}\n\n{body}" };
            }
            else
            {
                sections.Add(line.Length > PostmortemDecisions.HeadingLimit ? new("", $"## {line}\n\n{body}") : new(line, body));
            }
        }

        return PostmortemDecisions.Text([.. sections]) is null ? [.. sections] : null;
    }

    private static string Line(string text) => string.Join(' ', Unshown.Without(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Cut(string text)
    {
        var within = text.AsSpan(0, IncidentDecisions.BodyLimit);
        foreach (var seam in (ReadOnlySpan<string>)["\n\n", "\n", " "])
        {
            if (within.LastIndexOf(seam) is > IncidentDecisions.BodyLimit / 2 and var at)
            {
                return at;
            }
        }

        return char.IsHighSurrogate(within[^1]) ? within.Length - 1 : within.Length;
    }
}
