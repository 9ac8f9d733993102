namespace Candor.Access.Factors;

/// <summary>The slow step from a password to its hash: what a guess costs, so what must be the same for everybody.</summary>
internal delegate byte[] Derivation(string password, ReadOnlySpan<byte> salt, int rounds);
