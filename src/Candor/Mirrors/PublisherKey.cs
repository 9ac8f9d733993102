using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>
/// The key that a publisher signs its editions with: P-256, in a file of the data folder, made on first use. Whoever has it
/// can speak for the page on every mirror.
/// </summary>
internal sealed class PublisherKey : IDisposable
{
    public const string FileName = "mirror.key";
    private const int FileBytesMax = 4096;

    private readonly ECDsa key;
    private readonly Lock gate = new();

    private PublisherKey(ECDsa key) => this.key = key;

    /// <summary>What a mirror is given to know the publisher by.</summary>
    public PinnedKey Public => PinnedKey.Of(key);

    /// <summary>Throws <see cref="InvalidDataException"/> where the file holds something else: another key would make every mirror fall silent.</summary>
    public static PublisherKey Load(IDisk disk, string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (disk.Read(path, FileBytesMax) is not { } kept)
        {
            disk.Replace(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            return new(key);
        }

        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(kept));
            return new(key);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} is not the key that editions are signed with. Put it back from a copy, or remove it and give every mirror the new one.", fault);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> manifest)
    {
        lock (gate)
        {
            return key.SignData(PinnedKey.Signed(manifest), HashAlgorithmName.SHA256);
        }
    }

    public void Dispose() => key.Dispose();
}
