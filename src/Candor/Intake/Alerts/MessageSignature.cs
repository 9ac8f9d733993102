using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Candor.Journal;
using Candor.Probing.Alert;

namespace Candor.Intake.Alerts;

/// <summary>
/// Whether a message comes from who has the secret, and is new: <c>X-Candor-Timestamp</c> (seconds since 1970) and
/// <c>X-Candor-Signature: sha256=</c> HMAC-SHA256 of "timestamp.body" in hex. Compared in fixed time.
/// </summary>
internal static class MessageSignature
{
    /// <summary>How far a message's time may be from ours. What was taken is remembered for longer than that.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>One answer for all of it: whoever guesses learns nothing of how near they are.</summary>
    public static readonly Refusal NotSigned = new(
        "alerts.signature",
        "The message is not signed, wrongly signed, more than 5 minutes old or ahead, or was taken before. Sign each with the time of now, as docs/alerts.md shows.");

    private const string Scheme = "sha256=";

    /// <summary>Null where any of it is not so; that it was not taken before is for the book to say.</summary>
    public static SignedMessage? Check(HttpRequest request, string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
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
        var isNow = Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)Window.TotalSeconds;
        return right && isNow ? new(Convert.ToHexStringLower(said), Window) : null;
    }

    /// <summary>For tools that cannot sign but can send a header.</summary>
    public static bool IsBearer(HttpRequest request, string secret) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
