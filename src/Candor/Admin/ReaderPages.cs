using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.Languages;
using Candor.Pages.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Admin;

/// <summary>Writes a page of the way in for readers. It names neither the page nor an audience: strangers see it.</summary>
internal static class ReaderPages
{
    private static readonly IServiceProvider Parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    public static async Task ShowAsync(HttpContext context, Language language, ReaderView view, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = AdminAssets.ReaderPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        await using var renderer = new HtmlRenderer(Parts, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(Fragment.Content)] = ReaderViews.Frame(view, language) });
        var body = await renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<Fragment>(parameters).ToHtmlString());
        await response.WriteAsync("<!doctype html>\n" + body, context.RequestAborted);
    }
}

/// <summary>One page of the way in.</summary>
/// <param name="Fault">What was wrong with what was sent, in a sentence.</param>
internal sealed record ReaderView(string Title, RenderFragment Content, string? Fault = null);
