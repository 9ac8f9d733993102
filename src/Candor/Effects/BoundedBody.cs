using System.IO.Compression;

namespace Candor.Effects;

/// <summary>Reads a body from outside: decompressed as it comes, and never more than the limits allow.</summary>
internal static class BoundedBody
{
    private const int RatioMax = 200;
    private const int RatioMattersAboveBytes = 64 * 1024;

    /// <summary>
    /// The whole body. Throws <see cref="TooLargeException"/> above <paramref name="limitBytes"/> or where it unfolds to more
    /// than 200 times what was sent, and <see cref="InvalidDataException"/> where the compression is broken or unknown.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int limitBytes, CancellationToken cancellation)
    {
        await using var sent = new CountedStream(await content.ReadAsStreamAsync(cancellation));
        await using var plain = Decompressed(sent, content.Headers.ContentEncoding);
        var kept = new byte[Math.Min(16 * 1024, limitBytes)];
        var length = 0;
        while (true)
        {
            if (length == kept.Length)
            {
                if (length == limitBytes)
                {
                    return await plain.ReadAsync(new byte[1], cancellation) == 0
                        ? kept
                        : throw new TooLargeException($"the answer is larger than {limitBytes / 1024} KiB");
                }

                Array.Resize(ref kept, (int)Math.Min((long)length * 4, limitBytes));
            }

            var read = await plain.ReadAsync(kept.AsMemory(length), cancellation);
            if (read == 0)
            {
                return kept.AsMemory(0, length);
            }

            length += read;
            if (length > RatioMattersAboveBytes && length / RatioMax > sent.Count)
            {
                throw new TooLargeException($"the answer unfolds to more than {RatioMax} times its size");
            }
        }
    }

    private static Stream Decompressed(Stream sent, ICollection<string> encodings)
    {
        var encoding = encodings.Count switch
        {
            0 => "identity",
            1 => encodings.First().ToLowerInvariant(),
            _ => throw new InvalidDataException("the answer is compressed more than once"),
        };
        return encoding switch
        {
            "identity" => sent,
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
            _ => throw new InvalidDataException("the answer is compressed in a way that was not asked for"),
        };
    }

    /// <summary>Counts what came over the wire, to compare with what it unfolds to.</summary>
    private sealed class CountedStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}

/// <summary>What came from outside is larger than Candor is willing to hold. The message is for readers.</summary>
internal sealed class TooLargeException(string message) : IOException(message);
