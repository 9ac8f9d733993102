using System.Globalization;
using Candor.Pages;
using Candor.Pages.Html;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>Rendered pages behind a browser's network layer: real bytes and headers, no server.</summary>
internal sealed class ServedPages(Func<Brief> brief)
{
    public const string Origin = "http://status.test";

    /// <summary>What is shown from now on.</summary>
    public Func<Brief> Brief { get; set; } = brief;

    /// <summary>Answer nothing, as when the server is gone.</summary>
    public bool Gone { get; set; }

    public List<string> Asked { get; } = [];

    /// <summary>Addresses elsewhere that the page tried to reach.</summary>
    public List<string> Foreign { get; } = [];

    public Task Attach(IBrowserContext context) => context.RouteAsync("**/*", Answer);

    private async Task Answer(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        lock (Asked)
        {
            Asked.Add(path);
            if (!route.Request.Url.StartsWith(Origin, StringComparison.Ordinal))
            {
                Foreign.Add(route.Request.Url);
            }
        }

        if (path == "/events")
        {
            await route.FulfillAsync(new() { Status = 204 });
            return;
        }

        if (Gone)
        {
            await route.AbortAsync();
            return;
        }

        var page = HtmlPages.Assets.FirstOrDefault(asset => asset.Path == path)
            ?? await HtmlPages.Render(Brief(), path, CancellationToken.None)
            ?? await HtmlPages.NotFound(Brief(), CancellationToken.None);
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = page.ContentType,
            ["ETag"] = $"\"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(page.Content))[..16]}\"",
            ["Date"] = Brief().Now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture),
        };
        if (route.Request.Headers.TryGetValue("if-none-match", out var known) && known == headers["ETag"])
        {
            await route.FulfillAsync(new() { Status = 304, Headers = headers });
            return;
        }

        if (page.ContentSecurityPolicy is { } policy)
        {
            headers["Content-Security-Policy"] = policy;
        }

        await route.FulfillAsync(new() { Status = page.StatusCode, Headers = headers, BodyBytes = page.Content });
    }
}
