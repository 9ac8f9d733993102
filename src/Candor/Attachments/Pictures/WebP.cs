using System.Buffers.Binary;

namespace Candor.Attachments.Pictures;

/// <summary>WebP: chunks in a RIFF file. What draws is kept; EXIF, XMP and all that is unknown are not.</summary>
internal static class WebP
{
    public const string Type = "image/webp";

    private const byte SaysExif = 0x08;
    private const byte SaysXmp = 0x04;

    private static readonly HashSet<string> Drawing = new(StringComparer.Ordinal) { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP" };

    /// <summary>Null where it is none, or not a whole one.</summary>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8))
        {
            return null;
        }

        var said = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (said < 22 || said > bytes.Length - 8)
        {
            return null;
        }

        bytes = bytes[..(int)(said + 8)];
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        (int Width, int Height)? size = null;
        var draws = false;
        for (var at = 12; bytes.Length - at >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 8)
            {
                return null;
            }

            var chunk = bytes.Slice(at, (int)length + 8);
            var name = System.Text.Encoding.Latin1.GetString(chunk[..4]);
            at += chunk.Length + (int)(length & 1);
            if (!Drawing.Contains(name))
            {
                continue;
            }

            size ??= SizeIn(name, chunk[8..]);
            draws |= name is "VP8 " or "VP8L" or "ANMF";
            var from = (int)kept.Length;
            kept.Write(chunk);
            if ((length & 1) == 1)
            {
                kept.WriteByte(0);
            }

            if (name == "VP8X" && length > 0)
            {
                kept.GetBuffer()[from + 8] &= unchecked((byte)~(SaysExif | SaysXmp));
            }
        }

        if (size is not { Width: > 0, Height: > 0 } shown || !draws)
        {
            return null;
        }

        var whole = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), (uint)(whole.Length - 8));
        return new(shown.Width, shown.Height, whole);
    }

    private static (int Width, int Height)? SizeIn(string name, ReadOnlySpan<byte> content) => name switch
    {
        "VP8X" when content.Length >= 10 => (1 + Three(content[4..]), 1 + Three(content[7..])),
        "VP8L" when content.Length >= 5 && content[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(content[1..]) is var bits =>
            (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF)),
        "VP8 " when content.Length >= 10 && content[3..].StartsWith<byte>([0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF),
        _ => null,
    };

    private static int Three(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
}
