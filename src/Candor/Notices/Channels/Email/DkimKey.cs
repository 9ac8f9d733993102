using System.Security.Cryptography;
using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// Signs mails (RFC 6376, relaxed/relaxed, rsa-sha256), so that receivers know they are the domain's and nobody changed
/// them. The platform has no Ed25519.
/// </summary>
internal sealed class DkimKey : IDisposable
{
    private const int BitsLeast = 1024;

    // From and Subject once more than they occur: nobody can add a second one. Who can add a link to unsubscribe by is
    // whoever can end subscriptions, so those are signed too (RFC 8058 asks for it).
    private static readonly string[] Signed =
    [
        "from", "from", "subject", "subject", "to", "date", "message-id", "in-reply-to", "references", "list-unsubscribe",
        "list-unsubscribe-post", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding",
    ];

    private readonly string domain;
    private readonly string selector;
    private readonly RSA key;
    private readonly Lock gate = new();

    private DkimKey(string domain, string selector, RSA key) => (this.domain, this.selector, this.key) = (domain, selector, key);

    /// <summary>A key from PEM text, or null with the reason.</summary>
    public static DkimKey? Read(string domain, string selector, string pem, out string fault)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            rsa.ExportParameters(includePrivateParameters: true);
            fault = rsa.KeySize < BitsLeast ? $"the DKIM key has {rsa.KeySize} bits; receivers want 2048" : "";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            fault = "the DKIM key is not an RSA private key in PEM form; make one with: openssl genrsa -out dkim.pem 2048";
        }

        if (fault.Length == 0)
        {
            return new(domain, selector, rsa);
        }

        rsa.Dispose();
        return null;
    }

    public MimeParts Sign(MimeParts mail, DateTimeOffset at)
    {
        var present = mail.Headers.ToLookup(static h => h.Name.ToLowerInvariant());
        string[] names = [.. Signed.Where((name, i) => present.Contains(name))];
        var bodyHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(DkimText.Body(mail.Body))));
        var unsigned = $" v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d={domain}; s={selector}; t={at.ToUnixTimeSeconds()};"
            + $"\r\n{MailText.Join(Listed(names), 0)}\r\n bh={bodyHash};\r\n b=";

        var text = new StringBuilder();
        foreach (var group in names.GroupBy(static n => n))
        {
            // Listed twice and there once: the second is signed as absent.
            text.Append(DkimText.Header(group.Key, present[group.Key].Single().Value)).Append("\r\n");
        }

        text.Append(DkimText.Header("dkim-signature", unsigned));
        return mail.With("DKIM-Signature", unsigned + MailText.Join(Pieces(Signature(text.ToString())), 3).TrimStart());
    }

    public void Dispose() => key.Dispose();

    private string Signature(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        lock (gate)
        {
            return Convert.ToBase64String(key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    private static IEnumerable<string> Listed(string[] names) =>
        names.Select((name, i) => (i == 0 ? "h=" : "") + name + (i + 1 == names.Length ? ";" : ":"));

    private static IEnumerable<string> Pieces(string text) => text.Chunk(70).Select(static c => new string(c));
}
