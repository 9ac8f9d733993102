namespace Candor.Importing.Reading;

/// <summary>The head of a Markdown file between two lines of dashes, and what comes after it.</summary>
internal sealed record FrontMatter(SourceValue Head, string Body, string? Fault)
{
    /// <summary>Null where the file has none.</summary>
    public static FrontMatter? Read(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF', '\n', ' ');
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var (head, fault) = SourceYaml.Read(text[4..(end + 1)]);
        var after = text.IndexOf('\n', end + 1);
        return new(head, after < 0 ? "" : text[(after + 1)..], fault);
    }
}
