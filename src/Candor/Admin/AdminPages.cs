using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.Access;
using Candor.Pages.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Admin;

/// <summary>Writes a page for operators: rendered for one request, never kept by anybody.</summary>
internal static class AdminPages
{
    private static readonly IServiceProvider Parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>With the person who is signed in and the form token of their session, where there is one.</summary>
    public static async Task ShowAsync(HttpContext context, AdminView view, int status = StatusCodes.Status200OK)
    {
        var who = context.Features.Get<Principal>() as PersonPrincipal;
        var ready = view with
        {
            Who = who,
            Path = context.Request.Path.Value ?? "",
            FormToken = who is not null && SessionCookie.Read(context.Request) is { } secret ? SessionCookie.FormToken(secret) : "",
        };
        await WriteAsync(context, status, "<!doctype html>\n", AdminFrame.Of(ready));
    }

    /// <summary>A part of a page, for a script that puts it in the place of the one before.</summary>
    public static Task ShowPartAsync(HttpContext context, params IReadOnlyList<RenderFragment> parts) =>
        WriteAsync(context, StatusCodes.Status200OK, "", builder =>
        {
            foreach (var part in parts)
            {
                builder.AddContent(0, part);
            }
        });

    private static async Task WriteAsync(HttpContext context, int status, string before, RenderFragment content)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = AdminAssets.Policy;
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await using var renderer = new HtmlRenderer(Parts, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(Fragment.Content)] = content });
        var body = await renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<Fragment>(parameters).ToHtmlString());
        await response.WriteAsync(before + body, context.RequestAborted);
    }

    /// <summary>On to another page, by GET.</summary>
    public static void GoTo(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        context.Response.Headers.CacheControl = "no-store";
    }
}
