using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Candor.Effects.Dns;

/// <summary>Record data as zone-file text, the way an owner writes the expected answer.</summary>
internal static class DnsValues
{
    /// <summary>The text, or null where the data does not have the shape of its type.</summary>
    public static string? Read(ReadOnlySpan<byte> message, int start, int length, DnsType type)
    {
        var data = message.Slice(start, length);
        return type switch
        {
            DnsType.A => length == 4 ? new IPAddress(data).ToString() : null,
            DnsType.AAAA => length == 16 ? new IPAddress(data).ToString() : null,
            DnsType.CNAME or DnsType.NS => Name(message, start),
            DnsType.MX => length < 3 ? null : Prefixed(message, start, 1),
            DnsType.SRV => length < 7 ? null : Prefixed(message, start, 3),
            DnsType.TXT => Text(data),
            DnsType.SOA => Soa(message, start, start + length),
            _ => null,
        };
    }

    private static string? Name(ReadOnlySpan<byte> message, int at) =>
        DnsNames.TryRead(message, ref at, out var name) ? Shown(name) : null;

    private static string Shown(string name) => name.Length == 0 ? "." : name.ToLowerInvariant();

    private static string? Prefixed(ReadOnlySpan<byte> message, int at, int numbers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < numbers; i++, at += 2)
        {
            text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(message[at..])} ");
        }

        return Name(message, at) is { } name ? text.Append(name).ToString() : null;
    }

    private static string? Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (data.Length > 0)
        {
            int length = data[0];
            if (1 + length > data.Length)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(data.Slice(1, length)));
            data = data[(1 + length)..];
        }

        return text.ToString();
    }

    private static string? Soa(ReadOnlySpan<byte> message, int at, int end)
    {
        if (!DnsNames.TryRead(message, ref at, out var server)
            || !DnsNames.TryRead(message, ref at, out var person)
            || at + 20 > end)
        {
            return null;
        }

        var text = new StringBuilder($"{Shown(server)} {Shown(person)}");
        for (var i = 0; i < 5; i++, at += 4)
        {
            text.Append(CultureInfo.InvariantCulture, $" {BinaryPrimitives.ReadUInt32BigEndian(message[at..])}");
        }

        return text.ToString();
    }
}
