using Candor.Effects;

namespace Candor.Drills.Simulation;

/// <summary>Small files that outlive the process. Writes fail while the script says so.</summary>
internal sealed class SimulatedDisk(Script script, VirtualTime time) : IDisk
{
    private const long Room = 10L << 30;
    private readonly SortedDictionary<string, (byte[] Content, DateTimeOffset WrittenAt)> files = new(StringComparer.Ordinal);

    public byte[]? Read(string path, long limitBytes) =>
        files.TryGetValue(path, out var file)
            ? file.Content.Length <= limitBytes ? file.Content : throw new IOException($"{path} is larger than {limitBytes} bytes.")
            : null;

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (script.IsOn(FaultKind.DiskFails, time.Elapsed))
        {
            throw new IOException("No space left on device (simulated).");
        }

        Put(path, content);
    }

    /// <summary>Writes a file as its owner would, past all faults.</summary>
    public void Put(string path, ReadOnlySpan<byte> content) => files[path] = (content.ToArray(), time.GetUtcNow());

    public void Delete(string path) => files.Remove(path);

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        files.TryGetValue(path, out var file) ? (file.WrittenAt, file.Content.Length) : null;

    public long FreeBytes(string path) => script.IsOn(FaultKind.DiskFails, time.Elapsed) ? 0 : Room;

    public IReadOnlyList<string> List(string folder) =>
        [.. files.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path))];
}
