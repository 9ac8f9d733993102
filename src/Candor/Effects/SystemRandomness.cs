using System.Security.Cryptography;

namespace Candor.Effects;

/// <summary>The operating system's generator.</summary>
internal sealed class SystemRandomness : IRandomness
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
