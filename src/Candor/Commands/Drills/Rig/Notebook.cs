using System.Net;

namespace Candor.Commands.Drills.Rig;

/// <summary>A service that keeps one note: it is written with PUT and read with GET, until its account is locked.</summary>
internal sealed class Notebook(WebApplication app, Uri address, Action<bool> setLocked) : IAsyncDisposable
{
    public Uri Address => address;

    /// <summary>From now on nobody is answered, or everybody again.</summary>
    public void Lock(bool locked) => setLocked(locked);

    public static async Task<Notebook> OpenAsync(CancellationToken cancellation)
    {
        byte[] note = [];
        var locked = false;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            if (Volatile.Read(ref locked))
            {
                context.Abort();
            }
            else if (HttpMethods.IsPut(context.Request.Method))
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                Volatile.Write(ref note, body.ToArray());
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            else
            {
                await context.Response.Body.WriteAsync(Volatile.Read(ref note), context.RequestAborted);
            }
        });
        await app.StartAsync(cancellation);
        return new(app, new(app.Urls.Single()), now => Volatile.Write(ref locked, now));
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }
}
