using System.Buffers.Binary;
using System.Text;

namespace Candor.Effects.Dns;

/// <summary>Writes queries and reads replies of RFC 1035 with EDNS0. Pure; every step of reading is bounded.</summary>
internal static class DnsMessage
{
    /// <summary>What a UDP answer may weigh: large enough to avoid TCP, small enough never to be fragmented.</summary>
    public const int UdpPayload = 1_232;

    private const int HeaderBytes = 12;
    private const int RecordsMax = 1_000;
    private const ushort ClassInternet = 1;
    private const ushort OptType = 41;

    public static byte[] Query(ushort id, string name, DnsType type)
    {
        var message = new byte[HeaderBytes + name.Length + 2 + 4 + 11];
        var span = message.AsSpan();
        BinaryPrimitives.WriteUInt16BigEndian(span, id);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], 0x0100); // recursion desired
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], 1); // one question
        BinaryPrimitives.WriteUInt16BigEndian(span[10..], 1); // one additional: OPT
        var at = HeaderBytes;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan()[range];
            span[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, span[at..]);
        }

        span[at++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(span[(at + 2)..], ClassInternet);
        at += 4;
        span[at++] = 0; // the root, owner of OPT
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], OptType);
        BinaryPrimitives.WriteUInt16BigEndian(span[(at + 2)..], UdpPayload);
        return message;
    }

    /// <summary>True when the bytes answer exactly this question. Anything else on the wire is somebody else's, or a forgery.</summary>
    public static bool Answers(ReadOnlySpan<byte> reply, ushort id, string name, DnsType type)
    {
        if (reply.Length < HeaderBytes
            || BinaryPrimitives.ReadUInt16BigEndian(reply) != id
            || (reply[2] & 0x80) == 0
            || BinaryPrimitives.ReadUInt16BigEndian(reply[4..]) != 1)
        {
            return false;
        }

        var at = HeaderBytes;
        return DnsNames.TryRead(reply, ref at, out var asked)
            && asked.Equals(name, StringComparison.OrdinalIgnoreCase)
            && at + 4 <= reply.Length
            && BinaryPrimitives.ReadUInt16BigEndian(reply[at..]) == (ushort)type
            && BinaryPrimitives.ReadUInt16BigEndian(reply[(at + 2)..]) == ClassInternet;
    }

    /// <summary>The reply, or null where the bytes are not one.</summary>
    public static DnsReply? Read(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderBytes)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(reply[2..]);
        var questions = BinaryPrimitives.ReadUInt16BigEndian(reply[4..]);
        var count = BinaryPrimitives.ReadUInt16BigEndian(reply[6..]);
        var truncated = (flags & 0x0200) != 0;
        if (questions != 1 || count > RecordsMax)
        {
            return null;
        }

        var at = HeaderBytes;
        if (!DnsNames.TryRead(reply, ref at, out _) || at + 4 > reply.Length)
        {
            return null;
        }

        at += 4;
        var records = new List<DnsRecord>(count);
        for (var i = 0; i < count; i++)
        {
            if (!TryRecord(reply, ref at, out var record))
            {
                // A truncated reply may stop anywhere; what follows comes over TCP.
                return truncated ? new((DnsCode)(flags & 0xF), true, records) : null;
            }

            if (record is not null)
            {
                records.Add(record);
            }
        }

        return new((DnsCode)(flags & 0xF), truncated, records);
    }

    private static bool TryRecord(ReadOnlySpan<byte> message, ref int at, out DnsRecord? record)
    {
        record = null;
        if (!DnsNames.TryRead(message, ref at, out var owner) || at + 10 > message.Length)
        {
            return false;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        var ttl = BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        var start = at + 10;
        if (start + length > message.Length)
        {
            return false;
        }

        at = start + length;
        var kind = (DnsType)type;
        if (!Enum.IsDefined(kind))
        {
            return true; // RRSIG and others that nobody asked for
        }

        if (DnsValues.Read(message, start, length, kind) is not { } value)
        {
            return false;
        }

        var raw = kind is DnsType.A or DnsType.AAAA ? message.Slice(start, length).ToArray() : [];
        record = new(owner, kind, TimeSpan.FromSeconds(Math.Min(ttl, int.MaxValue)), value, raw);
        return true;
    }
}
