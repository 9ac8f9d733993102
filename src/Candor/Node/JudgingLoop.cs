using System.Collections.Immutable;
using System.Threading.Channels;
using Candor.Effects;
using Candor.Journal;
using Candor.Judging;
using Candor.State;

namespace Candor.Node;

/// <summary>
/// Hears what the vantage points report, in order, and commits what follows:
/// 1. take all reports that wait, or a tick once a second; 2. one pure sitting over the world as it is; 3. one commit for
/// verdicts, statuses and incidents together, decided again if the world has moved; 4. go on with the new sitting,
/// whether or not the commit succeeded: what the journal lacks is said again at the next tick.
/// The queue is bounded. When it is full, whoever reports waits; checks then come late, which is counted and shown, and
/// no reading is ever dropped.
/// </summary>
internal sealed class JudgingLoop
{
    private const int BatchMax = 512;
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Journal<World, Event> journal;
    private readonly TimeProvider time;
    private readonly IRandomness randomness;
    private readonly Channel<Sign> signs;
    private Sitting sitting;
    private ImmutableDictionary<MonitorId, DateTimeOffset> lastReadings = ImmutableDictionary<MonitorId, DateTimeOffset>.Empty;

    public JudgingLoop(
        Journal<World, Event> journal, TimeProvider time, IRandomness randomness, int signsMax, DateTimeOffset? aliveUntil)
    {
        (this.journal, this.time, this.randomness) = (journal, time, randomness);
        signs = Channel.CreateBounded<Sign>(new BoundedChannelOptions(signsMax) { SingleReader = true });
        sitting = Sitting.Begin(Moment.Now(time), aliveUntil);
    }

    public ChannelWriter<Sign> Signs => signs.Writer;

    public int Waiting => signs.Reader.Count;

    /// <summary>What the places were last seen to see; replaced as a whole, readable from any thread.</summary>
    public Bench Bench => Volatile.Read(ref sitting).Bench;

    /// <summary>The newest trusted reading of each monitor; replaced as a whole, readable from any thread.</summary>
    public ImmutableDictionary<MonitorId, DateTimeOffset> LastReadings
    {
        get => Volatile.Read(ref lastReadings);
        private set => Volatile.Write(ref lastReadings, value);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        await journal.WaitForOpenAsync(time, stopping);
        var batch = new List<Sign>(BatchMax);
        var tick = Task.CompletedTask;
        Task<bool>? more = null;
        while (true)
        {
            more ??= WaitAsync(stopping);
            await Task.WhenAny(more, tick);
            stopping.ThrowIfCancellationRequested();
            if (more.IsCompleted)
            {
                Take(batch);
                await HearAsync(batch, stopping);
                batch.Clear();
                more = null;
            }

            if (tick.IsCompleted)
            {
                await TickAsync(stopping);
                tick = PauseAsync(stopping);
            }
        }
    }

    // Methods of their own: AsTask, and a cancelled Delay in WhenAny, complete on threads of the pool; the simulator has one.
    private async Task<bool> WaitAsync(CancellationToken stopping) => await signs.Reader.WaitToReadAsync(stopping);

    private async Task PauseAsync(CancellationToken stopping) => await Task.Delay(TickEvery, time, stopping);

    private void Take(List<Sign> batch)
    {
        while (batch.Count < BatchMax && signs.Reader.TryRead(out var sign))
        {
            batch.Add(sign);
        }
    }

    private async Task HearAsync(List<Sign> batch, CancellationToken stopping)
    {
        var now = Moment.Now(time);
        if (await SitAsync(world => sitting.Hear(world, batch, now, NewId), stopping))
        {
            LastReadings = batch.OfType<Observation>().Aggregate(LastReadings, (readings, seen) =>
                sitting.Bench.VerifiedAtOf(seen.Monitor) is { } at ? readings.SetItem(seen.Monitor, at) : readings);
        }
    }

    private Task<bool> TickAsync(CancellationToken stopping)
    {
        var now = Moment.Now(time);
        return SitAsync(world => sitting.Tick(world, now, NewId), stopping);
    }

    /// <summary>
    /// False where facts followed that could not be stored. The page then goes on showing what it knew, so what was read
    /// must not make that look fresh: it grows old, and in time turns grey.
    /// </summary>
    private async Task<bool> SitAsync(
        Func<World, (Sitting Next, ImmutableArray<Event> Events)> sit, CancellationToken stopping)
    {
        var seen = journal.State;
        var result = sit(seen);
        var stored = result.Events.IsEmpty;
        if (!stored)
        {
            try
            {
                var outcome = await journal.CommitAsync(
                    world =>
                    {
                        result = ReferenceEquals(world, seen) ? result : sit(world);
                        return Decision.Of<Event>(result.Events.AsSpan());
                    },
                    stopping);
                stored = outcome.Accepted;
            }
            catch (JournalFailedException)
            {
                // The journal says so itself, loudly. What was seen is not lost: the sitting holds it.
            }
        }

        Volatile.Write(ref sitting, stored ? result.Next : sitting.Unstored(result.Next));
        return stored;
    }

    private IncidentId NewId() => new(randomness.NextId());
}
