using System.Text;
using Candor.Effects;

namespace Candor.Tests.Settings;

/// <summary>Files in memory, and a disk that can be told to fail.</summary>
internal sealed class MemoryDisk(TimeProvider time) : IDisk
{
    private readonly Dictionary<string, (DateTimeOffset At, byte[] Content)> files = new(StringComparer.Ordinal);

    public IOException? Failing { get; set; }

    public int Reads { get; private set; }

    public void Write(string path, string text) => Replace(path, Encoding.UTF8.GetBytes(text));

    public byte[]? Read(string path, long limitBytes)
    {
        Reads++;
        return Failing is null ? files.TryGetValue(path, out var file) ? file.Content : null : throw Failing;
    }

    public void Replace(string path, ReadOnlySpan<byte> content) => files[path] = (time.GetUtcNow(), content.ToArray());

    public void Delete(string path) => files.Remove(path);

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        Failing is not null ? throw Failing : files.TryGetValue(path, out var file) ? (file.At, file.Content.Length) : null;

    public long FreeBytes(string path) => long.MaxValue;

    public IReadOnlyList<string> List(string folder) => [.. files.Keys.Order(StringComparer.Ordinal)];
}
