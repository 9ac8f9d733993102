using System.Buffers.Binary;

namespace Candor.Attachments.Pictures;

/// <summary>PNG: chunks with a length, a name and a sum. What draws is kept; texts, times, EXIF and all that is unknown are not.</summary>
internal static class Png
{
    public const string Type = "image/png";

    private static readonly HashSet<string> Drawing = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    };

    /// <summary>Null where it is none, or not a whole one.</summary>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Signature))
        {
            return null;
        }

        using var kept = new MemoryStream(bytes.Length);
        kept.Write(Signature);
        var (width, height, at, draws) = (0, 0, Signature.Length, false);
        while (bytes.Length - at >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
            {
                return null;
            }

            var chunk = bytes.Slice(at, (int)length + 12);
            var name = System.Text.Encoding.Latin1.GetString(chunk[4..8]);
            // One, and first: of two each reader may believe another one.
            if ((at == Signature.Length) != (name == "IHDR") || (name == "IHDR" && length != 13))
            {
                return null;
            }

            if (name == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadInt32BigEndian(chunk[12..]));
            }

            draws |= name == "IDAT";
            at += chunk.Length;
            if (Drawing.Contains(name))
            {
                kept.Write(chunk);
            }

            if (name == "IEND")
            {
                return width > 0 && height > 0 && draws ? new(width, height, kept.ToArray()) : null;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
}
