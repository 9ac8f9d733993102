using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Candor.Commands.Drills.Rig;

/// <summary>The receiving sides of a drill, each on a free loopback port.</summary>
internal sealed class Sinks(WebApplication app, IReadOnlyList<Uri> addresses) : IAsyncDisposable
{
    public int MailPort => addresses[0].Port;

    public Uri Hook => addresses[1];

    public static async Task<Sinks> OpenAsync(MailSink mail, RequestDelegate hook, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => mail.ServeAsync(connection, connection.ConnectionClosed)));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.Run(hook);
        await app.StartAsync(cancellation);
        var named = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new(app, [.. named.Select(static one => new Uri(one))]);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }
}
