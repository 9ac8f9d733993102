using System.Collections.Immutable;
using System.Security.Cryptography;
using Candor.Languages;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>What the pages load besides themselves: one module in their language, and pictures small enough to be part of the page.</summary>
internal static class PageAssets
{
    private static readonly Rendition English = Module("says-en.js");
    private static readonly Rendition German = Module("says-de.js");

    /// <summary>Of every language: pages of the past may be in another one than today's.</summary>
    public static readonly ImmutableArray<Rendition> All =
    [
        English,
        German,
        new("/favicon.svg", "image/svg+xml", System.Text.Encoding.UTF8.GetBytes(Icon(new(ComponentStatus.Operational)))),
    ];

    public static string ModuleOf(Language language) => language.In(English, German).Path;

    /// <summary>The tab's picture has the shape and colour of the state; within the page, so that it is no request.</summary>
    public static string IconOf(ComponentState state) => "data:image/svg+xml," + Uri.EscapeDataString(Icon(state));

    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Read(name));

    private static string Icon(ComponentState state)
    {
        var (colour, shape) = Marks.ClassOf(state) switch
        {
            "op" => ("#2a8560", "<circle cx='8' cy='8' r='6'/>"),
            "mt" => ("#3b6fd4", "<circle cx='8' cy='8' r='5' fill='none' stroke='#3b6fd4' stroke-width='3'/>"),
            "dg" => ("#b47a00", "<circle cx='8' cy='8' r='5.5' fill='none' stroke='#b47a00' stroke-width='1.5'/><path d='M8 2a6 6 0 0 1 0 12z'/>"),
            "pt" => ("#d9631e", "<path d='M8 1 15.5 14.5H.5z'/>"),
            "mj" => ("#d92d20", "<rect x='2' y='2' width='12' height='12' rx='2'/>"),
            _ => ("#7a828e", "<path d='M2 2h12v2.4H2zM2 6.8h12v2.4H2zM2 11.6h12V14H2z'/>"),
        };
        return $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='{colour}'>{shape}</svg>";
    }

    /// <summary>The words of a language before what uses them. Named by its content, so that it may be kept for ever.</summary>
    private static Rendition Module(string words)
    {
        byte[] content = [.. Read(words), .. Read("candor.js")];
        return new($"/assets/candor-{Hash(content)}.js", "text/javascript; charset=utf-8", content) { Immutable = true };
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Candor.Pages.Html.{name}")
            ?? throw new InvalidOperationException($"The asset {name} is not part of the build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];
}
