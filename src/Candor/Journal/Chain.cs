using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Journal;

/// <summary>
/// How an event is sealed. The layout is on disk and in mirrors for ever: previous hash (32), position, occurred,
/// arrived, committed (8 each, UTC ticks), length of the kind (4), kind in UTF-8, body; integers little-endian.
/// </summary>
internal static class Chain
{
    private const int FixedPart = ChainHash.Size + (4 * sizeof(long)) + sizeof(int);
    private const int OnStack = 2048;
    private const int KindBytesMax = 256;
    private const int BodyBytesMax = 16 * 1024 * 1024;

    /// <summary>Throws where an event could not be stored by every store.</summary>
    public static void Accept(NewEvent written)
    {
        if (written.Kind.Length == 0 || Encoding.UTF8.GetByteCount(written.Kind) > KindBytesMax)
        {
            throw new ArgumentException($"A kind has 1 to {KindBytesMax} bytes; '{written.Kind}' has not.", nameof(written));
        }

        if (written.Body.Length > BodyBytesMax)
        {
            throw new ArgumentException(
                $"A body of {written.Body.Length} bytes is too large: {BodyBytesMax} is the limit.", nameof(written));
        }
    }

    /// <summary>The hash that seals an event behind <paramref name="previous"/>.</summary>
    public static ChainHash Link(ChainHash previous, in Stamp stamp, string kind, ReadOnlySpan<byte> body)
    {
        Span<byte> name = stackalloc byte[KindBytesMax];
        return Link(previous, stamp, name[..Encoding.UTF8.GetBytes(kind, name)], body);
    }

    /// <summary>As above, for a kind that is still in UTF-8.</summary>
    [SkipLocalsInit]
    public static ChainHash Link(
        ChainHash previous, in Stamp stamp, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> body)
    {
        var length = FixedPart + kind.Length + body.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var record = (rented ?? stackalloc byte[OnStack])[..length];

        previous.CopyTo(record);
        Write(record, 32, stamp.Position.Value);
        Write(record, 40, stamp.OccurredAt.UtcTicks);
        Write(record, 48, stamp.ArrivedAt.UtcTicks);
        Write(record, 56, stamp.CommittedAt.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(record[64..], kind.Length);
        kind.CopyTo(record[FixedPart..]);
        body.CopyTo(record[(FixedPart + kind.Length)..]);

        Span<byte> hash = stackalloc byte[ChainHash.Size];
        SHA256.HashData(record, hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return ChainHash.From(hash);
    }

    /// <summary>
    /// A CRC-32C beside the hash. It tells a worn medium (checksum wrong) from a changed record whose checksum was made
    /// to fit (only the chain is wrong).
    /// </summary>
    public static uint Checksum(in Stamp stamp, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> body, ChainHash hash)
    {
        Span<byte> seal = stackalloc byte[ChainHash.Size];
        hash.CopyTo(seal);
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)stamp.Position.Value);
        crc = BitOperations.Crc32C(crc, (ulong)stamp.OccurredAt.UtcTicks);
        crc = BitOperations.Crc32C(crc, (ulong)stamp.ArrivedAt.UtcTicks);
        crc = BitOperations.Crc32C(crc, (ulong)stamp.CommittedAt.UtcTicks);
        crc = Add(Add(Add(crc, seal), kind), body);
        return ~crc;
    }

    /// <summary>Gives new events their places, times in UTC, and hashes behind the last one stored.</summary>
    public static Envelope[] Seal(
        Position position, ChainHash hash, IReadOnlyList<NewEvent> added, DateTimeOffset committedAt)
    {
        var result = new Envelope[added.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var e = added[i];
            position = position.Next;
            var stamp = new Stamp(
                position, e.OccurredAt.ToUniversalTime(), e.ArrivedAt.ToUniversalTime(), committedAt.ToUniversalTime());
            hash = Link(hash, stamp, e.Kind, e.Body.Span);
            result[i] = new(
                position, e.Kind, e.Body, stamp.OccurredAt, stamp.ArrivedAt, stamp.CommittedAt, hash);
        }

        return result;
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }

    private static void Write(Span<byte> record, int offset, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(record[offset..], value);
}
