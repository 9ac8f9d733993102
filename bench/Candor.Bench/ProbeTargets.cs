using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Candor.Bench;

/// <summary>Services to be watched: /0, /1, … answer 200 or 503 as told, and note when they first answered so.</summary>
internal sealed class ProbeTargets : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<int, (bool Bad, long? AnsweredAt)> targets = new();

    private ProbeTargets(WebApplication app) => this.app = app;

    public int Port { get; private set; }

    public static async Task<ProbeTargets> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = ServedCandor.FreePort();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var made = new ProbeTargets(builder.Build()) { Port = port };
        made.app.MapGet("/{index:int}", made.Answer);
        await made.app.StartAsync(cancellation);
        return made;
    }

    /// <summary>From its next answer on the target is bad, or good again.</summary>
    public void Turn(int index, bool bad) => targets[index] = (bad, null);

    /// <summary>When the first answer of the present sort had been sent, or null before it was.</summary>
    public long? AnsweredAt(int index) => targets.GetValueOrDefault(index).AnsweredAt;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void Answer(HttpContext context, int index)
    {
        var (bad, answered) = targets.GetOrAdd(index, (false, null));
        context.Response.StatusCode = bad ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (answered is null)
        {
            context.Response.OnCompleted(() =>
            {
                targets.TryUpdate(index, (bad, Stopwatch.GetTimestamp()), (bad, null));
                return Task.CompletedTask;
            });
        }
    }
}
