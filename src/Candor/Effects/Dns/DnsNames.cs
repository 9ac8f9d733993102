using System.Text;

namespace Candor.Effects.Dns;

/// <summary>Reads names with compression (RFC 1035 §4.1.4). A pointer must point back, so a loop cannot form.</summary>
internal static class DnsNames
{
    private const int NameBytesMax = 255;
    private const int PointersMax = 32;

    /// <summary>The name without the final dot ("" is the root); <paramref name="at"/> moves past it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var cursor = at;
        var end = -1;
        var pointers = 0;
        while (true)
        {
            if (cursor >= message.Length)
            {
                return false;
            }

            int length = message[cursor];
            if (length == 0)
            {
                at = end < 0 ? cursor + 1 : end;
                name = text.ToString();
                return true;
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (cursor + 1 >= message.Length || ++pointers > PointersMax)
                {
                    return false;
                }

                var target = ((length & 0x3F) << 8) | message[cursor + 1];
                if (target >= cursor)
                {
                    return false;
                }

                end = end < 0 ? cursor + 2 : end;
                cursor = target;
                continue;
            }

            if (length > 63 || cursor + 1 + length > message.Length || text.Length + length + 1 > NameBytesMax)
            {
                return false;
            }

            Append(text, message.Slice(cursor + 1, length));
            cursor += 1 + length;
        }
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var b in label)
        {
            // A dot or a control byte inside a label would read as something it is not.
            text.Append(b is > 0x20 and < 0x7F and not (byte)'.' and not (byte)'\\' ? (char)b : '?');
        }
    }
}
