using System.Text;

namespace Candor.Pages.AsOf;

/// <summary>
/// Keeps a reader in the past: every link of ours on the page leads to the same instant. Done on the finished HTML, so
/// that no view has to think of it; a quotation mark outside of a tag is always written as a reference there.
/// </summary>
internal static class PastLinks
{
    private const string Link = " href=\"/";
    private const string Assets = "/assets/";

    /// <summary>Written before a link that leaves the past.</summary>
    private const string Leaving = " rel=\"bookmark\"";

    public static string Keep(string html, DateTimeOffset at)
    {
        var query = $"?{Instant.Name}={Instant.Text(at)}";
        var kept = new StringBuilder(html.Length + 4096);
        var from = 0;
        for (int found; (found = html.IndexOf(Link, from, StringComparison.Ordinal)) >= 0;)
        {
            var start = found + Link.Length - 1;
            var end = html.AsSpan(start).IndexOf('"') is >= 0 and var length ? start + length : html.Length;
            var address = html.AsSpan(start, end - start);
            var path = address.IndexOf('#') is >= 0 and var fragment ? address[..fragment] : address;
            kept.Append(html, from, start - from).Append(path);
            if (Stays(path) && !html.AsSpan(from, found - from).EndsWith(Leaving, StringComparison.Ordinal))
            {
                kept.Append(query);
            }

            kept.Append(address[path.Length..]);
            from = end;
        }

        return kept.Append(html, from, html.Length - from).ToString();
    }

    /// <summary>Not somebody else's host, not a file that never changes, and not an instant of its own.</summary>
    private static bool Stays(ReadOnlySpan<char> path) =>
        !path.StartsWith("//", StringComparison.Ordinal)
        && !path.StartsWith(Assets, StringComparison.Ordinal)
        && !path.Contains('?');
}
