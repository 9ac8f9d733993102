namespace Candor.Notices.Sending;

/// <summary>
/// Whether a channel gets anything through at all. Said long before anything is late by the clock: readers who wait for word
/// are better told within seconds that it does not come. Pure arithmetic over the steady clock.
/// </summary>
internal sealed class Flow
{
    /// <summary>Longer than any healthy hand-over, and soon enough for whoever waits.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(10);

    /// <summary>Fewer may be odd addresses; nobody should read that mail is down because one mailbox is full.</summary>
    private const int Several = 3;

    private TimeSpan? since;

    /// <summary>Somebody's side answered: it was taken, or refused for good.</summary>
    public void GotThrough(TimeSpan now) => since = now;

    /// <summary>Whether several are being tried and nothing has got through for a while.</summary>
    /// <param name="struggling">Streams that are in hand or were tried in vain.</param>
    public bool IsStuck(int struggling, TimeSpan now)
    {
        if (struggling < Several)
        {
            since = null;
            return false;
        }

        since ??= now;
        return now - since >= StuckAfter;
    }
}
