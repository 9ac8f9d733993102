using Candor.Effects;

namespace Candor.Tests.Pages;

/// <summary>Files in memory, with a switch that makes every write fail.</summary>
internal sealed class MemoryDisk : IDisk
{
    public Dictionary<string, byte[]> Files { get; } = [];

    public bool IsFull { get; set; }

    /// <summary>A file that is there and cannot be read.</summary>
    public string? Unreadable { get; set; }

    public byte[]? Read(string path, long limitBytes) => path == Unreadable ? throw new IOException("Permission denied") : Files.GetValueOrDefault(path);

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        Files[path] = content.ToArray();
    }

    public void Delete(string path) => Files.Remove(path);

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        Files.TryGetValue(path, out var file) ? (DateTimeOffset.UnixEpoch, file.Length) : null;

    public long FreeBytes(string path) => IsFull ? 0 : long.MaxValue;

    public IReadOnlyList<string> List(string folder) => [.. Files.Keys.Order(StringComparer.Ordinal)];
}
