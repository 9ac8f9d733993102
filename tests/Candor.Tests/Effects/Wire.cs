using System.Buffers.Binary;
using Candor.Effects.Dns;

namespace Candor.Tests.Effects;

/// <summary>Writes DNS replies byte by byte, the wrong ones too.</summary>
internal static class Wire
{
    public static byte[] Reply(ushort id, string name, DnsType type, int code, params byte[][] records)
    {
        var bytes = DnsMessage.Query(id, name, type)[..^11];
        bytes[2] = (byte)(0x81 | (code >> 8)); // 0x200 is the flag for “cut off”
        bytes[3] = (byte)(0x80 | code);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)records.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), 0);
        return [.. bytes, .. records.SelectMany(r => r)];
    }

    public static byte[] Record(ushort pointer, DnsType type, byte[] content, uint ttl = 60)
    {
        var head = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, pointer);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(6), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(10), (ushort)content.Length);
        return [.. head, .. content];
    }
}
