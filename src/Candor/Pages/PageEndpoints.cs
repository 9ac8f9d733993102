using Candor.Pages.Live;
using Candor.Pages.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Candor.Pages;

/// <summary>The pages' place in the public listener.</summary>
internal static class PageEndpoints
{
    /// <summary>
    /// Puts the pages before everything else, routing included: they are what nearly every request wants. Call it first,
    /// then map the other endpoints; what neither the pages nor an endpoint know is answered with the page for that.
    /// </summary>
    public static WebApplication UsePages(this WebApplication app, PageServer server)
    {
        app.Use(next => context => server.ServeAsync(context, next));
        app.UseRouting();
        return app;
    }

    /// <summary>Sets the limits of the listener and silences the per-request logging that costs more than a page.</summary>
    public static WebApplicationBuilder ListenForReaders(this WebApplicationBuilder builder, Admission admission)
    {
        // A page is answered on the thread that heard the request. See SocketThreads for who may not.
        builder.Services.Configure<SocketTransportOptions>(static transport =>
        {
            transport.UnsafePreferInlineScheduling = true;

            // 4 kB for each idle connection, for one call of the kernel less in each request.
            transport.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.WebHost.ConfigureKestrel(admission.Apply);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning);
        return builder;
    }
}
