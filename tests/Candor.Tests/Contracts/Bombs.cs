using System.IO.Compression;
using System.Text;

namespace Candor.Tests.Contracts;

/// <summary>Servers that answer with more than anybody can take.</summary>
internal static class Bombs
{
    /// <summary>Some 10 GiB of zeros in a few megabytes (Brotli: a few hundred bytes).</summary>
    public static LocalListener Compressed(string encoding) => new(async (stream, cancellation) =>
    {
        await LocalListener.HeadAsync(stream, cancellation);
        await Say(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n", cancellation);
        var part = new MemoryStream();
        await using (var pack = Pack(encoding, part))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
            {
                await pack.WriteAsync(zeros, cancellation);
            }
        }

        // A gzip stream may hold many members; the other two just go on with rubbish after their end.
        for (var i = 0; i < 160; i++)
        {
            await stream.WriteAsync(part.GetBuffer().AsMemory(0, (int)part.Length), cancellation);
        }
    });

    public static LocalListener Endless(string kind) => new(async (stream, cancellation) =>
    {
        await LocalListener.HeadAsync(stream, cancellation);
        switch (kind)
        {
            case "drip":
                await Say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", cancellation);
                await RepeatAsync(stream, "x", TimeSpan.FromMilliseconds(50), cancellation);
                break;
            case "headers":
                await Say(stream, "HTTP/1.1 200 OK\r\n", cancellation);
                await RepeatAsync(stream, new string('x', 1000) + ": y\r\n", TimeSpan.Zero, cancellation);
                break;
            case "slow headers":
                await Say(stream, "HTTP/1.1 200 OK\r\n", cancellation);
                await RepeatAsync(stream, "x: y\r\n", TimeSpan.FromMilliseconds(50), cancellation);
                break;
            case "chunked":
                await Say(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", cancellation);
                await RepeatAsync(stream, "400\r\n" + new string('x', 1024) + "\r\n", TimeSpan.Zero, cancellation);
                break;
            case "chunk header":
                await Say(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", cancellation);
                await RepeatAsync(stream, new string('x', 1024), TimeSpan.Zero, cancellation);
                break;
            case "interim":
                await RepeatAsync(stream, "HTTP/1.1 103 Early Hints\r\n\r\n", TimeSpan.FromMilliseconds(1), cancellation);
                break;
            default:
                await Task.Delay(Timeout.Infinite, cancellation);
                break;
        }
    });

    private static Stream Pack(string encoding, Stream into) => encoding switch
    {
        "gzip" => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true),
        _ => new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true),
    };

    private static async Task RepeatAsync(Stream stream, string text, TimeSpan pause, CancellationToken cancellation)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        while (true)
        {
            await stream.WriteAsync(bytes, cancellation);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, cancellation);
            }
        }
    }

    private static Task Say(Stream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation).AsTask();
}
