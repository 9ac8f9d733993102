using System.Diagnostics.Metrics;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Testing;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Journal;

public sealed class FollowerMetricsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_poisoned_follower_shows_how_far_it_is_behind_and_for_how_long()
    {
        var time = new ManualTimeProvider(Noon);
        var ct = TestContext.Current.CancellationToken;
        using var stopping = new CancellationTokenSource();
        var medium = new MemoryJournalMedium();
        var journal = new Journal<Tally, Added>(
            _ => new(new MemoryJournalStore(medium)), new Counting(), null, time, JournalLimits.Default, NullLogger.Instance);
        var follower = new Follower(
            "mail", journal, new MemoryCursor(Position.Start), (_, _) => throw new FormatException("spoilt"), time, NullLogger.Instance);
        Task[] running = [journal.RunAsync(stopping.Token), follower.RunAsync(stopping.Token)];
        await journal.CommitAsync(_ => [new Added(1, Noon), new Added(2, Noon)], ct);
        while (follower.Condition.Phase != FollowerPhase.Poisoned)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        // How many turns the poisoning took is the scheduler's; the lag counts from the first event, whenever that was.
        time.Advance(TimeSpan.FromMinutes(1));
        var longest = (time.GetUtcNow() - Noon).TotalSeconds;
        using var meters = new Meters();
        FollowerMetrics.Watch(meters, [follower]);

        var seen = Read(meters);

        Assert.Equal(2, seen["candor.follower.behind mail"]);
        Assert.InRange(seen["candor.follower.lag mail"], 60, longest);
        Assert.Equal(1, seen["candor.follower.poisoned mail"]);
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    private static Dictionary<string, double> Read(Meters meters)
    {
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => seen[$"{i.Name} {tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => seen[$"{i.Name} {tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen[$"{i.Name} {tags[0].Value}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
