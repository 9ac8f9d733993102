using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Candor.Tests.Attachments;

/// <summary>Small whole pictures, made by hand so that a test can say what is in them.</summary>
internal static class Drawn
{
    /// <summary>A GPS position as phones write it, to be looked for afterwards.</summary>
    public const string Place = "GPS 53.5511 N 9.9937 E";

    public static byte[] Png(int width = 2, int height = 2, params (string Name, byte[] Content)[] more)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG"u8, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 0);
        Chunk(file, "IHDR", head);
        foreach (var (name, content) in more)
        {
            Chunk(file, name, content);
        }

        using var drawn = new MemoryStream();
        using (var packed = new ZLibStream(drawn, CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write(new byte[Math.Min(width + 1, 64) * Math.Min(height, 64)]);
        }

        Chunk(file, "IDAT", drawn.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <param name="turned">The orientation that EXIF says, 1 to 8.</param>
    public static byte[] Jpeg(int width = 40, int height = 30, int turned = 1) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. Segment(0xE1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)turned, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Place)]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes(Place)]),
        .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 7, 7]),
        .. Segment(0xE2, [.. "MPF\0"u8, .. Encoding.ASCII.GetBytes(Place)]),
        .. Segment(0xFE, Encoding.ASCII.GetBytes(Place)),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
        0xFF, 0xD9,
        .. Encoding.ASCII.GetBytes("<script>" + Place),
    ];

    public static byte[] Gif() =>
    [
        .. "GIF89a"u8, 3, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x21, 0xFE, 22, .. Encoding.ASCII.GetBytes(Place), 0,
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
        0x21, 0xFF, 11, .. "XMP DataXMP"u8, 22, .. Encoding.ASCII.GetBytes(Place), 0,
        0x2C, 0, 0, 0, 0, 3, 0, 2, 0, 0, 2, 2, 0x84, 0x51, 0,
        0x3B, .. Encoding.ASCII.GetBytes(Place),
    ];

    public static byte[] WebP()
    {
        byte[] chunks =
        [
            .. Riff("VP8X", [0x0C, 0, 0, 0, 4, 0, 0, 3, 0, 0]),
            .. Riff("VP8L", [0x2F, 4, 0xC0, 0, 0, 0]),
            .. Riff("EXIF", Encoding.ASCII.GetBytes(Place)),
            .. Riff("XMP ", Encoding.ASCII.GetBytes(Place + "!")),
        ];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks];
    }

    private static byte[] Riff(string name, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. size, .. content, .. new byte[content.Length & 1]];
    }

    private static byte[] Segment(byte mark, byte[] content) =>
        [0xFF, mark, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static void Chunk(Stream into, string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        into.Write([.. length, .. named, .. sum]);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFU;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320U : crc >> 1;
            }
        }

        return ~crc;
    }
}
