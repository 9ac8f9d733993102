using Candor.Judging;

namespace Candor.Samples;

/// <summary>The last few readings of one series, newest first when read.</summary>
internal sealed class LatestReadings
{
    public const int Kept = 8;

    private readonly List<LatestReading> ring = [];

    /// <summary>The newest observation whole, with its phases.</summary>
    public Observation? Newest { get; private set; }

    public void Add(Observation seen)
    {
        if (Newest is null || seen.At >= Newest.At)
        {
            Newest = seen;
        }

        if (ring.Count == Kept)
        {
            if (seen.At < ring[0].At)
            {
                return;
            }

            ring.RemoveAt(0);
        }

        // Readings come in order but for backfill, so this loop nearly always ends at once.
        var at = ring.Count;
        while (at > 0 && ring[at - 1].At > seen.At)
        {
            at--;
        }

        ring.Insert(at, new(seen.At, seen.Reading, seen.Took, seen.Reason));
    }

    public IReadOnlyList<LatestReading> NewestFirst()
    {
        var found = ring.ToArray();
        Array.Reverse(found);
        return found;
    }
}

/// <summary>One of the last readings, for people.</summary>
internal readonly record struct LatestReading(DateTimeOffset At, Reading Reading, TimeSpan Took, string Reason);
