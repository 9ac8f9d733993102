using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Candor.Journal.Sqlite;

/// <summary>
/// A few bytes beside the journal that say how far it had come, written after each commit and never flushed. They may
/// be older than the journal after a power cut, but never newer: where they are, acknowledged events are missing. A torn
/// or spoilt end of SQLite's log, which SQLite itself passes over in silence, is noticed that way.
/// </summary>
internal sealed class HeadMark : IDisposable
{
    private const int Sealed = sizeof(long) + ChainHash.Size;
    private const int Bytes = Sealed + SHA256.HashSizeInBytes;

    private readonly SafeFileHandle file;

    private HeadMark(SafeFileHandle file) => this.file = file;

    public static HeadMark Open(string path) => new(File.OpenHandle(
        path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>What was written last; null where there is nothing legible.</summary>
    public HeadOfJournal? Read()
    {
        Span<byte> mark = stackalloc byte[Bytes];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (RandomAccess.Read(file, mark, 0) != Bytes)
        {
            return null;
        }

        SHA256.HashData(mark[..Sealed], digest);
        return mark[Sealed..].SequenceEqual(digest)
            ? new(new(BinaryPrimitives.ReadInt64LittleEndian(mark)), ChainHash.From(mark.Slice(sizeof(long), ChainHash.Size)))
            : null;
    }

    public void Write(HeadOfJournal head)
    {
        Span<byte> mark = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(mark, head.Position.Value);
        head.Hash.CopyTo(mark[sizeof(long)..]);
        SHA256.HashData(mark[..Sealed], mark[Sealed..]);
        try
        {
            RandomAccess.Write(file, mark, 0);
        }
        catch (IOException)
        {
            // An aid to noticing, not a promise: the event itself is durable in the journal.
        }
    }

    public void Dispose() => file.Dispose();
}
