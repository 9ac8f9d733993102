using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.State;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Pages.Html;

/// <summary>
/// The HTML pages. Pure: the same brief gives the same bytes. Words that name an age ("12 min ago") are true at
/// <see cref="Brief.Now"/>, so whoever publishes renders the status page anew at least every 30 seconds.
/// </summary>
internal static class HtmlPages
{
    private const string ContentType = "text/html; charset=utf-8";

    // Without this the default encoder turns every letter beyond ASCII into a numeric reference.
    private static readonly IServiceProvider Parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>Every page there is, by path, without rendering any.</summary>
    public static IEnumerable<string> Paths(Brief brief) =>
    [
        "/", "/history", "/maintenance", "/subscribe", "/uptime",
        .. brief.World.Components.Keys.Select(id => $"/components/{id}"),
        .. brief.World.Incidents.Values.Where(incident => incident.Published).Select(incident => $"/incidents/{incident.Id}"),
    ];

    /// <summary>One page by its path, or null where there is none.</summary>
    public static async Task<Rendition?> Render(Brief brief, string path, CancellationToken cancellationToken) =>
        ViewOf(brief, path) is { } view ? await Print(path, view, cancellationToken) : null;

    /// <summary>The page for addresses that lead nowhere; served with status 404.</summary>
    public static async Task<Rendition> NotFound(Brief brief, CancellationToken cancellationToken) =>
        await Print("/404", StatusView.Of(brief), cancellationToken) with { StatusCode = 404 };

    private static RenderFragment? ViewOf(Brief brief, string path) =>
        Paths(brief).Contains(path, StringComparer.Ordinal) ? StatusView.Of(brief) : null;

    private static async Task<Rendition> Print(string path, RenderFragment view, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var renderer = new HtmlRenderer(Parts, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Fragment.Content)] = view });
        var body = await renderer.Dispatcher.InvokeAsync(
            () => renderer.BeginRenderingComponent<Fragment>(parameters).ToHtmlString());
        return new(path, ContentType, Encoding.UTF8.GetBytes("<!doctype html>\n" + body));
    }
}
