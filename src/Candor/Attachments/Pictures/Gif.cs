using System.Buffers.Binary;

namespace Candor.Attachments.Pictures;

/// <summary>GIF: blocks up to the trailer. Comments, texts and what applications wrote go, except how often it repeats.</summary>
internal static class Gif
{
    public const string Type = "image/gif";

    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte Control = 0xF9;
    private const byte Application = 0xFF;

    /// <summary>Null where it is none, or not a whole one.</summary>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        if (!(bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) || bytes.Length < 13)
        {
            return null;
        }

        var at = 13 + ColoursIn(bytes[10]);
        if (at > bytes.Length)
        {
            return null;
        }

        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..at]);
        var draws = false;
        var (width, height) = ((int)BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        while (at < bytes.Length)
        {
            var kind = bytes[at];
            if (kind == Trailer)
            {
                kept.WriteByte(Trailer);
                return width > 0 && height > 0 && draws ? new(width, height, kept.ToArray()) : null;
            }

            var head = kind switch
            {
                Extension when bytes.Length - at >= 2 => 2,
                Image when bytes.Length - at >= 11 => 10 + ColoursIn(bytes[at + 9]) + 1,
                _ => 0,
            };
            if (head == 0 || BlocksIn(bytes, at + head) is not { } end)
            {
                return null;
            }

            if (kind == Image)
            {
                // A frame may claim more than the screen that it is drawn on.
                draws = true;
                width = Math.Max(width, Reach(bytes[(at + 1)..]));
                height = Math.Max(height, Reach(bytes[(at + 3)..]));
            }

            if (kind == Image || bytes[at + 1] == Control
                || (bytes[at + 1] == Application && (bytes[(at + 3)..end].StartsWith("NETSCAPE2.0"u8) || bytes[(at + 3)..end].StartsWith("ANIMEXTS1.0"u8))))
            {
                kept.Write(bytes[at..end]);
            }

            at = end;
        }

        return null;
    }

    /// <summary>Where a frame begins, left or above, and how far it goes from there.</summary>
    private static int Reach(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at) + BinaryPrimitives.ReadUInt16LittleEndian(at[4..]);

    private static int ColoursIn(byte flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;

    /// <summary>Where the blocks end that begin here; null where they do not.</summary>
    private static int? BlocksIn(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] != 0)
        {
            at += 1 + bytes[at];
        }

        return at < bytes.Length ? at + 1 : null;
    }
}
