using Candor.Effects;

namespace Candor.Tests.Effects;

/// <summary>Files in memory; writing can be made to fail, or to wait.</summary>
internal sealed class FakeDisk : IDisk
{
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public bool IsFull { get; set; }

    /// <summary>Files that others than their owner may read.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    public int Writes { get; private set; }

    /// <summary>When files were written, where a test says so; else long ago.</summary>
    public Dictionary<string, DateTimeOffset> WrittenAt { get; } = new(StringComparer.Ordinal);

    /// <summary>Called before something is written: a disk that takes its time.</summary>
    public Action BeforeWriting { get; set; } = static () => { };

    public byte[]? Read(string path, long limitBytes) => Files.GetValueOrDefault(path);

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        BeforeWriting();
        Writes++;
        Files[path] = content.ToArray();
    }

    public void Delete(string path) => Files.Remove(path);

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        Files.TryGetValue(path, out var file) ? (WrittenAt.GetValueOrDefault(path, DateTimeOffset.UnixEpoch), file.Length) : null;

    public bool IsOpenToOthers(string path) => Open.Contains(path);

    public long FreeBytes(string path) => IsFull ? 0 : long.MaxValue;

    public IReadOnlyList<string> List(string folder) =>
        [.. Files.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
