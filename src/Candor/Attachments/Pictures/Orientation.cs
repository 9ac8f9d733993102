using System.Buffers.Binary;

namespace Candor.Attachments.Pictures;

/// <summary>The one thing of a picture's EXIF that its readers need: which way is up, 1 to 8.</summary>
internal static class Orientation
{
    private const ushort Tag = 0x0112;
    private const int EntryBytes = 12;

    /// <summary>1, as it lies, where nothing else can be read.</summary>
    public static int In(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("Exif\0\0"u8) || content.Length < 16)
        {
            return 1;
        }

        var tiff = content[6..];
        var isLittle = tiff[0] == (byte)'I';
        var at = Number(tiff[4..], isLittle);
        if (at > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)at..];
        var count = Short(entries, isLittle);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (Short(entries, isLittle) == Tag)
            {
                return Short(entries[8..], isLittle) is >= 1 and <= 8 and var turned ? turned : 1;
            }
        }

        return 1;
    }

    /// <summary>A segment that says this and nothing else.</summary>
    public static byte[] Segment(int turned) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turned, 0, 0, 0, 0, 0, 0,
    ];

    private static ushort Short(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint Number(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
