using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Candor.Journal.Sqlite;

/// <summary>
/// The pages of a database file as they lie on the disk, without SQLite: those that its log replaces are taken from the
/// log. https://sqlite.org/fileformat2.html is the source of every number in here.
/// </summary>
internal sealed class RawPages : IDisposable
{
    private const int DatabaseHeader = 100;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private readonly SafeFileHandle file;
    private readonly SafeFileHandle? log;
    private readonly Dictionary<long, long> inLog = [];

    private RawPages(SafeFileHandle file, SafeFileHandle? log, int pageSize)
    {
        this.file = file;
        this.log = log;
        PageSize = pageSize;
        Count = (RandomAccess.GetLength(file) + pageSize - 1) / pageSize;
        if (log is not null)
        {
            ReadLog(log);
        }
    }

    public int PageSize { get; }

    /// <summary>The highest page number that may be there.</summary>
    public long Count { get; private set; }

    /// <summary>Null where the file does not begin like a database of Candor.</summary>
    public static RawPages? Open(string path)
    {
        var opened = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[DatabaseHeader];
        if (RandomAccess.Read(opened, header, 0) != DatabaseHeader
            || !header.StartsWith("SQLite format 3\0"u8)
            || BinaryPrimitives.ReadInt32BigEndian(header[68..]) != JournalSchema.ApplicationId)
        {
            opened.Dispose();
            return null;
        }

        var size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is 1 ? 65536 : BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        if (size < 512 || !BitOperations.IsPow2(size))
        {
            opened.Dispose();
            return null;
        }

        var beside = File.Exists(path + "-wal")
            ? File.OpenHandle(path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : null;
        return new(opened, beside, size);
    }

    /// <summary>True where a database of Candor is shorter than it says of itself.</summary>
    public static bool IsCut(string path)
    {
        using var pages = File.Exists(path) ? Open(path) : null;
        return pages is not null && pages.IsCut();
    }

    private bool IsCut()
    {
        Span<byte> pages = stackalloc byte[sizeof(uint)];
        RandomAccess.Read(file, pages, 28);
        return RandomAccess.GetLength(file) < (long)BinaryPrimitives.ReadUInt32BigEndian(pages) * PageSize;
    }

    /// <summary>False where the page is not there, or not all of it.</summary>
    public bool TryRead(long number, Span<byte> page) => inLog.TryGetValue(number, out var offset)
        ? RandomAccess.Read(log!, page[..PageSize], offset) == PageSize
        : number > 0 && RandomAccess.Read(file, page[..PageSize], (number - 1) * PageSize) == PageSize;

    public void Dispose()
    {
        file.Dispose();
        log?.Dispose();
    }

    /// <summary>Frames up to the last that ends a transaction; what follows it was never acknowledged.</summary>
    private void ReadLog(SafeFileHandle frames)
    {
        Span<byte> salts = stackalloc byte[LogHeader];
        Span<byte> frame = stackalloc byte[FrameHeader];
        if (RandomAccess.Read(frames, salts, 0) != LogHeader)
        {
            return;
        }

        var pending = new List<(long Page, long Offset)>();
        for (long at = LogHeader; RandomAccess.Read(frames, frame, at) == FrameHeader; at += FrameHeader + PageSize)
        {
            if (!frame[8..16].SequenceEqual(salts[16..24]))
            {
                break;
            }

            pending.Add((BinaryPrimitives.ReadUInt32BigEndian(frame), at + FrameHeader));
            if (BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) is > 0 and var count)
            {
                pending.ForEach(p => inLog[p.Page] = p.Offset);
                pending.Clear();
                Count = Math.Max(Count, count);
            }
        }
    }
}
