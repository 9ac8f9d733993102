using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Journal;

namespace Candor.Intake.Posting;

/// <summary>What a request says besides its wish.</summary>
/// <param name="Key">A hash of the token and its Idempotency-Key, or null where there is none.</param>
/// <param name="Asked">A hash of method, address and body: what a key stands for.</param>
/// <param name="Version">The version that If-Match names, or null where any will do.</param>
internal sealed record PostRequest<T>(Principal Who, T Body, string? Key, string Asked, int? Version)
    where T : class
{
    private const int KeyLengthMax = 255;

    /// <summary>Null where it was refused; the answer is written then.</summary>
    public static async Task<PostRequest<T>?> ReadAsync(HttpContext context, JsonTypeInfo<T> type)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, new("body.type", "Send JSON, with Content-Type: application/json."));
        }

        try
        {
            using var sent = new MemoryStream();
            await request.Body.CopyToAsync(sent, context.RequestAborted);
            var body = JsonSerializer.Deserialize(sent.ToArray(), type) ?? throw new JsonException("The body is null.", "$", null, null);
            return await OfAsync(context, body, sent.ToArray());
        }
        catch (JsonException fault)
        {
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, Unreadable(fault));
        }
        catch (BadHttpRequestException fault)
        {
            return await RefuseAsync(context, fault.StatusCode, new("body.unreadable", "The body is too large or was cut off; send less, whole."));
        }
    }

    /// <summary>The same for a body that was read already. Null where the headers were refused.</summary>
    public static async Task<PostRequest<T>?> OfAsync(HttpContext context, T body, byte[] sent)
    {
        var request = context.Request;
        var (key, keyFault) = KeyOf(request);
        var (version, versionFault) = VersionOf(request.Headers.IfMatch.ToString());
        if ((keyFault ?? versionFault) is { } fault)
        {
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, fault);
        }

        var who = context.Features.Get<Principal>()!;
        return new(
            who, body, key is null ? null : Hash($"{who.Actor}\n{key}"),
            Hash($"{request.Method} {request.Path}\n{Convert.ToHexString(SHA256.HashData(sent))}"), version);
    }

    /// <summary>Always null, so that who asks can return it.</summary>
    public static async Task<PostRequest<T>?> RefuseAsync(HttpContext context, int status, Refusal refusal)
    {
        await Refusals.AnswerAsync(context, status, refusal);
        return null;
    }

    /// <summary>A version as <c>ETag</c> gave it: "3".</summary>
    internal static (int? Version, Refusal? Fault) VersionOf(string header) => header switch
    {
        "" or "*" => (null, null),
        ['"', .. { Length: > 0 and < 10 } digits, '"'] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) =>
            (version, null),
        _ => (null, new("bad_if_match", "If-Match holds no version; send one ETag as it was answered, such as \"3\".")),
    };

    private static (string? Key, Refusal? Fault) KeyOf(HttpRequest request) => request.Headers["Idempotency-Key"] switch
    {
        [] => (null, null),
        [{ Length: > 0 and <= KeyLengthMax } key] when key.All(static letter => letter is > ' ' and <= '~') => (key, null),
        _ => (null, new("bad_key", $"The Idempotency-Key is one line of 1 to {KeyLengthMax} visible ASCII characters; send a random one.")),
    };

    /// <summary>The serializer's own place, as a JSON pointer; its sentence would name our types.</summary>
    private static Refusal Unreadable(JsonException fault)
    {
        var place = JsonPlace.Of(fault);
        return new(
            "body.unreadable",
            place is null
                ? "The body is no JSON object that can be read; docs/posting.md shows what each request takes."
                : $"“{place}” does not belong there, stands there twice, or has the wrong type; docs/posting.md shows what each request takes.",
            place);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
