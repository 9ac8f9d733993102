using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Access;

/// <summary>
/// What proves that a message of a program comes from who has the secret: <c>X-Candor-Timestamp</c> (seconds since 1970) and
/// <c>X-Candor-Signature: sha256=</c> HMAC-SHA256 of "timestamp.body" in hex; or, for what cannot sign, the secret itself as
/// <c>Authorization: Bearer</c>. Compared in fixed time.
/// </summary>
internal static class SignedRequest
{
    /// <summary>How far a message's time may be from ours. What was taken is remembered for longer than that.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string Scheme = "sha256=";

    /// <summary>The signature where it is right and of now, else null; that it was not taken before is for the taker to say.</summary>
    public static string? Check(HttpRequest request, string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (request.Headers["X-Candor-Timestamp"] is not [{ Length: > 0 and <= 12 } stamp]
            || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || request.Headers["X-Candor-Signature"] is not [{ } signature]
            || !signature.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var said = new byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(signature.AsSpan(Scheme.Length), said, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != said.Length)
        {
            return null;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(stamp + "."));
        hmac.AppendData(body);
        var right = CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), said);
        return right && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)Window.TotalSeconds ? Convert.ToHexStringLower(said) : null;
    }

    /// <summary>For tools that cannot sign but can send a header.</summary>
    public static bool IsBearer(HttpRequest request, string secret) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
