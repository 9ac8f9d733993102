using System.Collections.Immutable;
using System.Text;

namespace Candor.State.Postmortems;

/// <summary>
/// A postmortem as one Markdown text and as sections. Cutting and joining loses nothing: joined again, the sections are the
/// text, except for white space around them.
/// </summary>
internal static class PostmortemText
{
    private const string Mark = "## ";

    public static string Join(ImmutableArray<PostmortemSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            if (text.Length > 0)
            {
                text.Append("\n\n");
            }

            if (section.Heading.Length > 0)
            {
                text.Append(Mark).Append(section.Heading).Append(section.Body.Length > 0 ? "\n\n" : "");
            }

            text.Append(section.Body);
        }

        return text.ToString();
    }

    /// <summary>Cuts at headings of the second level, outside fenced code.</summary>
    public static ImmutableArray<PostmortemSection> Cut(string text)
    {
        var sections = ImmutableArray.CreateBuilder<PostmortemSection>();
        var (heading, body, fenced) = ("", new StringBuilder(), false);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            fenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith(Mark, StringComparison.Ordinal) && line.AsSpan(Mark.Length).Trim().Length > 0)
            {
                Add(sections, heading, body);
                heading = line[Mark.Length..].Trim();
                continue;
            }

            body.Append(line).Append('\n');
        }

        Add(sections, heading, body);
        return sections.ToImmutable();
    }

    private static void Add(ImmutableArray<PostmortemSection>.Builder sections, string heading, StringBuilder body)
    {
        var text = body.ToString().Trim('\n');
        if (heading.Length > 0 || text.Trim().Length > 0)
        {
            sections.Add(new(heading, text));
        }

        body.Clear();
    }
}
