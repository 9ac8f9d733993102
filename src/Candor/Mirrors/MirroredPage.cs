using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Candor.Mirrors;

/// <summary>One page of an edition as a mirror is told of it: the hashes of its bytes, and the headers that it is served with.</summary>
/// <param name="Hash">SHA-256 of the uncompressed content, in lower-case hexadecimal.</param>
/// <param name="Bytes">How long that content is.</param>
/// <param name="Policy">The Content-Security-Policy.</param>
/// <param name="Forever">Its path holds a hash of the content.</param>
/// <param name="IsPast">It is about something that is over, and rarely read.</param>
/// <param name="LastKnown">The version for when nobody can vouch for the page; null where it makes no claim about now.</param>
internal sealed record MirroredPage(
    string Path, int Status, string Type, string Policy, string Hash, int Bytes, bool Forever, bool IsPast, MirroredContent? LastKnown)
{
    /// <summary>Everything that has to be at hand before the page can be served.</summary>
    [JsonIgnore]
    public ImmutableArray<MirroredContent> Contents => LastKnown is null ? [new(Hash, Bytes)] : [new(Hash, Bytes), LastKnown];
}

/// <summary>Bytes by their hash.</summary>
internal sealed record MirroredContent(string Hash, int Bytes)
{
    public static MirroredContent Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
}
