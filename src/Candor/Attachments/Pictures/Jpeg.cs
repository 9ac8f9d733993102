using System.Buffers.Binary;

namespace Candor.Attachments.Pictures;

/// <summary>
/// JPEG: segments up to the end mark. What applications wrote (EXIF, XMP, previews, comments) goes: it says where a phone was.
/// Kept are how colours are meant, and which way is up.
/// </summary>
internal static class Jpeg
{
    public const string Type = "image/jpeg";

    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte Comment = 0xFE;

    /// <summary>Null where it is none, or not a whole one.</summary>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [0xFF, Start, 0xFF, ..])
        {
            return null;
        }

        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..2]);
        var (width, height, at, draws, turned) = (0, 0, 2, false, 1);
        while (bytes.Length - at >= 2 && bytes[at] == 0xFF)
        {
            var mark = bytes[at + 1];
            if (mark == 0xFF)
            {
                // Marks may be filled up in front.
                at++;
                continue;
            }

            if (mark == End)
            {
                kept.Write([0xFF, End]);
                return width > 0 && height > 0 && draws ? Upright(width, height, turned, kept.ToArray()) : null;
            }

            if (bytes.Length - at < 4 || BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) is var length && (length < 2 || length > bytes.Length - at - 2))
            {
                return null;
            }

            var segment = bytes.Slice(at, length + 2);
            at += segment.Length;
            if (IsFrame(mark))
            {
                if (segment.Length < 9)
                {
                    return null;
                }

                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            }

            turned = mark == 0xE1 && turned == 1 ? Orientation.In(segment[4..]) : turned;
            if (IsKept(mark, segment[4..]))
            {
                kept.Write(segment);
            }

            if (mark == Scan)
            {
                draws = true;
                var drawn = DrawnIn(bytes[at..]);
                kept.Write(bytes.Slice(at, drawn));
                at += drawn;
            }
        }

        return null;
    }

    /// <summary>A phone writes what its sensor saw and, beside it, how to turn it: without that readers would lie on their side.</summary>
    private static Picture Upright(int width, int height, int turned, byte[] bytes) => turned switch
    {
        1 => new(width, height, bytes),
        < 5 => new(width, height, [.. bytes[..2], .. Orientation.Segment(turned), .. bytes[2..]]),
        _ => new(height, width, [.. bytes[..2], .. Orientation.Segment(turned), .. bytes[2..]]),
    };

    private static bool IsFrame(byte mark) => mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsKept(byte mark, ReadOnlySpan<byte> content) => mark switch
    {
        Comment => false,
        0xE2 => content.StartsWith("ICC_PROFILE\0"u8),
        0xEE => content.StartsWith("Adobe"u8),
        >= 0xE0 and <= 0xEF => false,
        _ => true,
    };

    /// <summary>How many bytes are drawn up to the next mark that is none of theirs.</summary>
    private static int DrawnIn(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (bytes[at..].IndexOf((byte)0xFF) is >= 0 and var found && at + found + 1 < bytes.Length)
        {
            at += found;
            if (bytes[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += 2;
        }

        return bytes.Length;
    }
}
