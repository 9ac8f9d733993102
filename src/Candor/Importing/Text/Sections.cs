using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>Cuts a postmortem at its headings, also at those that are headings to the eye alone.</summary>
internal static class Sections
{
    private const int HeadingMax = 70;

    public static ImmutableArray<ImportedSection> Of(string body)
    {
        var lines = body.Split('\n');
        var sections = ImmutableArray.CreateBuilder<ImportedSection>();
        var (heading, words, code) = ("", new List<string>(), false);
        for (var at = 0; at < lines.Length; at++)
        {
            code ^= lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (code || !IsHeading(lines, at))
            {
                words.Add(lines[at]);
                continue;
            }

            Add();
            heading = Markup.Bare(lines[at]).Text.Trim('*', ' ');
        }

        Add();
        return sections.ToImmutable();

        void Add()
        {
            var text = Draft.Join(words);
            if (heading.Length > 0 || text.Length > 0)
            {
                sections.Add(new(heading, text));
            }

            words.Clear();
        }
    }

    private static bool IsHeading(string[] lines, int at)
    {
        var line = lines[at].Trim();
        if (line.Length is 0 or > HeadingMax * 2)
        {
            return false;
        }

        if (Markup.Bare(lines[at]) is { IsHeading: true })
        {
            return true;
        }

        // A short line without an end, and a sentence or a list below it.
        var next = Array.FindIndex(lines, at + 1, below => !string.IsNullOrWhiteSpace(below));
        return line.Length <= HeadingMax && char.IsUpper(line[0]) && Markup.ItemMark(line) == 0 && line[^1] is not ('.' or ',' or ':' or ';' or '!' or ')')
            && next > 0 && IsWords(lines[next].Trim()) && (at == 0 || IsEnd(lines, at));
    }

    // A wrapped line of prose is no heading: what stands before a heading has come to its end.
    private static bool IsEnd(string[] lines, int at) =>
        string.IsNullOrWhiteSpace(lines[at - 1]) || lines[at - 1].TrimEnd() is [.., '.' or '!' or '?' or ')' or ':'] || lines[at - 1].Trim().Length <= HeadingMax;

    private static bool IsWords(string line) => line.Length > HeadingMax || Markup.ItemMark(line) > 0 || line[^1] is '.' or ':' or '!' or '?';
}
