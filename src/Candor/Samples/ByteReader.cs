using System.Buffers.Binary;
using System.Text;

namespace Candor.Samples;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Anything else is <see cref="InvalidDataException"/>, never a wild read.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            if (shift == 63 && b > 1)
            {
                break;
            }

            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A stored number is longer than 64 bits.");
    }

    public long Signed()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that the format limits, so that damage cannot ask for endless work.</summary>
    public int Count(int max)
    {
        var value = Varint();
        return value <= (ulong)max ? (int)value : throw new InvalidDataException($"A stored count, {value}, is over {max}.");
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string Text(int bytesMax) => Encoding.UTF8.GetString(Take(Count(bytesMax)));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > rest.Length)
        {
            throw new InvalidDataException("A stored value ends too early.");
        }

        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
