using System.Collections.Concurrent;
using System.Net;

namespace Candor.Commands.Drills.Rig;

/// <summary>
/// A cache before a page, as many have one: what it was asked for once it answers for ever, whatever became of the page. What
/// is written goes through.
/// </summary>
internal sealed class StaleCache(WebApplication app, Uri address) : IAsyncDisposable
{
    public Uri Address => address;

    public static async Task<StaleCache> OpenAsync(Uri origin, HttpClient http, CancellationToken cancellation)
    {
        var kept = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value ?? "/";
            var isRead = HttpMethods.IsGet(context.Request.Method);
            if (isRead && !context.Request.QueryString.HasValue && kept.TryGetValue(path, out var known))
            {
                await context.Response.Body.WriteAsync(known, context.RequestAborted);
                return;
            }

            try
            {
                using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(origin, path + context.Request.QueryString))
                {
                    Content = isRead ? null : new StreamContent(context.Request.Body),
                };
                using var answer = await http.SendAsync(request, context.RequestAborted);
                var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
                context.Response.StatusCode = (int)answer.StatusCode;
                if (isRead && answer.IsSuccessStatusCode && !context.Request.QueryString.HasValue)
                {
                    kept[path] = body;
                }

                if (body.Length > 0)
                {
                    await context.Response.Body.WriteAsync(body, context.RequestAborted);
                }
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
            }
        });
        await app.StartAsync(cancellation);
        return new(app, new(app.Urls.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }
}
