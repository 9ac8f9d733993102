using System.Buffers.Binary;
using System.Security.Cryptography;
using Candor.Effects;

namespace Candor.Journal;

/// <summary>
/// The file that bounds start time. Layout, integers little-endian: "CANDORSN", format (4), schema (4), position (8),
/// chain hash (32), length (8), SHA-256 of all of this and the payload (32), payload. Whatever does not fit is set
/// aside and reported, and the journal is replayed: a snapshot is a convenience, never the truth.
/// </summary>
internal sealed class SnapshotFile(IDisk disk, string path)
{
    private const int Format = 1;
    private const int SealedPart = 64;
    private const int Header = SealedPart + SHA256.HashSizeInBytes;
    private const long BytesMax = 1L << 30;

    private static ReadOnlySpan<byte> Magic => "CANDORSN"u8;

    /// <summary>Replaces the file; throws <see cref="IOException"/> where that failed, and the old one is then still there.</summary>
    public void Write(Snapshot snapshot)
    {
        var file = new byte[Header + snapshot.Payload.Length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), Format);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), snapshot.Schema);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), snapshot.Position.Value);
        snapshot.Hash.CopyTo(file.AsSpan(24));
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(56), snapshot.Payload.Length);
        snapshot.Payload.Span.CopyTo(file.AsSpan(Header));
        Digest(file, file.AsSpan(SealedPart));
        disk.Replace(path, file);
    }

    public SnapshotReading Read()
    {
        byte[]? file;
        try
        {
            file = disk.Read(path, BytesMax);
        }
        catch (IOException fault)
        {
            return new(null, $"The snapshot '{path}' cannot be read: {fault.Message} The journal is replayed instead.");
        }

        if (file is null)
        {
            return SnapshotReading.None;
        }

        return FaultOf(file) is { } found ? SetAside(file, found) : new(Parse(file), null);
    }

    private static string? FaultOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header || !file.StartsWith(Magic))
        {
            return "it is not a snapshot of Candor";
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(file[8..]) != Format)
        {
            return "another build wrote it in a format that this one does not read, or it is damaged";
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(file[56..]) != file.Length - Header)
        {
            return "its length is not the one it was written with";
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Digest(file, digest);
        return file[SealedPart..Header].SequenceEqual(digest) ? null : "its content does not fit its checksum";
    }

    private static Snapshot Parse(byte[] file) => new(
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12)),
        new(BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(16))),
        ChainHash.From(file.AsSpan(24, ChainHash.Size)),
        file.AsMemory(Header));

    private static void Digest(ReadOnlySpan<byte> file, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..SealedPart]);
        hash.AppendData(file[Header..]);
        hash.GetHashAndReset(digest);
    }

    /// <summary>Kept beside, for whoever wants to know what happened; one is enough.</summary>
    private SnapshotReading SetAside(byte[] file, string found)
    {
        var aside = path + ".damaged";
        try
        {
            disk.Replace(aside, file);
            disk.Delete(path);
            return new(null, $"The snapshot '{path}' is not used: {found}. It is now '{aside}'; the journal is replayed.");
        }
        catch (IOException fault)
        {
            return new(null, $"The snapshot '{path}' is not used: {found}. It could not be set aside: {fault.Message}");
        }
    }
}
