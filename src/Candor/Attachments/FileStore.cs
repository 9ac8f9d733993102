using System.Collections.Concurrent;
using System.Security.Cryptography;
using Candor.Effects;

namespace Candor.Attachments;

/// <summary>
/// Files by the hash of their bytes, in a folder beside the journal: the same file is kept once, and what lies under a name
/// never changes. Which words they belong to the facts say.
/// </summary>
internal sealed class FileStore(IDisk disk, string folder)
{
    /// <summary>Its name in the data folder.</summary>
    public const string FolderName = "files";

    private const int HashLength = 64;

    /// <summary>What a file is called until it is whole.</summary>
    private const string Unfinished = ".new";

    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    /// <summary>Held while something is written or taken away, never by who only asks.</summary>
    private readonly Lock writing = new();
    private ConcurrentDictionary<string, long>? lengths;

    public string Folder => folder;

    /// <summary>What all of them take.</summary>
    public long Bytes => Lengths().Values.Sum();

    public IReadOnlyCollection<string> Hashes => [.. Lengths().Keys];

    public static bool IsHash(string text) => text.Length == HashLength && text.All(static c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string HashOf(Stream bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Waits for no disk once the folder has been listed.</summary>
    public bool Has(string hash) => Lengths().ContainsKey(hash);

    public string PathOf(string hash) => Path.Combine(folder, hash);

    /// <summary>When it was written; the end of time for one that is gone.</summary>
    public DateTimeOffset WrittenAt(string hash) => disk.Stat(PathOf(hash))?.WrittenAt ?? DateTimeOffset.MaxValue;

    /// <summary>On return it is durable; one that lies there with another length is written anew. Throws <see cref="IOException"/>.</summary>
    public string Keep(ReadOnlySpan<byte> bytes)
    {
        var hash = HashOf(bytes);
        lock (writing)
        {
            if (!Has(hash) || disk.Stat(PathOf(hash))?.Bytes != bytes.Length)
            {
                disk.Replace(PathOf(hash), bytes);
                Lengths()[hash] = bytes.Length;
            }
        }

        return hash;
    }

    /// <summary>Takes away all but what is needed; gives how many there were. Throws <see cref="IOException"/>.</summary>
    public int KeepOnly(IReadOnlySet<string> needed) => Remove([.. Hashes.Where(hash => !needed.Contains(hash))]);

    /// <summary>Takes some away; gives how many there were. Throws <see cref="IOException"/>.</summary>
    public int Remove(IReadOnlyList<string> hashes)
    {
        lock (writing)
        {
            foreach (var hash in hashes)
            {
                Lengths().TryRemove(hash, out _);
                disk.Delete(PathOf(hash));
            }
        }

        return hashes.Count;
    }

    /// <summary>Takes away what a process that was killed had not written to its end. Throws <see cref="IOException"/>.</summary>
    public void SweepLeftovers(DateTimeOffset now)
    {
        lock (writing)
        {
            var old = disk.List(folder).Where(static name => name.EndsWith(Unfinished, StringComparison.Ordinal) && IsHash(name[..^Unfinished.Length]))
                .Where(name => now - WrittenAt(name) > LeftoverAge);
            foreach (var name in old)
            {
                disk.Delete(PathOf(name));
            }
        }
    }

    private ConcurrentDictionary<string, long> Lengths() => LazyInitializer.EnsureInitialized(ref lengths, () => new(
        disk.List(folder).Where(IsHash).Select(hash => KeyValuePair.Create(hash, disk.Stat(PathOf(hash))?.Bytes ?? 0)), StringComparer.Ordinal));
}
