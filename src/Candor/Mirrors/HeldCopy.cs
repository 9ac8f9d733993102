using System.Collections.Immutable;

namespace Candor.Mirrors;

/// <summary>An edition that a mirror has whole: proven to be the publisher's, with every content that it names.</summary>
internal sealed record HeldCopy(Manifest Manifest, byte[] Signed, byte[] Signature, ImmutableDictionary<string, ReadOnlyMemory<byte>> Contents)
{
    /// <summary>No copy is larger, on the wire or on the disk.</summary>
    public const long BytesMax = 256L << 20;
}
