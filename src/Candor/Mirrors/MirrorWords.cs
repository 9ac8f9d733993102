using System.Globalization;
using System.Net;
using System.Text;
using Candor.Languages;
using Candor.Pages.Phrases;

namespace Candor.Mirrors;

/// <summary>
/// What a mirror says itself, on every page before anything else on it: what the publisher's people post here, and since when
/// it has not heard from the publisher.
/// </summary>
internal static class MirrorWords
{
    private static readonly byte[] Before = "</header>"u8.ToArray();
    private static readonly byte[][] Marks = [.. Language.All.Select(static language => Encoding.UTF8.GetBytes(OpeningIn(language)))];

    /// <summary>HTML; empty where there is nothing to say.</summary>
    public static string Of(DateTimeOffset? silentSince, IReadOnlyList<Bulletin> bulletins, Language language)
    {
        var words = PageWords.In(language).Frame;
        var html = new StringBuilder();
        foreach (var bulletin in bulletins)
        {
            html.Append("<div><strong>").Append(Encoded(bulletin.Title)).Append("</strong>")
                .Append("<br>").Append(language.Names.Of(bulletin.Status)).Append(", ").Append(Moment(words, bulletin.At))
                .Append("<br>").Append(Encoded(bulletin.Body).ReplaceLineEndings("<br>"))
                .Append("<br><small>").Append(words.PostedOnThisMirror).Append("</small><br><br></div>");
        }

        if (silentSince is { } since)
        {
            html.Append("<span>").Append(words.MirrorIsAloneSince(Moment(words, since))).Append("</span>");
        }

        return html.Length == 0 ? "" : $"{OpeningIn(language)}{html}</section>";
    }

    /// <summary>Whether a mirror has said something on a page.</summary>
    public static bool AreOn(ReadOnlySpan<byte> page)
    {
        foreach (var mark in Marks)
        {
            if (page.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public static byte[] SaidOn(ReadOnlyMemory<byte> page, string words)
    {
        var at = page.Span.IndexOf(Before);
        at = at < 0 ? 0 : at + Before.Length;
        return [.. page.Span[..at], .. Encoding.UTF8.GetBytes(words), .. page.Span[at..]];
    }

    private static string OpeningIn(Language language) =>
        $"<section class=\"asof\" aria-label=\"{PageWords.In(language).Frame.SaidByThisMirror}\">";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Moment(FrameWords words, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{words.UtcMoment(at)}</time>");
}
