using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Notices.Channels.Webhook;

/// <summary>
/// "t=1772366400,v1=5f…": the moment, and for each key an HMAC-SHA256 over "moment.body". While a key is replaced there are
/// two, and a receiver takes the one that it knows. The moment is signed too, so that an old body cannot be sent again.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Candor-Signature";

    public static string Of(ImmutableArray<string> keys, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var moment = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(moment + "."), .. body];
        return "t=" + moment + string.Concat(keys.Select(key =>
            ",v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed))));
    }
}
