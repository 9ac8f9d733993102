using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.Pages.Html;

namespace Candor.Admin;

/// <summary>The style within each page and the scripts beside it, and the policy that allows nothing else.</summary>
internal static class AdminAssets
{
    /// <summary>Named by their content, so that they may be kept for ever.</summary>
    private static readonly (string Path, byte[] Script)[] Scripts = [Scripted("admin.js"), Scripted("room.js")];

    /// <summary>Of every page of somebody who is signed in.</summary>
    private static readonly (string Path, byte[] Script) Palette = Scripted("palette.js");

    public static readonly (string Css, string Hash) Style = Styled("admin.css");

    /// <summary>Of the way in for readers: nothing that only operators need, and nothing that tells of their pages.</summary>
    public static readonly (string Css, string Hash) ReaderStyle = Styled("reader.css");

    public static readonly string Policy = string.Join("; ",
        "default-src 'none'", "script-src 'self'", $"style-src '{Style.Hash}'", "img-src 'self' data:", "connect-src 'self'",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'");

    public static readonly string ReaderPolicy = string.Join("; ",
        "default-src 'none'", $"style-src '{ReaderStyle.Hash}'", "img-src data:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'");

    public static IEnumerable<string> ScriptPaths => Scripts.Select(static one => one.Path);

    public static string PalettePath => Palette.Path;

    public static void MapAdminAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, script) in Scripts.Append(Palette))
        {
            routes.MapGet(path, context => SendAsync(context, script)).OpenToAll("the scripts of the sign-in page are the same for everybody");
        }
    }

    private static Task SendAsync(HttpContext context, byte[] script)
    {
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(script, context.RequestAborted).AsTask();
    }

    private static (string Path, byte[] Script) Scripted(string name)
    {
        var script = Read(name);
        return ($"/admin-assets/{Convert.ToHexStringLower(SHA256.HashData(script))[..12]}.js", script);
    }

    private static (string Css, string Hash) Styled(string name)
    {
        var css = Stylesheet.For(null).Css + Encoding.UTF8.GetString(Read(name));
        return (css, "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css))));
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(AdminAssets).Assembly.GetManifestResourceStream($"Candor.Admin.{name}")
            ?? throw new InvalidOperationException($"The asset {name} is not part of the build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
