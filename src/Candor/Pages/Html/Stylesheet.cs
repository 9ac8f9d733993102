using System.Security.Cryptography;
using System.Text;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>
/// The style of every page, within the page: a reader in trouble waits for one request, not two. Its hash is what the
/// Content-Security-Policy allows, so nothing else can style (or be styled into) the page.
/// </summary>
internal sealed record Stylesheet(string Css, string Policy)
{
    private static readonly string Common = Minified(PageAssets.Text("candor.css"));

    private static readonly Stylesheet Plain = Make(Accent.Default);

    public static Stylesheet For(string? accent) => accent is null ? Plain : Make(Accent.From(accent));

    private static Stylesheet Make(Accent accent)
    {
        var css = $"{Common}:root{{--accent:{accent.Light}}}@media(prefers-color-scheme:dark){{:root{{--accent:{accent.Dark}}}}}";
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));
        return new(css, $"'sha256-{hash}'");
    }

    // The file is written for people; readers need not load its indentation.
    private static string Minified(string css)
    {
        var lines = css.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("/*", StringComparison.Ordinal));
        return string.Concat(lines).Replace(": ", ":", StringComparison.Ordinal).Replace(" {", "{", StringComparison.Ordinal);
    }
}
