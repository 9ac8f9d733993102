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

    private readonly Lock gate = new();
    private Dictionary<string, long>? lengths;

    public string Folder => folder;

    /// <summary>What all of them take.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return Lengths().Values.Sum();
            }
        }
    }

    public static bool IsHash(string text) => text.Length == HashLength && text.All(static c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string HashOf(Stream bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public bool Has(string hash)
    {
        lock (gate)
        {
            return Lengths().ContainsKey(hash);
        }
    }

    public string PathOf(string hash) => Path.Combine(folder, hash);

    /// <summary>On return it is durable. Throws <see cref="IOException"/>.</summary>
    public string Keep(ReadOnlySpan<byte> bytes)
    {
        var hash = HashOf(bytes);
        lock (gate)
        {
            if (!Lengths().ContainsKey(hash))
            {
                disk.Replace(PathOf(hash), bytes);
                Lengths()[hash] = bytes.Length;
            }
        }

        return hash;
    }

    /// <summary>Takes away what nobody needs any more; gives how many there were. Throws <see cref="IOException"/>.</summary>
    public int KeepOnly(IReadOnlySet<string> needed)
    {
        lock (gate)
        {
            var gone = Lengths().Keys.Where(hash => !needed.Contains(hash)).ToList();
            foreach (var hash in gone)
            {
                disk.Delete(PathOf(hash));
                Lengths().Remove(hash);
            }

            return gone.Count;
        }
    }

    private Dictionary<string, long> Lengths() => lengths ??= disk.List(folder).Where(IsHash)
        .ToDictionary(static hash => hash, hash => disk.Stat(PathOf(hash))?.Bytes ?? 0, StringComparer.Ordinal);
}
