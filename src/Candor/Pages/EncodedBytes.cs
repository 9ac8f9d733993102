using Microsoft.Extensions.Primitives;

namespace Candor.Pages;

/// <summary>One encoding of a page with its strong ETag: other bytes have another tag, also for the same content.</summary>
internal sealed class EncodedBytes(byte[] bytes, string? encoding, string hash)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public StringValues ContentEncoding { get; } = encoding is null ? StringValues.Empty : encoding;

    public string ETag { get; } = encoding is null ? $"\"{hash}\"" : $"\"{hash}-{encoding}\"";

    public StringValues ETagValue { get; } = encoding is null ? $"\"{hash}\"" : $"\"{hash}-{encoding}\"";

}
