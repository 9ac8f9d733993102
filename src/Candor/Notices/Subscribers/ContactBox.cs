using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Seals and opens contacts. AES-256-GCM with the subscriber's id as associated data: a box is good in its own place only.</summary>
internal sealed class ContactBox(SecretBox secrets, IRandomness randomness)
{
    private const string Kind = "subscriber";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="fingerprint">Of the address on its channel: <see cref="Fingerprint"/>.</param>
    public SealedContact Seal(SubscriberId id, string fingerprint, Contact contact)
    {
        var (key, nonce) = (new byte[KeyBytes], new byte[NonceBytes]);
        randomness.Fill(key);
        randomness.Fill(nonce);
        var plain = JsonSerializer.SerializeToUtf8Bytes(contact, ContactJson.Default.Contact);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(id.Value));
        return new(fingerprint, secrets.Seal(Kind, id.Value, 1, key), Convert.ToBase64String([.. nonce, .. cipher, .. tag]));
    }

    /// <summary>Null where it is not what was sealed for this subscriber, or the master key is another.</summary>
    public Contact? Open(SubscriberId id, SealedContact contact)
    {
        var box = Convert.FromBase64String(contact.Box);
        if (secrets.Open(Kind, id.Value, contact.Key) is not { Length: KeyBytes } key || box.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(box.Length - TagBytes), plain, Encoding.UTF8.GetBytes(id.Value));
            return JsonSerializer.Deserialize(plain, ContactJson.Default.Contact);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public string NewSecret() => Hashes.NewSecret(randomness);

    public string Fingerprint(string channel, string address) => secrets.Fingerprint(Purpose(channel), address);

    public bool IsOfCurrentKey(SealedContact contact) => contact.Key.Key == secrets.CurrentKey;

    /// <summary>The row belongs to this address on this channel, by the key that the row was sealed with.</summary>
    public bool IsOf(SealedContact contact, string channel, string address) =>
        secrets.Fingerprint(contact.Key.Key, Purpose(channel), address) == contact.Fingerprint;

    private static string Purpose(string channel) => "subscriber " + channel;
}
