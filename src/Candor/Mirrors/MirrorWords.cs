using System.Globalization;
using System.Net;
using System.Text;
using Candor.Pages.Wording;

namespace Candor.Mirrors;

/// <summary>
/// What a mirror says itself, on every page before anything else on it: what the publisher's people post here, and since when
/// it has not heard from the publisher.
/// </summary>
internal static class MirrorWords
{
    private const string Opening = "<section class=\"asof\" aria-label=\"Said by this mirror\">";

    private static readonly byte[] Before = "</header>"u8.ToArray();
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes(Opening);

    /// <summary>HTML; empty where there is nothing to say.</summary>
    public static string Of(DateTimeOffset? silentSince, IReadOnlyList<Bulletin> bulletins)
    {
        var html = new StringBuilder();
        foreach (var bulletin in bulletins)
        {
            html.Append("<div><strong>").Append(Encoded(bulletin.Title)).Append("</strong>")
                .Append("<br>").Append(Labels.Of(bulletin.Status)).Append(", ").Append(Moment(bulletin.At))
                .Append("<br>").Append(Encoded(bulletin.Body).ReplaceLineEndings("<br>"))
                .Append("<br><small>Posted on this mirror by the people who run the page.</small><br><br></div>");
        }

        if (silentSince is { } since)
        {
            html.Append("<span>This is a mirror. The publisher has been silent since ").Append(Moment(since))
                .Append(". Shown is what it said last, not how things are now.</span>");
        }

        return html.Length == 0 ? "" : $"{Opening}{html}</section>";
    }

    /// <summary>Whether a mirror has said something on a page.</summary>
    public static bool AreOn(ReadOnlySpan<byte> page) => page.IndexOf(Mark) >= 0;

    public static byte[] SaidOn(ReadOnlyMemory<byte> page, string words)
    {
        var at = page.Span.IndexOf(Before);
        at = at < 0 ? 0 : at + Before.Length;
        return [.. page.Span[..at], .. Encoding.UTF8.GetBytes(words), .. page.Span[at..]];
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Moment(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{at.UtcDateTime:HH:mm 'UTC on' d MMMM yyyy}</time>");
}
