using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
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

    private readonly TcpListener control = new(IPAddress.Loopback, 0);
    private readonly List<long> asked = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task answering;

    private ProbeTargets(WebApplication app)
    {
        this.app = app;
        control.Start();
        answering = AnswerControlAsync(stopping.Token);
    }

    public int Port { get; private set; }

    /// <summary>Whoever connects here learns that it is not blind itself.</summary>
    public int ControlPort => ((IPEndPoint)control.LocalEndpoint).Port;

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

    /// <summary>When the control target was first asked after an instant, or null where it was not.</summary>
    public long? ControlAfter(long instant)
    {
        lock (asked)
        {
            var at = asked.FindIndex(a => a >= instant);
            return at < 0 ? null : asked[at];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await answering;
        control.Dispose();
        stopping.Dispose();
        await app.DisposeAsync();
    }

    private async Task AnswerControlAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                using var client = await control.AcceptTcpClientAsync(cancellation);
                lock (asked)
                {
                    asked.Add(Stopwatch.GetTimestamp());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The bench is over.
        }
    }

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
