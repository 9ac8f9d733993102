using System.Buffers.Binary;
using Candor.Effects;

namespace Candor.Drills.Simulation;

/// <summary>Random bits that a seed decides: SplitMix64, the same on every machine and in every release.</summary>
internal sealed class SeededRandomness(ulong seed) : IRandomness
{
    private ulong state = seed;

    public void Fill(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (bytes.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            var taken = Math.Min(bytes.Length, word.Length);
            word[..taken].CopyTo(bytes);
            bytes = bytes[taken..];
        }
    }

    /// <summary>A generator of its own for one concern, so that a draw more in one does not change all the others.</summary>
    public SeededRandomness Fork() => new(Next());

    /// <summary>A whole number in [from, until).</summary>
    public int Int(int from, int until) => from + (int)(Next() % (ulong)(until - from));

    public bool Chance(double probability) => this.NextDouble() < probability;

    public TimeSpan Span(TimeSpan from, TimeSpan until) => from + ((until - from) * this.NextDouble());

    public T Pick<T>(IReadOnlyList<T> from) => from[Int(0, from.Count)];

    private ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
