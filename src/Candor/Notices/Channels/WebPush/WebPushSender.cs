using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Candor.Notices.Channels.WebPush;

/// <summary>Who pushes (VAPID, RFC 8292): one key pair of this installation, without which no browser takes a message of its page.</summary>
internal sealed class WebPushSender : IDisposable
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    private readonly ECDsa key;
    private readonly string? contact;
    private readonly string publicKey;

    private WebPushSender(ECDsa key, string? contact)
    {
        (this.key, this.contact) = (key, contact);
        publicKey = Base64Url.EncodeToString(WebPushCurve.PointOf(key.ExportParameters(includePrivateParameters: false)));
    }

    /// <summary>A new pair, as it is kept.</summary>
    public static string NewKey()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(made.ExportPkcs8PrivateKey());
    }

    /// <summary>What a page gives to the browser (applicationServerKey).</summary>
    public static string PublicKeyOf(string kept)
    {
        using var sender = Read(kept, contact: null);
        return sender.publicKey;
    }

    /// <summary>Throws <see cref="ArgumentException"/> where it is no key.</summary>
    /// <param name="contact">Where the push service finds whoever is responsible: an https or mailto address.</param>
    public static WebPushSender Read(string kept, string? contact)
    {
        var pair = ECDsa.Create();
        try
        {
            pair.ImportPkcs8PrivateKey(Convert.FromBase64String(kept), out _);
            return new(pair, contact);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            pair.Dispose();
            throw new ArgumentException("The key for web push cannot be read.", nameof(kept), fault);
        }
    }

    /// <summary>The header by which the push service at an origin knows who sends.</summary>
    public string Authorization(string origin, DateTimeOffset now)
    {
        var subject = contact is null ? "" : $",\"sub\":\"{JsonEncodedText.Encode(contact)}\"";
        var claims = string.Create(CultureInfo.InvariantCulture, $"{{\"aud\":\"{origin}\",\"exp\":{(now + GoodFor).ToUnixTimeSeconds()}{subject}}}");
        var signed = Coded("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "." + Coded(claims);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={publicKey}";
    }

    public void Dispose() => key.Dispose();

    /// <summary>Says nothing: it holds a secret.</summary>
    public override string ToString() => "(web push sender)";

    private static string Coded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
