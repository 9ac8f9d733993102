using Candor.Effects;

namespace Candor.Tests.Journal;

/// <summary>A disk of a given size in memory; what is written takes space, and a full one throws.</summary>
internal sealed class MemoryDisk(long size) : IDisk
{
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes that somebody else has taken.</summary>
    public long Filler { get; set; }

    /// <summary>How often somebody asked what is in a folder.</summary>
    public int Listed { get; private set; }

    public long Free => size - Filler - Files.Values.Sum(static f => (long)f.Length);

    public byte[]? Read(string path, long limitBytes) => Files.TryGetValue(path, out var content)
        ? content.LongLength <= limitBytes ? content : throw new IOException("too large")
        : null;

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (content.Length > Free)
        {
            throw new IOException("No space left on device");
        }

        Files[path] = content.ToArray();
    }

    public void Delete(string path) => Files.Remove(path);

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        Files.TryGetValue(path, out var content) ? (DateTimeOffset.UnixEpoch, content.Length) : null;

    public long FreeBytes(string path) => Math.Max(0, Free);

    public IReadOnlyList<string> List(string folder)
    {
        Listed++;
        return
        [
            .. Files.Keys.Where(f => Path.GetDirectoryName(f) == folder)
                .Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
        ];
    }
}
