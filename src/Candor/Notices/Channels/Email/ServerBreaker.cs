namespace Candor.Notices.Channels.Email;

/// <summary>
/// Spares everybody the wait for a server that is down: after five failures in a row one try per half a minute, with
/// jitter, finds out whether it is back. All mails go by this one server, whatever the domains of their recipients.
/// </summary>
internal sealed class ServerBreaker(TimeProvider time, Func<double> jitter)
{
    private const int FailuresMost = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private int failures;
    private long openedAt;
    private TimeSpan pause;
    private string last = "";

    /// <summary>Null: go on. Else how long to wait, and what was wrong last.</summary>
    public (TimeSpan Wait, string Fault)? Refuse()
    {
        lock (gate)
        {
            if (failures < FailuresMost)
            {
                return null;
            }

            var left = pause - time.GetElapsedTime(openedAt);
            if (left > TimeSpan.Zero)
            {
                return (left, last);
            }

            Open(); // for the others: this one finds out
            return null;
        }
    }

    public void Succeeded()
    {
        lock (gate)
        {
            failures = 0;
        }
    }

    public void Failed(string fault)
    {
        lock (gate)
        {
            (last, failures) = (fault, failures + 1);
            if (failures >= FailuresMost)
            {
                Open();
            }
        }
    }

    private void Open() => (openedAt, pause) = (time.GetTimestamp(), Pause * (0.5 + jitter()));
}
