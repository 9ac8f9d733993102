using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.Access;
using Candor.Admin;
using Candor.Journal;
using Candor.Notices.Subscribers;
using Candor.Pages.Html;
using Candor.State;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Subscribing;

/// <summary>
/// Writes a page about one subscription: for one reader, kept by nobody. Its address is a secret, so it is told to no other
/// page and to no search engine.
/// </summary>
internal static class ReaderPage
{
    private static readonly IServiceProvider Parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    public static async Task ShowAsync(HttpContext context, Page page, ReaderPageView view, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = AdminAssets.Policy;

        // Not "no-referrer": a form of such a page would say that it comes from nowhere, and be refused.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["X-Robots-Tag"] = "noindex";
        await using var renderer = new HtmlRenderer(Parts, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(Fragment.Content)] = SubscriptionViews.Frame(page, view) });
        var body = await renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<Fragment>(parameters).ToHtmlString());
        await response.WriteAsync("<!doctype html>\n" + body, context.RequestAborted);
    }

    /// <summary>Of what could not even be read as a form about a subscription.</summary>
    public static RefusalForm RefusalsOf(SubscriberDesk desk) => PageRefusals.With((context, refusal) => ShowAsync(
        context, desk.PageForStrangers, SubscriptionViews.Pause(desk.PageForStrangers) with { Fault = SubscriptionWords.Of(desk.Page).Refused(refusal, null) }, context.Response.StatusCode));

    /// <summary>Why not, with the honest time after which it may work.</summary>
    public static Task RefuseAsync(HttpContext context, Page page, ReaderPageView view, Refusal refusal, TimeSpan? wait)
    {
        if (wait is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var status = wait is not null ? StatusCodes.Status429TooManyRequests : refusal.Code switch
        {
            "notices.starting" or "notices.unavailable" => StatusCodes.Status503ServiceUnavailable,
            Reserve.DiskFull => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        return ShowAsync(context, page, view with { Fault = SubscriptionWords.Of(page).Refused(refusal, wait) }, status);
    }
}

/// <summary>One page about a subscription.</summary>
internal sealed record ReaderPageView(string Title, RenderFragment Content)
{
    /// <summary>What was wrong with what was sent, in a sentence.</summary>
    public string? Fault { get; init; }

    /// <summary>What has just been done, in a sentence.</summary>
    public string? Done { get; init; }
}
