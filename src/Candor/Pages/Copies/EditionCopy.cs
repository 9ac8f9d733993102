using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Candor.Pages.Phrases;

namespace Candor.Pages.Copies;

/// <summary>
/// An edition as files: what readers get at this moment, with links that work on any web host, and a word on each page that
/// speaks of now about what moment that is: once it is a file, nobody else can say so.
/// </summary>
internal static class EditionCopy
{
    private const string Missing = "/404";

    /// <summary>A form is answered by the page itself, and by no web host.</summary>
    private const string Subscribing = "/subscribe";

    private const string Form = "<section id=\"follow\"";
    private const string FormEnd = "</section>";

    private static readonly byte[] Before = "</header>"u8.ToArray();

    /// <param name="madeAt">When its publisher rendered it.</param>
    public static IEnumerable<StaticFile> Of(Edition edition, DateTimeOffset madeAt)
    {
        var page = AddressIn(edition);
        var pages = edition.Front.Select(static one => (one.Key, one.Value, SpeaksOfNow: true))
            .Concat(edition.Archive.Where(one => !edition.Front.ContainsKey(one.Key)).Select(static one => (one.Key, one.Value, SpeaksOfNow: false)))
            .Where(one => page is null || one.Key != Subscribing)
            .ToList();
        var links = new StaticLinks(pages.Select(static one => one.Key).ToHashSet(StringComparer.Ordinal), page);
        var words = Encoding.UTF8.GetBytes(Words(page, madeAt, PageWords.In(edition.Language).Frame));
        foreach (var (path, bytes, speaksOfNow) in pages)
        {
            var (file, content) = (StaticCopy.FileOf(path), bytes.Identity.Bytes);
            if (!bytes.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal) || path == Missing)
            {
                yield return new(file, content.ToArray());
                continue;
            }

            var said = speaksOfNow ? SaidOn(content.Span, words) : content.ToArray();
            yield return new(file, Encoding.UTF8.GetBytes(links.Rewrite(WithoutForm(Encoding.UTF8.GetString(said)), file)));
        }
    }

    private static string Words(string? page, DateTimeOffset madeAt, FrameWords words)
    {
        var at = string.Create(
            CultureInfo.InvariantCulture, $"<time datetime=\"{madeAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{words.UtcMoment(madeAt)}</time>");
        var to = page is null ? "" : $" <a href=\"{WebUtility.HtmlEncode(page)}\">{words.ThePageItself}</a>";
        return $"<section class=\"asof\" aria-label=\"{words.AboutThisCopy}\"><span>{words.CopyMadeAt(at)}{to}</span></section>";
    }

    private static byte[] SaidOn(ReadOnlySpan<byte> page, ReadOnlySpan<byte> words)
    {
        var at = page.IndexOf(Before);
        at = at < 0 ? 0 : at + Before.Length;
        return [.. page[..at], .. words, .. page[at..]];
    }

    /// <summary>A form is for the page's own host; the links beside it lead there.</summary>
    private static string WithoutForm(string html)
    {
        var from = html.IndexOf(Form, StringComparison.Ordinal);
        var to = from < 0 ? -1 : html.IndexOf(FormEnd, from, StringComparison.Ordinal);
        return to < 0 ? html : html.Remove(from, to + FormEnd.Length - from);
    }

    /// <summary>Where the page itself is; null where nobody has said so.</summary>
    private static string? AddressIn(Edition edition)
    {
        if (!edition.Front.TryGetValue("/status.json", out var status))
        {
            return null;
        }

        using var json = JsonDocument.Parse(status.Identity.Bytes);
        return json.RootElement.GetProperty("page").GetProperty("url").GetString() is { } text
            && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", IsLoopback: false } ? text : null;
    }
}
