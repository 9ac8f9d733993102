using System.Diagnostics;
using Candor.Judging;

namespace Candor.Samples;

/// <summary>
/// What a stretch of time adds up to: how many readings of each sort, and how long the answers took. Only good and slow
/// readings are timed: a refused connection is quick and says nothing of how fast the service is.
/// </summary>
internal sealed class Rollup
{
    private const byte Format = 1;

    private Histogram times = new();

    public long None { get; private set; }

    public long Good { get; private set; }

    public long Slow { get; private set; }

    public long Bad { get; private set; }

    public Histogram Times => times;

    public void Add(Reading reading, TimeSpan took)
    {
        switch (reading)
        {
            case Reading.None: None++; break;
            case Reading.Good: Good++; break;
            case Reading.Slow: Slow++; break;
            case Reading.Bad: Bad++; break;
            default: throw new UnreachableException($"No reading is called {reading}.");
        }

        if (reading is Reading.Good or Reading.Slow && took > TimeSpan.Zero)
        {
            times.Add(took);
        }
    }

    public void Merge(Rollup other)
    {
        (None, Good, Slow, Bad) = (None + other.None, Good + other.Good, Slow + other.Slow, Bad + other.Bad);
        times.Merge(other.times);
    }

    public byte[] Encode(ByteWriter scratch)
    {
        scratch.Clear();
        scratch.Byte(Format);
        scratch.Varint((ulong)None);
        scratch.Varint((ulong)Good);
        scratch.Varint((ulong)Slow);
        scratch.Varint((ulong)Bad);
        times.Encode(scratch);
        return scratch.Written.ToArray();
    }

    public static Rollup Decode(ReadOnlySpan<byte> stored)
    {
        var from = new ByteReader(stored);
        var format = from.Byte();
        if (format != Format)
        {
            throw new InvalidDataException($"A stored roll-up has format {format}; this build reads {Format}.");
        }

        return new()
        {
            None = from.Count(int.MaxValue),
            Good = from.Count(int.MaxValue),
            Slow = from.Count(int.MaxValue),
            Bad = from.Count(int.MaxValue),
            times = Histogram.Decode(ref from),
        };
    }
}
