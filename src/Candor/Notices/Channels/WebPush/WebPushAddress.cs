using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Effects;

namespace Candor.Notices.Channels.WebPush;

/// <summary>
/// What a browser gives out when somebody lets a page push: where to post, and the two keys that only that browser can read
/// what is posted with. Kept as "https://push.example/abc#p256dh.auth", which compares as a text.
/// </summary>
internal sealed record WebPushAddress(string Endpoint, string P256dh, string Auth)
{
    public const int PointBytes = 65;
    public const int AuthBytes = 16;
    private const int LengthMost = 4_096;

    public byte[] PublicKey => Base64Url.DecodeFromChars(P256dh);

    public byte[] AuthSecret => Base64Url.DecodeFromChars(Auth);

    /// <summary>From a browser's own JSON, or as it is kept; null where it is none, with the reason.</summary>
    public static WebPushAddress? Read(string text, out string fault)
    {
        fault = "send what PushSubscription.toJSON() gives: {\"endpoint\": \"https://…\", \"keys\": {\"p256dh\": \"…\", \"auth\": \"…\"}}";
        text = text.Trim();
        if (text.Length > LengthMost || (text.StartsWith('{') ? OfJson(text) : OfKept(text)) is not { } read)
        {
            return null;
        }

        if (WebAddress.Read(read.Endpoint, out var wrong) is not { Fragment: "" } uri)
        {
            fault = wrong.Length > 0 ? wrong : "the endpoint has a fragment";
            return null;
        }

        return IsKey(read.P256dh) && IsAuth(read.Auth) ? read with { Endpoint = uri.AbsoluteUri } : null;
    }

    public override string ToString() => $"{Endpoint}#{P256dh}.{Auth}";

    private static WebPushAddress? OfKept(string text) =>
        text.Split('#') is [var endpoint, var keys] && keys.Split('.') is [var p256dh, var auth] ? new(endpoint, p256dh, auth) : null;

    private static WebPushAddress? OfJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WebPushJson.Default.BrowserSubscription) is { Endpoint: { } endpoint, Keys: { P256dh: { } p256dh, Auth: { } auth } }
                ? new(endpoint, p256dh.TrimEnd('='), auth.TrimEnd('='))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A point that lies on the curve: whatever else is sent there tells something of our key.</summary>
    private static bool IsKey(string text)
    {
        if (!TryDecode(text, PointBytes, out var point) || point[0] != 4)
        {
            return false;
        }

        try
        {
            using var key = WebPushCurve.Public(point);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsAuth(string text) => TryDecode(text, AuthBytes, out _);

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _);
    }
}

/// <summary>As browsers write it; whatever else they add is theirs.</summary>
internal sealed record BrowserSubscription
{
    public string? Endpoint { get; init; }

    public BrowserKeys? Keys { get; init; }
}

internal sealed record BrowserKeys
{
    public string? P256dh { get; init; }

    public string? Auth { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 4)]
[JsonSerializable(typeof(BrowserSubscription))]
internal sealed partial class WebPushJson : JsonSerializerContext;
