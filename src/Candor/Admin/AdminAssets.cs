using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.Pages.Html;

namespace Candor.Admin;

/// <summary>The style within each page and the one script beside it, and the policy that allows nothing else.</summary>
internal static class AdminAssets
{
    private static readonly byte[] Script = Read("admin.js");

    /// <summary>Named by its content, so that it may be kept for ever.</summary>
    public static readonly string ScriptPath = $"/admin-assets/{Convert.ToHexStringLower(SHA256.HashData(Script))[..12]}.js";

    public static readonly (string Css, string Hash) Style = Styled();

    public static readonly string Policy = string.Join("; ",
        "default-src 'none'", "script-src 'self'", $"style-src '{Style.Hash}'", "img-src 'self' data:", "connect-src 'self'",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'");

    public static void MapAdminAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ScriptPath, static context =>
        {
            context.Response.ContentType = "text/javascript; charset=utf-8";
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.Body.WriteAsync(Script, context.RequestAborted).AsTask();
        }).OpenToAll("the script of the sign-in page is the same for everybody");

    private static (string Css, string Hash) Styled()
    {
        var css = Stylesheet.For(null).Css + Encoding.UTF8.GetString(Read("admin.css"));
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
