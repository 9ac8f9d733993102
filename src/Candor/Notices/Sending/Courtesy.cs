namespace Candor.Notices.Sending;

/// <summary>
/// How fast a channel tells while people read the page. Telling takes processors from them, and what it leaves behind is
/// collected in pauses for which they wait; at this rate their slowest reading in a hundred stays nearly what it is otherwise,
/// and a crowd of twenty thousand has it in twenty seconds. Where nobody reads it goes as fast as it can. Pure arithmetic over
/// the steady clock.
/// </summary>
internal sealed class Courtesy
{
    /// <summary>Hand-overs begun in a second.</summary>
    public const int PerSecond = 1_000;

    /// <summary>Readings in a second from which on somebody is there whom a pause would meet.</summary>
    public const int ReadFrom = 10;

    /// <summary>So many wait for nobody: it is over in a second. Who comes after them goes evenly, for bursts would be felt however low the rate.</summary>
    public const int AtOnce = 2_000;

    /// <summary>A turn has a cost of its own, so there are not as many as notices.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private TimeSpan lookedAt;
    private TimeSpan filledAt;
    private long readBefore;
    private bool isRead;
    private double room;

    /// <summary>How many may begin now.</summary>
    /// <param name="read">How often the page has been read since the process began.</param>
    public int Room(TimeSpan now, long read)
    {
        if (now - lookedAt >= LookEvery)
        {
            isRead = read - readBefore >= ReadFrom * (now - lookedAt).TotalSeconds;
            (lookedAt, readBefore) = (now, read);
        }

        room = Math.Min(room + PerSecond * (now - filledAt).TotalSeconds, AtOnce);
        filledAt = now;
        return isRead ? Math.Max(0, (int)room) : int.MaxValue;
    }

    public void Took(int begun) => room = Math.Max(room - begun, 0);

    /// <summary>Whether the next has to wait for <see cref="Pause"/>.</summary>
    public bool Waits => isRead && room < 1;
}
