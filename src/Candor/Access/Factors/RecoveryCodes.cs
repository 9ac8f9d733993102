using System.Collections.Immutable;
using Candor.Effects;

namespace Candor.Access.Factors;

/// <summary>Ten codes for the day when the phone is gone: 80 random bits each, good once, kept as hashes.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int CodeBytes = 10;

    public static (ImmutableArray<string> Shown, ImmutableArray<string> Kept) Make(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[CodeBytes];
        var shown = ImmutableArray.CreateBuilder<string>(Count);
        for (var i = 0; i < Count; i++)
        {
            randomness.Fill(bytes);
            shown.Add(Base32.Write(bytes));
        }

        return ([.. shown.Select(Base32.Grouped)], [.. shown.Select(Hashes.Of)]);
    }
}
