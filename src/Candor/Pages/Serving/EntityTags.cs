using Microsoft.Extensions.Primitives;

namespace Candor.Pages.Serving;

/// <summary>If-None-Match against a strong tag. Weak comparison, as the RFC asks for: a proxy may have put W/ before ours.</summary>
internal static class EntityTags
{
    public static bool Match(StringValues header, string tag)
    {
        foreach (var line in header)
        {
            if (line is not null && Matches(line, tag))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<char> line, ReadOnlySpan<char> tag)
    {
        // Our tags hold no comma, so one that does is not ours and splitting it harms nobody.
        foreach (var range in line.Split(','))
        {
            var item = line[range].Trim();
            if (item is "*" || (item.StartsWith("W/") ? item[2..] : item).SequenceEqual(tag))
            {
                return true;
            }
        }

        return false;
    }
}
