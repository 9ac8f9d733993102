using System.Buffers.Binary;
using System.IO.Compression;

namespace Candor.SystemTests.Browser;

/// <summary>
/// A browser's picture with a palette of at most 256 colours: a page has few, and the file shrinks to a third. Reads
/// what Chromium writes (8 bits, RGB or RGBA, not interlaced) and nothing else.
/// </summary>
internal static class PalettePng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Shrink(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var byCount = pixels.CountBy(colour => colour).OrderByDescending(pair => pair.Value).Select(pair => pair.Key).ToList();
        var palette = byCount.Take(256).ToArray();
        var indexes = byCount.ToDictionary(colour => colour, colour => (byte)Nearest(palette, colour));
        var rows = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rows[y * (width + 1) + 1 + x] = indexes[pixels[y * width + x]];
            }
        }

        return Write(width, height, palette, rows);
    }

    private static int Nearest(int[] palette, int colour)
    {
        static int Square(int a, int b, int shift) => ((a >> shift & 255) - (b >> shift & 255)) * ((a >> shift & 255) - (b >> shift & 255));
        return Enumerable.Range(0, palette.Length)
            .MinBy(i => Square(palette[i], colour, 16) + Square(palette[i], colour, 8) + Square(palette[i], colour, 0));
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        var (width, height, channels) = (0, 0, 0);
        using var packed = new MemoryStream();
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 8, length);
            switch (System.Text.Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
                    channels = body[9] == 6 ? 4 : 3;
                    break;
                case "IDAT":
                    packed.Write(body);
                    break;
                default:
                    break;
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new int[width * height];
        var (above, row) = (new byte[width * channels], new byte[width * channels]);
        for (var y = 0; y < height; y++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            for (var x = 0; x < width; x++)
            {
                pixels[y * width + x] = row[x * channels] << 16 | row[x * channels + 1] << 8 | row[x * channels + 2];
            }

            (above, row) = (row, above);
        }

        return (width, height, pixels);
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int channels)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i >= channels ? row[i - channels] : 0;
            var corner = i >= channels ? above[i - channels] : 0;
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static byte[] Write(int width, int height, int[] palette, byte[] rows)
    {
        var colours = palette.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour }).ToArray();
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("PLTE", colours), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        System.Text.Encoding.ASCII.GetBytes(kind).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 8), Crc(chunk.AsSpan(4, body.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
            }
        }

        return ~crc;
    }
}
