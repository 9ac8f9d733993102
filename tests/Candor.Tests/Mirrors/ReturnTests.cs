using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Mirrors;
using Candor.Node;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors;

/// <summary>What a publisher that is back answers to its mirrors: a word is given up only where it will never be taken.</summary>
public sealed class ReturnTests : IAsyncLifetime
{
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly Bulletin word = new(
        "4f8k2n6p9q1s", "4f8k2n6p9q1s", MadeUpWorld.Start.AddMinutes(5), IncidentStatus.Investigating, "Everything is down", "We lost our account.");

    private readonly CancellationTokenSource stopping = new();

    private Journal<World, Event> journal = null!;
    private Task running = Task.CompletedTask;
    private bool isFull;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        journal = new(
            static _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance)
        {
            Admission = _ => isFull ? new Refusal(Reserve.DiskFull, "The disk is full.") : null,
        };
        running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(time, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        emergency.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_no_reason_to_give_it_up()
    {
        isFull = true;
        await Assert.ThrowsAsync<IOException>(TakeAsync);
        isFull = false;
        Assert.Null(await TakeAsync());
        Assert.Single(journal.State.Incidents);
    }

    [Fact]
    public async Task Nor_is_a_key_that_is_not_there_yet()
    {
        await Assert.ThrowsAsync<IOException>(() => MirrorEndpoints.ReturnAsync(null, journal, time.GetUtcNow(), word.Write(), [], Ct));
    }

    [Fact]
    public async Task Nor_is_a_clock_that_is_behind()
    {
        Assert.Null(await TakeAsync());
        Assert.Equal(MadeUpWorld.Start, journal.State.Incidents[new(word.Id)].Updates[0].DisplayAt);
    }

    [Fact]
    public async Task What_another_key_has_signed_is()
    {
        var signed = word.Write();
        using var other = SigningKey.Make(new MemoryDisk(), "other.key");
        Assert.Contains("is not signed", await MirrorEndpoints.ReturnAsync(
            emergency.Public, journal, time.GetUtcNow(), signed, other.Sign(Purpose.Bulletin, signed), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_that_cannot_be_read_leaves_the_key_that_was()
    {
        var disk = new Settings.MemoryDisk(time);
        disk.Write("emergency.pub", emergency.Public.ToString());
        var named = new EmergencyKey(disk, "emergency.pub", NullLogger<EmergencyKey>.Instance);
        Assert.Equal(emergency.Public.ToString(), named.Read()?.ToString());
        disk.Failing = new IOException("may not be read");
        Assert.Equal(emergency.Public.ToString(), named.Read()?.ToString());
    }

    private Task<string?> TakeAsync()
    {
        var signed = word.Write();
        return MirrorEndpoints.ReturnAsync(emergency.Public, journal, time.GetUtcNow(), signed, emergency.Sign(Purpose.Bulletin, signed), Ct);
    }
}
