using System.Text;
using Candor.Pages;
using Candor.State;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Pages;

/// <summary>A publisher in virtual time, driven on one thread, so that every run of a test is the same.</summary>
internal sealed class PublisherRig : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly OneThread thread = new();
    private Task? running;

    public PublisherRig(World? world = null, Func<PublisherRig, Publisher>? make = null, DateTimeOffset? start = null)
    {
        Time = new(start ?? MadeUpWorld.Start.AddMinutes(1));
        Desk = new(Time, world ?? MadeUpWorld.Well());
        Publisher = make?.Invoke(this) ?? Make();
    }

    public ManualTimeProvider Time { get; }

    public BriefDesk Desk { get; }

    public MemoryDisk Disk { get; } = new();

    public Publisher Publisher { get; }

    public List<EditionNews> News { get; } = [];

    public DateTimeOffset Now => Time.GetUtcNow();

    public Publisher Make() => new(Desk, new SavedEdition(Disk, "pages.snapshot"), Time, NullLogger<Publisher>.Instance)
    {
        Announce = News.Add,
    };

    /// <summary>Starts the loop and lets it publish the first edition with everything in it.</summary>
    public PublisherRig Started()
    {
        running = thread.Run(() => Publisher.RunAsync(stopping.Token));
        Pass(TimeSpan.FromMilliseconds(200));
        return this;
    }

    public void Happen(params IEnumerable<Event> events)
    {
        Desk.Happen(events);
        thread.RunUntilIdle();
    }

    /// <summary>Lets time pass in small steps, running what falls due.</summary>
    public void Pass(TimeSpan by)
    {
        var step = by > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(10);
        for (var passed = TimeSpan.Zero; passed < by; passed += step)
        {
            thread.RunUntilIdle();
            Time.Advance(step);
        }

        thread.RunUntilIdle();
    }

    public string Read(string path) => ReadAt(path, Now);

    /// <summary>What a reader gets whose request comes at another time than it should be: the clock has jumped.</summary>
    public string ReadAt(string path, DateTimeOffset now) =>
        Publisher.Edition.Find(path, now) is { } page ? Encoding.UTF8.GetString(page.Identity.Bytes.Span) : "";

    public void Dispose()
    {
        stopping.Cancel();
        thread.RunUntilIdle();
        Assert.True(running is null or { IsCanceled: true }, running?.Exception?.ToString());
        stopping.Dispose();
    }
}
