namespace Candor.Effects;

/// <summary>The only source of random bits. A seed replaces it in simulation; ids, jitter and tokens all come from here.</summary>
internal interface IRandomness
{
    /// <summary>Fills the span with bytes that nobody can guess (or, in simulation, that the seed decides).</summary>
    void Fill(Span<byte> bytes);
}

internal static class RandomnessExtensions
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public static double NextDouble(this IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[8];
        randomness.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A public id: lower-case letters and digits, 12 of them as Statuspage clients expect.</summary>
    public static string NextId(this IRandomness randomness, int length = 12)
    {
        Span<byte> bytes = stackalloc byte[length];
        Span<char> id = stackalloc char[length];
        for (var i = 0; i < length;)
        {
            randomness.Fill(bytes);
            foreach (var b in bytes)
            {
                // 252 = 7 × 36: a larger byte would favour the first letters.
                if (b < 252 && i < length)
                {
                    id[i++] = Alphabet[b % 36];
                }
            }
        }

        return new string(id);
    }
}
