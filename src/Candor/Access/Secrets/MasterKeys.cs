using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Access.Secrets;

/// <summary>
/// The keys that secrets at rest are sealed with, newest first: the first seals, all open. From the file master.key of the
/// data folder, which is made where there is none, or from CANDOR_MASTER_KEY (base64, several parted by commas).
/// </summary>
internal sealed class MasterKeys
{
    public const string FileName = "master.key";
    public const string Variable = "CANDOR_MASTER_KEY";
    private const int KeyBytes = 32;
    private const int FileBytesMax = 4096;

    private readonly ImmutableArray<(string Id, byte[] Key)> keys;

    private MasterKeys(IEnumerable<byte[]> keys) => this.keys = [.. keys.Select(static key => (IdOf(key), key))];

    public (string Id, byte[] Key) Current => keys[0];

    public byte[]? Find(string id) => keys.FirstOrDefault(key => key.Id == id).Key;

    /// <summary>Throws <see cref="IOException"/> where there are keys that cannot be read.</summary>
    public static MasterKeys Load(IDisk disk, string path, string? variable, IRandomness randomness)
    {
        if (variable is { Length: > 0 })
        {
            return Read(variable.Split(','), $"The variable {Variable}");
        }

        if (disk.Read(path, FileBytesMax) is { } known)
        {
            return Read(Encoding.ASCII.GetString(known).Split('\n'), path);
        }

        var made = new MasterKeys([NewKey(randomness)]);
        made.Save(disk, path);
        return made;
    }

    /// <summary>These with a new one before them.</summary>
    public MasterKeys WithNew(IRandomness randomness) => new([NewKey(randomness), .. keys.Select(static key => key.Key)]);

    /// <summary>The first of them alone.</summary>
    public MasterKeys OnlyCurrent() => new([Current.Key]);

    public void Save(IDisk disk, string path) =>
        disk.Replace(path, Encoding.ASCII.GetBytes(string.Concat(keys.Select(static key => Convert.ToBase64String(key.Key) + "\n"))));

    private static MasterKeys Read(IEnumerable<string> lines, string from)
    {
        var read = lines.Select(static line => line.Trim()).Where(static line => line.Length > 0).Select(static line =>
        {
            var key = new byte[KeyBytes];
            return Convert.TryFromBase64String(line, key, out var length) && length == KeyBytes ? key : null;
        }).ToList();
        return read.Count > 0 && read.TrueForAll(static key => key is not null)
            ? new(read!)
            : throw new IOException($"{from} holds no keys of 32 bytes in base64. Restore it; without it no second factor can be checked.");
    }

    private static byte[] NewKey(IRandomness randomness)
    {
        var key = new byte[KeyBytes];
        randomness.Fill(key);
        return key;
    }

    /// <summary>Says which key it is and nothing of what it is.</summary>
    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "candor key id"u8, .. key]).AsSpan(0, 4));
}
