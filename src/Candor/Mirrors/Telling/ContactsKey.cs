using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Mirrors.Telling;

/// <summary>
/// The private key that opens contacts, in a file that is kept where neither the publisher nor a mirror is. The file names
/// the publisher too, so that whoever holds it can tell its contacts from somebody else's.
/// </summary>
internal sealed class ContactsKey : IDisposable
{
    /// <summary>In the publisher's data folder: the public half. Where it is missing, mirrors get no contacts.</summary>
    public const string PublicFile = "contacts.pub";

    private const string Named = "Publisher: ";
    private const int FileBytesMax = 8192;
    private const int SecretBytes = 32;

    private readonly ECDiffieHellman key;

    private ContactsKey(ECDiffieHellman key, PinnedKey publisher) => (this.key, Publisher) = (key, publisher);

    /// <summary>Who signs the contacts that this key opens.</summary>
    public PinnedKey Publisher { get; }

    public PinnedKey Public => PinnedKey.Of(key);

    public static ContactsKey Make(IDisk disk, string path, PinnedKey publisher)
    {
        var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        disk.Replace(path, Encoding.ASCII.GetBytes($"Opens the contacts that a Candor lets its mirrors keep.\n{Named}{publisher}\n\n{pair.ExportPkcs8PrivateKeyPem()}\n"));
        return new(pair, publisher);
    }

    /// <summary>The key in a file; null where there is no file. Throws <see cref="InvalidDataException"/> where it is another kind of file.</summary>
    public static ContactsKey? Read(IDisk disk, string path)
    {
        if (disk.Read(path, FileBytesMax) is not { } kept)
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(kept);
        var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            pair.ImportFromPem(text);
            var line = text.Split('\n').FirstOrDefault(static one => one.StartsWith(Named, StringComparison.Ordinal));
            return new(pair, PinnedKey.Read(line?[Named.Length..].Trim() ?? "") ?? throw new InvalidDataException($"{path} does not say whose contacts it opens."));
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            pair.Dispose();
            throw new InvalidDataException($"{path} is no key that opens contacts.", fault);
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>The key of one sealing and no other; null where the header is of none.</summary>
    public byte[]? KeyOf(ContactsHeader header)
    {
        if (PinnedKey.Read(header.Point) is not { } point)
        {
            return null;
        }

        using var theirs = point.ForAgreement();
        return Derive(key, theirs, header.To, header.Point);
    }

    /// <summary>Both points are in it, so that a secret agreed on for one sealing is of no use for another.</summary>
    internal static byte[] Derive(ECDiffieHellman own, ECDiffieHellman theirs, string to, string point)
    {
        var agreed = own.DeriveRawSecretAgreement(theirs.PublicKey);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, SecretBytes, salt: [], Purpose.Contacts.Of(Encoding.ASCII.GetBytes($"{to}\n{point}")));
    }

    public void Dispose() => key.Dispose();
}
