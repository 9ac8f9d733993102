using System.Collections.Immutable;
using Candor.Judging;
using Candor.State;

namespace Candor.Samples;

/// <summary>
/// Readings of many series in one blob, about 20 bytes each with five phases: one row a second costs a hundredth of
/// what a row per reading does, in processor and in disk.
/// </summary>
internal static class SampleBatch
{
    private const byte Format = 1;
    private const int ReasonBytesMax = 1024;
    private const int PhasesMax = 64;
    private const int SamplesMax = 1_000_000;

    /// <summary>Names that cost one byte. On disk for ever: add at the end only.</summary>
    private static readonly string[] PhaseNames = ["dns", "connect", "tls", "first_byte", "body"];

    public static byte[] Encode(IReadOnlyList<Sample> samples, ByteWriter scratch)
    {
        scratch.Clear();
        scratch.Byte(Format);
        scratch.Varint((ulong)samples.Count);
        var before = 0L;
        foreach (var (series, seen) in samples)
        {
            var at = seen.At.ToUnixTimeMilliseconds();
            scratch.Varint((ulong)series);
            scratch.Signed(at - before);
            scratch.Byte((byte)((int)seen.Reading | (seen.Phases.IsDefaultOrEmpty ? 0 : 4) | (seen.Reason.Length > 0 ? 8 : 0)));
            scratch.Varint(Microseconds(seen.Took));
            if (!seen.Phases.IsDefaultOrEmpty)
            {
                EncodePhases(seen.Phases, scratch);
            }

            if (seen.Reason.Length > 0)
            {
                scratch.Text(seen.Reason.Length <= ReasonBytesMax / 4 ? seen.Reason : seen.Reason[..(ReasonBytesMax / 4)]);
            }

            before = at;
        }

        return scratch.Written.ToArray();
    }

    /// <summary>Reads a batch back; <paramref name="nameOf"/> tells which series a number stands for.</summary>
    public static IEnumerable<Sample> Decode(ReadOnlySpan<byte> stored, Func<int, (MonitorId Monitor, VantageId Vantage)?> nameOf)
    {
        var from = new ByteReader(stored);
        var format = from.Byte();
        if (format != Format)
        {
            throw new InvalidDataException($"Stored readings have format {format}; this build reads {Format}.");
        }

        var samples = new List<Sample>();
        var before = 0L;
        for (var left = from.Count(SamplesMax); left > 0; left--)
        {
            var series = from.Count(int.MaxValue);
            before += from.Signed();
            var flags = from.Byte();
            var took = TimeSpan.FromMicroseconds(from.Count(int.MaxValue));
            var phases = (flags & 4) != 0 ? DecodePhases(ref from) : [];
            var reason = (flags & 8) != 0 ? from.Text(ReasonBytesMax) : "";
            if (nameOf(series) is var (monitor, vantage))
            {
                samples.Add(new(series, new(monitor, vantage, At(before), (Reading)(flags & 3), reason, took) { Phases = phases }));
            }
        }

        return samples;
    }

    private static void EncodePhases(ImmutableArray<Phase> phases, ByteWriter scratch)
    {
        var kept = Math.Min(phases.Length, PhasesMax);
        scratch.Varint((ulong)kept);
        foreach (var phase in phases.AsSpan()[..kept])
        {
            var known = Array.IndexOf(PhaseNames, phase.Name);
            scratch.Byte((byte)(known + 1));
            if (known < 0)
            {
                scratch.Text(phase.Name.Length <= 64 ? phase.Name : phase.Name[..64]);
            }

            scratch.Varint(Microseconds(phase.Took));
        }
    }

    private static ImmutableArray<Phase> DecodePhases(ref ByteReader from)
    {
        var count = from.Count(PhasesMax);
        var phases = ImmutableArray.CreateBuilder<Phase>(count);
        for (; count > 0; count--)
        {
            var known = from.Byte();
            var name = known switch
            {
                0 => from.Text(256),
                _ when known <= PhaseNames.Length => PhaseNames[known - 1],
                _ => throw new InvalidDataException($"A stored reading has a phase {known}; this build knows {PhaseNames.Length}."),
            };
            phases.Add(new(name, TimeSpan.FromMicroseconds(from.Count(int.MaxValue))));
        }

        return phases.MoveToImmutable();
    }

    private static ulong Microseconds(TimeSpan took) => (ulong)Math.Clamp(took.TotalMicroseconds, 0, int.MaxValue);

    private static DateTimeOffset At(long milliseconds) =>
        milliseconds is >= 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new InvalidDataException("A stored reading is dated outside the calendar.");
}
