using System.Security.Cryptography;

namespace Candor.Mirrors.Telling;

/// <summary>
/// The sealed contacts that a publisher has for its mirrors: made when a mirror asks, anew where somebody came, left or was
/// erased, at most once a minute, and twice a day in any case.
/// </summary>
/// <param name="people">Who would be told now; null while that is not known.</param>
internal sealed class ContactsOffer(ContactsGrant grant, Func<ContactList?> people, SigningKey key, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SealEvery = TimeSpan.FromHours(12);

    private readonly Lock gate = new();
    private SealedContacts? newest;
    private byte[]? written;
    private string? sealedFor;
    private byte[] sealedOf = [];
    private long sealedAt;
    private long lookedAt;

    public ContactsGrant Grant => grant;

    /// <summary>As they are sent; null while nobody knows who they are.</summary>
    public byte[]? Newest()
    {
        lock (gate)
        {
            if (!grant.IsKnown)
            {
                return null;
            }

            var to = grant.Key;
            if (newest is null || to?.ToString() != sealedFor || time.GetElapsedTime(lookedAt) >= LookEvery)
            {
                Look(to);
            }

            return written;
        }
    }

    private void Look(PinnedKey? to)
    {
        if (to is null)
        {
            Become(newest is { Header.Count: 0 } && sealedFor is null ? newest : SealedContacts.None(key, Next()), null, []);
            return;
        }

        if (people() is not { } list)
        {
            return;
        }

        var plain = list.Write();
        var hash = SHA256.HashData(plain);
        if (newest is null || to.ToString() != sealedFor || !hash.AsSpan().SequenceEqual(sealedOf) || time.GetElapsedTime(sealedAt) >= SealEvery)
        {
            Become(SealedContacts.Seal(plain, list.People.Length, to, key, Next()), to.ToString(), hash);
        }

        CryptographicOperations.ZeroMemory(plain);
        lookedAt = time.GetTimestamp();
    }

    private void Become(SealedContacts contacts, string? forKey, byte[] hash)
    {
        if (!ReferenceEquals(contacts, newest))
        {
            (newest, written) = (contacts, contacts.Write());
            sealedAt = time.GetTimestamp();
        }

        (sealedFor, sealedOf, lookedAt) = (forKey, hash, time.GetTimestamp());
    }

    /// <summary>Mirrors take what is later: also where this clock was set back.</summary>
    private DateTimeOffset Next() => newest is { } before && before.Header.At >= time.GetUtcNow() ? before.Header.At.AddMilliseconds(1) : time.GetUtcNow();
}
