using System.Globalization;
using System.Text;

namespace Candor.Mirrors;

/// <summary>What a mirror says when it has not heard from the publisher: on every page, before anything else on it.</summary>
internal static class Silence
{
    private static readonly byte[] Before = "</header>"u8.ToArray();

    public static byte[] SaidOn(ReadOnlyMemory<byte> html, DateTimeOffset since)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"""<p class="asof" role="note"><span>This is a mirror. The publisher has been silent since <time datetime="{since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}">{since.UtcDateTime:HH:mm 'UTC on' d MMMM yyyy}</time>. Shown is what it said last, not how things are now.</span></p>"""));
        var at = html.Span.IndexOf(Before);
        at = at < 0 ? 0 : at + Before.Length;
        return [.. html.Span[..at], .. text, .. html.Span[at..]];
    }
}
