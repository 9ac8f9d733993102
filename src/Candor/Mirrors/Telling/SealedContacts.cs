using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Candor.Mirrors.Telling;

/// <summary>What is said of sealed contacts in the open; signed by the publisher, and it names the box by its hash.</summary>
/// <param name="At">When they were sealed, by the publisher's clock.</param>
/// <param name="Count">How many people are in the box; zero where mirrors are to keep none.</param>
/// <param name="To">The public key that they are sealed for.</param>
/// <param name="Point">The public half of the key that was made for this sealing alone.</param>
/// <param name="Hash">SHA-256 of the box, in lower-case hexadecimal.</param>
internal sealed record ContactsHeader(DateTimeOffset At, int Count, string To, string Point, string Hash)
{
    /// <summary>The header, or why it is refused. Nothing is parsed that the publisher did not sign.</summary>
    public static (ContactsHeader? Header, string? Refusal) Read(PinnedKey publisher, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (!publisher.Fits(Purpose.Contacts, signed, signature))
        {
            return (null, "The contacts are not signed with the publisher's key.");
        }

        try
        {
            return JsonSerializer.Deserialize(signed, ContactListJson.Default.ContactsHeader) is { } header
                ? (header, null)
                : (null, "There is nothing in the header of the contacts.");
        }
        catch (JsonException fault)
        {
            return (null, $"The header of the contacts cannot be read: {fault.Message}");
        }
    }
}

/// <summary>
/// Contacts as they travel and as they lie on a mirror: a header that the publisher signed, and a box that only the key
/// opens which is kept elsewhere. ECDH on P-256 with a key that is made for each sealing and forgotten, HKDF-SHA256,
/// AES-256-GCM.
/// </summary>
internal sealed record SealedContacts(ContactsHeader Header, byte[] Signed, byte[] Signature, byte[] Box)
{
    public const int BytesMax = 64 << 20;

    /// <summary>Older ones are not told to, and not kept: who has left since then would hear from a page that they left.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int PartBytesMax = 4096;

    private static readonly byte[] Magic = "candor-contacts-1\n"u8.ToArray();

    public static SealedContacts Seal(byte[] list, int count, PinnedKey to, SigningKey by, DateTimeOffset at)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = to.ForAgreement();
        var (named, point) = (to.ToString(), PinnedKey.Of(own).ToString());
        var box = new byte[list.Length + TagBytes];

        // The key is of this box alone, so its nonce need not differ from anything.
        using var aes = new AesGcm(ContactsKey.Derive(own, theirs, named, point), TagBytes);
        aes.Encrypt(new byte[NonceBytes], list, box.AsSpan(0, list.Length), box.AsSpan(list.Length));
        return SignedBy(new(at, count, named, point, HashOf(box)), box, by);
    }

    /// <summary>That mirrors are to keep none, in place of those that they have.</summary>
    public static SealedContacts None(SigningKey by, DateTimeOffset at) => SignedBy(new(at, 0, "", "", HashOf([])), [], by);

    /// <summary>Null where the key is another one.</summary>
    public ContactList? Open(byte[] key)
    {
        if (key.Length != KeyBytes || Box.Length < TagBytes)
        {
            return null;
        }

        var plain = new byte[Box.Length - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(new byte[NonceBytes], Box.AsSpan(0, plain.Length), Box.AsSpan(plain.Length), plain);
            return ContactList.Read(plain);
        }
        catch (Exception fault) when (fault is AuthenticationTagMismatchException or JsonException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public byte[] Write()
    {
        using var into = new MemoryStream(Magic.Length + PartBytesMax + Box.Length);
        into.Write(Magic);
        Part(Signature);
        Part(Signed);
        into.Write(Box);
        return into.ToArray();

        void Part(byte[] bytes)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            into.Write(length);
            into.Write(bytes);
        }
    }

    /// <summary>What was written, or why it is refused: every byte is covered by the publisher's signature.</summary>
    public static (SealedContacts? Contacts, string? Refusal) Read(PinnedKey publisher, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
        {
            return (null, "What was offered as contacts is something else.");
        }

        var rest = bytes[Magic.Length..];
        if (Part(ref rest) is not { } signature || Part(ref rest) is not { } signed)
        {
            return (null, "The contacts end in the middle.");
        }

        var (header, refusal) = ContactsHeader.Read(publisher, signed, signature);
        return header is null ? (null, refusal)
            : header.Hash != HashOf(rest) ? (null, "The contacts are not those that the publisher signed.")
            : (new(header, signed, signature, rest.ToArray()), null);

        static byte[]? Part(ref ReadOnlySpan<byte> from)
        {
            if (from.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(from) is not (> 0 and <= PartBytesMax) || BinaryPrimitives.ReadInt32BigEndian(from) > from.Length - sizeof(int))
            {
                return null;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(from);
            var part = from.Slice(sizeof(int), length).ToArray();
            from = from[(sizeof(int) + length)..];
            return part;
        }
    }

    public override string ToString() => $"(sealed contacts of {Header.At:u})";

    private static SealedContacts SignedBy(ContactsHeader header, byte[] box, SigningKey by)
    {
        var signed = JsonSerializer.SerializeToUtf8Bytes(header, ContactListJson.Default.ContactsHeader);
        return new(header, signed, by.Sign(Purpose.Contacts, signed), box);
    }

    private static string HashOf(ReadOnlySpan<byte> box) => Convert.ToHexStringLower(SHA256.HashData(box));
}
