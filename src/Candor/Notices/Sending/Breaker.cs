namespace Candor.Notices.Sending;

/// <summary>
/// Stops trying a destination that answers nobody: after five failures in a row, or ten of the last twenty. While it is
/// open one probe goes out about every 30 s, at a moment of chance; the first that succeeds closes it.
/// </summary>
internal sealed class Breaker
{
    private const int InARow = 5;
    private const int Remembered = 20;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    private readonly Queue<bool> last = new();
    private int failures;
    private int row;
    private TimeSpan probeAt;
    private bool probing;

    public bool IsOpen { get; private set; }

    public TimeSpan? OpenedAt { get; private set; }

    /// <summary>Whether one may be sent now; while open this takes the probe.</summary>
    public bool TryPass(TimeSpan now)
    {
        if (!IsOpen)
        {
            return true;
        }

        if (probing || now < probeAt)
        {
            return false;
        }

        return probing = true;
    }

    /// <summary>When the next probe is due; at the earliest now.</summary>
    public TimeSpan NextAt(TimeSpan now) => !IsOpen || probeAt < now ? now : probeAt;

    /// <summary>True where this closed it.</summary>
    public bool Succeeded()
    {
        var closed = IsOpen;
        if (closed)
        {
            last.Clear();
            failures = 0;
        }

        (IsOpen, OpenedAt, probing, row) = (false, null, false, 0);
        Remember(failed: false);
        return closed;
    }

    /// <summary>True where this opened it.</summary>
    public bool Failed(TimeSpan now, double chance)
    {
        row++;
        Remember(failed: true);
        if (IsOpen)
        {
            probing = false;
            probeAt = Next(now, chance);
            return false;
        }

        if (row < InARow && (last.Count < Remembered || failures * 2 < Remembered))
        {
            return false;
        }

        Open(now, chance);
        return true;
    }

    /// <summary>Opens at once: what failed fails for everybody.</summary>
    public void Open(TimeSpan now, double chance) =>
        (IsOpen, OpenedAt, probing, probeAt) = (true, OpenedAt ?? now, false, Next(now, chance));

    /// <summary>The probe came to nothing that says anything about the destination.</summary>
    public void ProbeWasLost() => probing = false;

    private static TimeSpan Next(TimeSpan now, double chance) => now + ProbeEvery * (0.75 + chance / 2);

    private void Remember(bool failed)
    {
        last.Enqueue(failed);
        failures += failed ? 1 : 0;
        if (last.Count > Remembered && last.Dequeue())
        {
            failures--;
        }
    }
}
