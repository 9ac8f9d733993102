using System.Text;
using Candor.Languages;

namespace Candor.Pages.Wording;

/// <summary>The language of a page that is there as bytes: whoever adds a sentence to it says that in the same one.</summary>
internal static class PageLanguage
{
    /// <summary>It is said at the very beginning, or nowhere.</summary>
    private const int WithinBytes = 200;

    private static ReadOnlySpan<byte> Before => "<html lang=\""u8;

    public static Language In(ReadOnlySpan<byte> html)
    {
        var head = html[..Math.Min(html.Length, WithinBytes)];
        var at = head.IndexOf(Before);
        if (at < 0)
        {
            return Language.English;
        }

        var tag = head[(at + Before.Length)..];
        return tag.IndexOf((byte)'"') is >= 0 and var length ? Language.Of(Encoding.ASCII.GetString(tag[..length])) : Language.English;
    }
}
