namespace Candor.Samples;

/// <summary>
/// How durations were spread. Buckets are exact up to 127 µs and 64 to each doubling above, so a percentile is off by
/// less than 0.8 %. Merging adds buckets and loses nothing: hours make a day exactly as the readings would have.
/// </summary>
internal sealed class Histogram
{
    /// <summary>Longer durations count as this one (71 minutes); no probe may take so long.</summary>
    public const long LongestMicroseconds = uint.MaxValue;

    private const int BucketsMax = 1728;

    // Sorted by bucket. Most hours of one monitor touch 10 to 60 buckets; a dense array would be 7 kB.
    private ushort[] buckets = [];
    private int[] counts = [];
    private int used;

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    public void Add(TimeSpan took) => AddTo(BucketOf((long)took.TotalMicroseconds), 1);

    public void Merge(Histogram other)
    {
        for (var i = 0; i < other.used; i++)
        {
            AddTo(other.buckets[i], other.counts[i]);
        }
    }

    /// <summary>
    /// The duration that a share (0 to 1) of all stayed at or under: the nearest rank, ceil(share × count), read as the
    /// middle of the bucket that holds it. Nothing is interpolated between readings. Null when there are none.
    /// </summary>
    public TimeSpan? Percentile(double share) => PercentileBucket(share) is { } bucket ? Middle(bucket) : null;

    /// <summary>The bucket that <see cref="Percentile"/> reads; two bytes instead of eight where many are kept.</summary>
    public ushort? PercentileBucket(double share)
    {
        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Math.Max(1, Count));
        for (var i = 0; i < used; i++)
        {
            rank -= counts[i];
            if (rank <= 0)
            {
                return buckets[i];
            }
        }

        return null;
    }

    public static TimeSpan Middle(ushort bucket)
    {
        var shift = Math.Max(0, (bucket >> 6) - 1);
        var lowest = (long)(bucket - (shift << 6)) << shift;
        return TimeSpan.FromMicroseconds(lowest + (((1L << shift) - 1) / 2.0));
    }

    public void Encode(ByteWriter into)
    {
        into.Varint((ulong)used);
        var before = 0;
        for (var i = 0; i < used; i++)
        {
            into.Varint((ulong)(buckets[i] - before));
            into.Varint((ulong)counts[i]);
            before = buckets[i];
        }
    }

    public static Histogram Decode(ref ByteReader from)
    {
        var size = from.Count(BucketsMax);
        var read = new Histogram { buckets = new ushort[size], counts = new int[size], used = size };
        var bucket = 0;
        for (var i = 0; i < size; i++)
        {
            var step = from.Count(BucketsMax);
            bucket += step;
            read.buckets[i] = (step > 0 || i == 0) && bucket < BucketsMax
                ? (ushort)bucket
                : throw new InvalidDataException("A stored histogram has its buckets out of order.");
            read.counts[i] = from.Count(int.MaxValue);
            read.Count += read.counts[i];
        }

        return read;
    }

    private static ushort BucketOf(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, LongestMicroseconds);
        var shift = Math.Max(0, 57 - long.LeadingZeroCount(value));
        return (ushort)((shift << 6) + (value >> (int)shift));
    }

    private void AddTo(ushort bucket, int count)
    {
        var at = buckets.AsSpan(0, used).BinarySearch(bucket);
        if (at < 0)
        {
            at = ~at;
            Insert(at, bucket);
        }

        counts[at] = checked(counts[at] + count);
        Count += count;
    }

    private void Insert(int at, ushort bucket)
    {
        if (used == buckets.Length)
        {
            Array.Resize(ref buckets, Math.Max(4, used + (used >> 1)));
            Array.Resize(ref counts, buckets.Length);
        }

        buckets.AsSpan(at, used - at).CopyTo(buckets.AsSpan(at + 1));
        counts.AsSpan(at, used - at).CopyTo(counts.AsSpan(at + 1));
        (buckets[at], counts[at]) = (bucket, 0);
        used++;
    }
}
