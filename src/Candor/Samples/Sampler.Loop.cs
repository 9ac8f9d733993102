using Candor.Judging;
using Candor.State;

namespace Candor.Samples;

/// <summary>The loop that stores. A fault of the store is reported and the store opened again; readings go on meanwhile.</summary>
internal sealed partial class Sampler
{
    private ISampleStore? store;
    private TimeSpan pause = limits.ReopenFirst;

    /// <summary>Runs until stopped; then stores what waits.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                try
                {
                    await using var opened = await open(stopping);
                    await LoadAsync(opened, stopping);
                    await WriteUntilStoppedAsync(opened, stopping);
                }
                catch (Exception fault) when (!stopping.IsCancellationRequested)
                {
                    Fail(fault);
                }

                await Task.Delay(pause, time, stopping);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, limits.ReopenLongest.Ticks));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Become(SamplesPhase.Closed, "");
        }
    }

    /// <summary>Raw readings of a monitor in [from, until), oldest first; those of the last second or so are not among them yet.</summary>
    public async ValueTask<IReadOnlyList<Observation>> ReadAsync(
        MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max, CancellationToken cancellation) =>
        store is { } opened ? await opened.ReadAsync(monitor, from, until, max, cancellation) : [];

    private async Task LoadAsync(ISampleStore opened, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var stored = await opened.RecoverAsync(now, stopping);
        Locked(() =>
        {
            book.BeginRestoring();
            foreach (var series in stored.Series)
            {
                book.Restore(series);
            }

            foreach (var (series, gauge) in stored.Gauges)
            {
                book.Restore(series, gauge);
            }
        });
        var values = await opened.ReadValuesAsync(now - ValueBook.Reaches, stopping);
        Locked(() => told.Restore(values, fresh: stored.LastWrite == 0));
        var damaged = await opened.LoadAsync(now, row => Locked(() => book.Restore(row)), stopping);
        Locked(() =>
        {
            book.EndRestoring(now, nextWrite, fresh: stored.LastWrite == 0);
            nextWrite = Math.Max(nextWrite, stored.LastWrite + 1);
        });
        SamplerLog.Loaded(logger, stored.Series.Count, stored.LastWrite, stored.Replayed, damaged);

        // After a failure only a write that succeeds says that all is well again.
        Become(state.Phase == SamplesPhase.Failed ? SamplesPhase.Failed : SamplesPhase.Running, state.Detail, damaged);
    }

    private async Task WriteUntilStoppedAsync(ISampleStore opened, CancellationToken stopping)
    {
        store = opened;
        try
        {
            while (await wake.Reader.WaitToReadAsync(stopping))
            {
                await Task.Delay(limits.WriteEvery, time, stopping);
                wake.Reader.TryRead(out _);
                var now = time.GetUtcNow();
                await WriteAsync(opened, now - limits.StoreAfter, stopping);
                await opened.RetainAsync(now, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await FinishAsync(opened);
            throw;
        }
        finally
        {
            store = null;
        }
    }

    /// <summary>A clean stop leaves nothing to replay.</summary>
    private async Task FinishAsync(ISampleStore opened)
    {
        try
        {
            do
            {
                await WriteAsync(opened, DateTimeOffset.MaxValue, CancellationToken.None);
            }
            while (Locked(() => book.Waiting + told.Waiting) > 0);
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    private async Task WriteAsync(ISampleStore opened, DateTimeOffset waitingSince, CancellationToken cancellation)
    {
        var (write, taken, dropped) = Locked(() => TakeWrite(waitingSince));
        var began = time.GetTimestamp();
        try
        {
            var summed = await opened.WriteAsync(write, cancellation);
            Locked(() =>
            {
                book.Settle(taken, summed);
                told.Settle(dropped);
            });
        }
        catch
        {
            Locked(() =>
            {
                lost += write.Samples.Count;
                book.Return(taken);
                told.Return(write.Values);
            });
            throw;
        }

        pause = limits.ReopenFirst;
        Become(SamplesPhase.Running, "");
        metrics.Wrote(write.Samples.Count, write.Slots.Count, time.GetElapsedTime(began));
    }

    private (SampleWrite Write, List<TakenSlot> Taken, IReadOnlyDictionary<string, long> Dropped) TakeWrite(DateTimeOffset waitingSince)
    {
        var number = nextWrite++;
        var added = book.NumberNew();
        var taken = book.Take(waitingSince, limits.SlotsPerWrite);
        var samples = pending.ConvertAll(static p => new Sample(p.Of.Number, p.Seen));
        pending = new(pending.Count);
        var (values, dropped) = told.Take(time.GetUtcNow());
        var write = new SampleWrite(number, book.ReplayAfter(number))
        {
            NewSeries = added,
            Samples = samples,
            Slots = taken.ConvertAll(static t => t.Write),
            Gauges = book.TakeGauges(waitingSince, limits.SlotsPerWrite),
            Dropped = [.. dropped.Keys],
            Values = values,
        };
        return (write, taken, dropped);
    }

    private void Fail(Exception fault)
    {
        if (Condition is not { Phase: SamplesPhase.Failed } || Condition.Detail != fault.Message)
        {
            // The same fault at every attempt to open is one line, not one each second.
            SamplerLog.Failed(logger, fault);
        }

        Become(SamplesPhase.Failed, fault.Message, quarantined: (fault as SampleFileDamagedException)?.Quarantined);
    }

    private void Become(SamplesPhase phase, string detail, int damaged = 0, string? quarantined = null) =>
        Locked(() => { state = (phase, detail, state.Damaged + damaged, quarantined ?? state.Quarantined); });

    private void Locked(Action act)
    {
        lock (gate)
        {
            act();
        }
    }

    private T Locked<T>(Func<T> act)
    {
        lock (gate)
        {
            return act();
        }
    }
}
