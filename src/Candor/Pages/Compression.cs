using System.IO.Compression;
using System.Security.Cryptography;

namespace Candor.Pages;

/// <summary>What is done to a page once, so that no request has to.</summary>
internal static class Compression
{
    /// <summary>For pages that change. From 5 on Brotli takes seven times longer for a sixth of the size, and readers wait.</summary>
    private const int BrotliQuickly = 4;

    /// <summary>For what is compressed once in the life of the process.</summary>
    private const int BrotliThoroughly = 9;

    private const int BrotliWindow = 20;

    public static string Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    public static byte[] Brotli(ReadOnlySpan<byte> content, bool thoroughly)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, buffer, out var written, thoroughly ? BrotliThoroughly : BrotliQuickly, BrotliWindow)
            ? buffer[..written]
            : content.ToArray();
    }

    public static byte[] Gzip(byte[] content, CompressionLevel level)
    {
        using var into = new MemoryStream(content.Length / 3);
        using (var gzip = new GZipStream(into, level, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return into.ToArray();
    }

    /// <summary>Unpacks what <see cref="Gzip"/> packed; never anything from outside.</summary>
    public static byte[] Inflate(ReadOnlyMemory<byte> packed)
    {
        using var from = new MemoryStream(packed.ToArray(), writable: false);
        using var gzip = new GZipStream(from, CompressionMode.Decompress);
        using var into = new MemoryStream(packed.Length * 4);
        gzip.CopyTo(into);
        return into.ToArray();
    }
}
