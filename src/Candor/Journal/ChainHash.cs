using System.Runtime.InteropServices;

namespace Candor.Journal;

/// <summary>The SHA-256 of an event and of the hash before it. <c>default</c> is what the first event is chained to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ChainHash
{
    public const int Size = 32;

    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    public static ChainHash Genesis => default;

    /// <summary>Reads exactly 32 bytes; anything else is an <see cref="ArgumentException"/>.</summary>
    public static ChainHash From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? MemoryMarshal.Read<ChainHash>(bytes)
            : throw new ArgumentException($"A chain hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits, as <see cref="ToString"/> writes them.</summary>
    public static ChainHash Parse(string hex) => From(Convert.FromHexString(hex));

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
