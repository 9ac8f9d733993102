using Candor.Notices.Channels;
using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>
/// Whether a channel gets anything through at all. Said long before anything is late by the clock: readers who wait for word
/// are better told within seconds that it does not come. And said only where it is so: what a single mailbox or a single
/// receiver puts off is its own, and where more get through than do not, the channel works. Pure arithmetic over the steady
/// clock.
/// </summary>
internal sealed class Flow
{
    /// <summary>Longer than any healthy hand-over, and soon enough for whoever waits.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(10);

    /// <summary>Fewer may be odd addresses.</summary>
    private const int Several = 3;

    private const int RememberedMost = 4_096;

    private readonly Dictionary<StreamKey, Try> tries = [];
    private readonly Dictionary<string, TimeSpan> well = new(StringComparer.Ordinal);
    private readonly Queue<TimeSpan> through = new();
    private TimeSpan? throughAt;

    /// <param name="isForMany">The destination is a service that many share, so each stream there says something by itself; else all of them say one thing.</param>
    public void Began(StreamKey stream, string destination, bool isForMany, TimeSpan now) => tries[stream] = tries.TryGetValue(stream, out var before)
        ? before with { Last = now }
        : new(destination, isForMany, now, now, HasFailed: false);

    public void Answered(StreamKey stream, Handover handover, TimeSpan now)
    {
        if (!tries.TryGetValue(stream, out var tried))
        {
            return;
        }

        if (handover.End != HandoverEnd.Delivered && handover.Blame is Blame.Destination or Blame.Channel)
        {
            tries[stream] = tried with { HasFailed = true };
            return;
        }

        // Put off by their own side, it says nothing of the channel: neither that it works nor that it does not.
        tries.Remove(stream);
        if (handover.End != HandoverEnd.TryAgain)
        {
            GotThrough(tried, now);
        }
    }

    /// <summary>The process ended with it in hand.</summary>
    public void Lost(StreamKey stream)
    {
        if (tries.TryGetValue(stream, out var tried))
        {
            tries[stream] = tried with { HasFailed = true };
        }
    }

    /// <summary>Nothing of it waits any more.</summary>
    public void Left(StreamKey stream) => tries.Remove(stream);

    /// <summary>
    /// Whether several have been tried in vain for a while, nobody has got through meanwhile, and they are more than have got
    /// through since they were first tried. The newest trouble is looked at by itself as well, so that a few who never answer
    /// hide nothing.
    /// </summary>
    public bool IsStuck(TimeSpan now)
    {
        if (now - throughAt < StuckAfter)
        {
            return false;
        }

        var since = Since(now);
        if (since.Count < Several)
        {
            return false;
        }

        // What was tried beside the others may have got through just before them.
        List<TimeSpan> others = [.. through, .. well.Values.Select(static at => at + StuckAfter)];
        others.Sort();
        since.Sort(static (one, other) => other.CompareTo(one));
        for (var (i, left) = (0, others.Count); i < since.Count; i++)
        {
            while (left > 0 && others[left - 1] >= since[i])
            {
                left--;
            }

            if (i + 1 >= Several && now - since[i] >= StuckAfter && i + 1 > others.Count - left)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Since when each is tried in vain: streams at a service for many, whole destinations otherwise.</summary>
    private List<TimeSpan> Since(TimeSpan now)
    {
        var (many, single) = (new List<TimeSpan>(), new Dictionary<string, TimeSpan>(StringComparer.Ordinal));
        foreach (var tried in tries.Values)
        {
            if (!tried.HasFailed && now - tried.Last < StuckAfter)
            {
                continue;
            }

            if (tried.IsForMany)
            {
                many.Add(tried.First);
            }
            else if (!well.TryGetValue(tried.Destination, out var at) || tried.Last > at)
            {
                var first = tried.First > at ? tried.First : tried.Last;
                single[tried.Destination] = single.TryGetValue(tried.Destination, out var earlier) && earlier < first ? earlier : first;
            }
        }

        return [.. many, .. single.Values];
    }

    private void GotThrough(Try tried, TimeSpan now)
    {
        throughAt = now;
        if (!tried.IsForMany)
        {
            well[tried.Destination] = now;
            return;
        }

        through.Enqueue(now);
        if (through.Count > RememberedMost)
        {
            through.Dequeue();
        }
    }

    /// <param name="First">When it was first tried, of what is tried now.</param>
    /// <param name="Last">When the last try began.</param>
    private readonly record struct Try(string Destination, bool IsForMany, TimeSpan First, TimeSpan Last, bool HasFailed);
}
