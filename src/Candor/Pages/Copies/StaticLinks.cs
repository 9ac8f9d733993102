using System.Text;

namespace Candor.Pages.Copies;

/// <summary>
/// Makes every link of ours relative to the file it stands in, so that a copy works from a folder, at a root and below a
/// path alike. Done on the finished HTML, as <see cref="AsOf.PastLinks"/> does.
/// </summary>
/// <param name="paths">What the copy holds. Other addresses of ours lead to the page itself, where that is known.</param>
internal sealed class StaticLinks(IReadOnlySet<string> paths, string? page)
{
    private const string Leaving = " rel=\"bookmark\"";
    private static readonly string[] Marks = [" href=\"/", " src=\"/"];

    public string Rewrite(string html, string file)
    {
        foreach (var mark in Marks)
        {
            html = Rewrite(html, file, mark);
        }

        return html;
    }

    private string Rewrite(string html, string file, string mark)
    {
        var rewritten = new StringBuilder(html.Length + 4096);
        var from = 0;
        for (int found; (found = html.IndexOf(mark, from, StringComparison.Ordinal)) >= 0;)
        {
            var start = found + mark.Length - 1;
            var end = html.AsSpan(start).IndexOf('"') is >= 0 and var length ? start + length : html.Length;
            var leaves = html.AsSpan(from, found - from).EndsWith(Leaving, StringComparison.Ordinal);
            rewritten.Append(html, from, start - from).Append(Target(html[start..end], file, leaves));
            from = end;
        }

        return rewritten.Append(html, from, html.Length - from).ToString();
    }

    private string Target(string address, string file, bool leaves)
    {
        if (address.StartsWith("//", StringComparison.Ordinal))
        {
            return address;
        }

        var cut = address.AsSpan().IndexOfAny('?', '#');
        var (path, rest) = cut < 0 ? (address, "") : (address[..cut], address[cut..]);
        if (page is not null && (leaves || rest.StartsWith('?') || !paths.Contains(path)))
        {
            return page.TrimEnd('/') + address;
        }

        var fragment = rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? rest[at..] : "";
        return paths.Contains(path) ? string.Concat(Enumerable.Repeat("../", file.Count(c => c == '/'))) + StaticCopy.FileOf(path) + fragment : address;
    }
}
