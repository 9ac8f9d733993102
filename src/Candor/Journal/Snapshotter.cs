using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>
/// Writes a snapshot whenever enough has happened since the last one, so that a start folds few events. A failure is
/// reported and tried again later; nothing depends on it but start time.
/// </summary>
/// <param name="file">Where the snapshot lies.</param>
/// <param name="journal">Whose positions are followed.</param>
/// <param name="take">The current state as a snapshot.</param>
internal sealed class Snapshotter(
    SnapshotFile file, IJournalReader journal, Func<Snapshot> take, TimeProvider time, ILogger logger)
{
    private Position written;

    /// <summary>Events after which a snapshot is due.</summary>
    public long EveryEvents { get; init; } = 20_000;

    /// <summary>Time after which a snapshot is due where anything has happened at all.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often it is looked whether one is due.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The last snapshot that was written or started from; set it to where the state came from.</summary>
    public Position Written
    {
        get => written;
        init => written = value;
    }

    /// <summary>Runs until stopped and writes a last one then, so that a clean restart folds nothing.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var last = time.GetTimestamp();
        try
        {
            while (true)
            {
                await journal.WaitAsync(written, stopping);
                if (journal.Position.Value - written.Value >= EveryEvents || time.GetElapsedTime(last) >= Every)
                {
                    last = time.GetTimestamp();
                    TryWrite();
                }

                await Task.Delay(Look, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (journal.Position > written)
            {
                TryWrite();
            }
        }
    }

    private void TryWrite()
    {
        try
        {
            var snapshot = take();
            file.Write(snapshot);
            written = snapshot.Position;
            JournalLog.SnapshotWritten(logger, snapshot.Position.Value, snapshot.Payload.Length);
        }
        catch (IOException fault)
        {
            JournalLog.SnapshotFailed(logger, fault);
        }
    }
}
