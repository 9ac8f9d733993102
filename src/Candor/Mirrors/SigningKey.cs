using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>
/// A private key of P-256 in a file: the publisher's, in the data folder, which signs editions, or the one that is kept
/// elsewhere for emergencies and signs bulletins. Whoever has it can speak on every mirror.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>The publisher's, in its data folder.</summary>
    public const string PublisherFile = "mirror.key";

    private const int FileBytesMax = 4096;

    private readonly ECDsa key;
    private readonly Lock gate = new();

    private SigningKey(ECDsa key) => this.key = key;

    /// <summary>What others are given to know its signatures by.</summary>
    public PinnedKey Public => PinnedKey.Of(key);

    /// <summary>Makes it on first use. Throws <see cref="InvalidDataException"/> where the file holds something else: another key would make every mirror fall silent.</summary>
    public static SigningKey Load(IDisk disk, string path) => Read(disk, path) ?? Make(disk, path);

    /// <summary>The key in a file; null where there is none.</summary>
    public static SigningKey? Read(IDisk disk, string path)
    {
        if (disk.Read(path, FileBytesMax) is not { } kept)
        {
            return null;
        }

        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            pair.ImportFromPem(Encoding.ASCII.GetString(kept));
            return new(pair);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            pair.Dispose();
            throw new InvalidDataException($"{path} is not the key that was made for signing. Put it back from a copy, or remove it and give every mirror the new one.", fault);
        }
    }

    public static SigningKey Make(IDisk disk, string path)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        disk.Replace(path, Encoding.ASCII.GetBytes(pair.ExportPkcs8PrivateKeyPem()));
        return new(pair);
    }

    public byte[] Sign(Purpose purpose, ReadOnlySpan<byte> content)
    {
        lock (gate)
        {
            return key.SignData(purpose.Of(content), HashAlgorithmName.SHA256);
        }
    }

    public void Dispose() => key.Dispose();
}
