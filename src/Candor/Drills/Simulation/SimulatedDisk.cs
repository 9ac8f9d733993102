using Candor.Effects;

namespace Candor.Drills.Simulation;

/// <summary>Small files that outlive the process. Writes fail while the script says so.</summary>
internal sealed class SimulatedDisk(Script script, VirtualTime time) : IDisk
{
    private const long Room = 10L << 30;
    private const int Large = 64 << 10;

    private readonly Dictionary<string, (byte[] Content, DateTimeOffset WrittenAt)> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> folders = new(StringComparer.Ordinal);
    private byte[] lastLarge = [];

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
    public void Put(string path, ReadOnlySpan<byte> content)
    {
        if (!files.ContainsKey(path))
        {
            NamesIn(Path.GetDirectoryName(path)!).Add(Path.GetFileName(path));
        }

        files[path] = (Kept(content), time.GetUtcNow());
    }

    public void Delete(string path)
    {
        if (files.Remove(path))
        {
            NamesIn(Path.GetDirectoryName(path)!).Remove(Path.GetFileName(path));
        }
    }

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) =>
        files.TryGetValue(path, out var file) ? (file.WrittenAt, file.Content.Length) : null;

    public long FreeBytes(string path) => script.IsOn(FaultKind.DiskFails, time.Elapsed) ? 0 : Room;

    public IReadOnlyList<string> List(string folder) => [.. NamesIn(folder)];

    private SortedSet<string> NamesIn(string folder)
    {
        if (!folders.TryGetValue(folder, out var names))
        {
            folders[folder] = names = new(StringComparer.Ordinal);
        }

        return names;
    }

    /// <summary>The slices of a reserve are all the same 128 KiB; kept once, a run needs 8 MiB less.</summary>
    private byte[] Kept(ReadOnlySpan<byte> content)
    {
        if (content.Length < Large)
        {
            return content.ToArray();
        }

        return lastLarge = content.SequenceEqual(lastLarge) ? lastLarge : content.ToArray();
    }
}
