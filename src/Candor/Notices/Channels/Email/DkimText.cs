using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>The relaxed form of headers and bodies (RFC 6376, 3.4): what servers on the way may change does not count.</summary>
internal static class DkimText
{
    public static string Header(string name, string value) =>
        $"{name}:{Squeeze(value.Replace("\r\n", "", StringComparison.Ordinal)).Trim()}";

    /// <summary>Runs of blanks are one, none end a line, and no empty lines end the body.</summary>
    public static string Body(string body)
    {
        var (text, empty) = (new StringBuilder(body.Length), 0);
        foreach (var line in body.Split("\r\n"))
        {
            var squeezed = Squeeze(line).TrimEnd(' ');
            if (squeezed.Length == 0)
            {
                empty++;
                continue;
            }

            for (; empty > 0; empty--)
            {
                text.Append("\r\n");
            }

            text.Append(squeezed).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Squeeze(string line)
    {
        if (!line.Contains('\t') && !line.Contains("  ", StringComparison.Ordinal))
        {
            return line;
        }

        var text = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            var isBlank = c is ' ' or '\t';
            if (!isBlank || text.Length == 0 || text[^1] != ' ')
            {
                text.Append(isBlank ? ' ' : c);
            }
        }

        return text.ToString();
    }
}
