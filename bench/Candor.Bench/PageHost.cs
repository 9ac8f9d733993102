using System.Globalization;
using Candor.Effects;
using Candor.Pages;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Candor.Bench;

/// <summary>The pages in a process of their own. POST /bench/incident opens an incident, POST /bench/change flips a component.</summary>
internal static class PageHost
{
    public static async Task<int> RunAsync(int port, CancellationToken cancellation)
    {
        SocketThreads.FinishInPlace();
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        var source = new PageWorld(components: 50, incidents: 1_000);
        var live = new LiveStreams(TimeProvider.System, LiveLimits.Default);
        using var logs = LoggerFactory.Create(static _ => { });
        var publisher = new Publisher(
            source,
            new SavedEdition(new SystemDisk(), Path.Combine(folder, "pages.snapshot")),
            TimeProvider.System,
            logs.CreateLogger<Publisher>())
        {
            Announce = live.Announce,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.ListenForReaders(new Admission(ServingLimits.Default));
        await using var app = builder.Build();
        app.UsePages(new PageServer(publisher, live, TimeProvider.System));
        var number = 0;
        app.MapPost("/bench/change", () => source.Happen([Flip(Interlocked.Increment(ref number))]));
        app.MapPost("/bench/incident", () => source.Happen([Open(Interlocked.Increment(ref number))]));
        app.MapGet("/bench/rss", () => Results.Text(Environment.WorkingSet.ToString(CultureInfo.InvariantCulture)));
        app.MapGet("/bench/settled", () => publisher.Edition.IsComplete ? Results.Ok() : Results.StatusCode(503));
        app.MapGet("/bench/took", () => Results.Text(publisher.Condition.Took.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)));
        var publishing = publisher.RunAsync(cancellation);
        var streaming = live.RunAsync(cancellation);
        await app.StartAsync(cancellation);
        Console.WriteLine("ready");
        var stopping = Console.In.ReadLineAsync(cancellation).AsTask();
        await Task.WhenAny(publishing, streaming, stopping);
        Directory.Delete(folder, recursive: true);
        return publishing.IsFaulted || streaming.IsFaulted ? 1 : 0;
    }

    private static ComponentStateChanged Flip(int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var status = number % 2 == 1 ? ComponentStatus.MajorOutage : ComponentStatus.Operational;
        return new(now, PageWorld.ComponentAt(7), now, new(status), status == ComponentStatus.Operational ? null : "answered 503");
    }

    private static IncidentOpened Open(int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(
            now, new($"benchmark{number:000}"), "Service number 7 is down", now, Automatic: true, Published: true,
            "It is not answering: connection refused.", [new(PageWorld.ComponentAt(7), ComponentStatus.MajorOutage, now)]);
    }
}
