using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>
/// What a link in a message proves: that whoever has it reads what goes to the address. The public id of the subscriber and
/// 128 bits made from the secret that lies sealed with the address; another secret, and the link leads nowhere. A link to
/// leave by cannot be turned into one to change by: mail providers see the first.
/// </summary>
internal readonly record struct SubscriptionLink(SubscriberId Subscriber, string Proof)
{
    private const char Parting = '.';
    private const int ProofBytes = 16;
    private const int LengthMost = 80;
    private const int OnStackMost = 128;

    public static SubscriptionLink Of(SubscriberId subscriber, string secret, LinkUse use)
    {
        // On the stack: a crowd has two links for each of its notices.
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Bytes(secret, stackalloc byte[OnStackMost]), Bytes($"{use}\n{subscriber}", stackalloc byte[OnStackMost]), hash);
        return new(subscriber, Convert.ToHexStringLower(hash[..ProofBytes]));
    }

    /// <summary>Null for what is none by its form alone.</summary>
    public static SubscriptionLink? Read(string text) =>
        text.Length <= LengthMost && text.Split(Parting) is [{ Length: > 0 } id, { Length: > 0 } proof]
        && id.All(char.IsAsciiLetterOrDigit) && proof.All(char.IsAsciiHexDigitLower)
            ? new(new(id), proof)
            : null;

    /// <summary>In a time that does not depend on where they differ.</summary>
    public bool Proves(string secret, LinkUse use) => Hashes.AreEqual(Of(Subscriber, secret, use).Proof, Proof);

    /// <summary>The address of it on a page, or null where the page has none.</summary>
    public string? On(Page page, LinkUse use) =>
        page.Url is { } url ? $"{url.TrimEnd('/')}/{PathOf(use)}/{Subscriber}{Parting}{Proof}" : null;

    private static ReadOnlySpan<byte> Bytes(string text, Span<byte> place) =>
        Encoding.UTF8.TryGetBytes(text, place, out var length) ? place[..length] : Encoding.UTF8.GetBytes(text);

    private static string PathOf(LinkUse use) => use switch
    {
        LinkUse.Leave => "unsubscribe",
        LinkUse.Acknowledge => "acknowledge",
        _ => "subscriptions",
    };

    public override string ToString() => $"{Subscriber}{Parting}{Proof}";
}

/// <summary>What a link is good for.</summary>
internal enum LinkUse
{
    /// <summary>See, confirm, change, end and forget.</summary>
    Manage,

    /// <summary>End, and nothing else.</summary>
    Leave,

    /// <summary>Say that what somebody was reminded of is in hand, and nothing else.</summary>
    Acknowledge,
}
