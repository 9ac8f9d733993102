using System.Collections.Immutable;
using System.Text;

namespace Candor.Importing.Reading;

/// <summary>A report as one text and, for those who want to fill a form from it, cut at its headings.</summary>
internal static class Postmortems
{
    public static ImportedPostmortem Make(string body, DateTimeOffset? publishedAt) =>
        new(body) { PublishedAt = publishedAt, Sections = Cut(body) };

    private static ImmutableArray<ImportedSection> Cut(string body)
    {
        var sections = ImmutableArray.CreateBuilder<ImportedSection>();
        var (heading, text) = ("", new StringBuilder());
        foreach (var line in body.Split('\n'))
        {
            if (Heading(line) is not { } next)
            {
                text.Append(line).Append('\n');
                continue;
            }

            Close();
            (heading, text) = (next, new StringBuilder());
        }

        Close();
        return sections.ToImmutable();

        void Close()
        {
            if (heading.Length > 0 || text.ToString().Trim().Length > 0)
            {
                sections.Add(new(heading, text.ToString().Trim()));
            }
        }
    }

    /// <summary>"## Cause", or a line that is bold as a whole.</summary>
    private static string? Heading(string line)
    {
        line = line.Trim();
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is > 0 and <= 6 && line.Length > level && line[level] == ' ' ? line[level..].Trim(' ', '#', '*')
            : line.Length is > 4 and < 120 && line.StartsWith("**", StringComparison.Ordinal) && line.EndsWith("**", StringComparison.Ordinal)
                && line.IndexOf("**", 2, StringComparison.Ordinal) == line.Length - 2 ? line[2..^2].Trim(' ', ':')
            : null;
    }
}
