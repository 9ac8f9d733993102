using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Pages;

namespace Candor.Mirrors.Telling;

/// <summary>On a mirror: where somebody with the emergency key has people told, or tries whether they could be.</summary>
internal static class TellingEndpoints
{
    public const string Tellings = "/mirror/tellings";
    public const string Trials = "/mirror/trials";

    private const string Why = "whoever signs with the emergency key that the publisher has named may ask this, and nobody else";

    public static void MapTellings(this IEndpointRouteBuilder routes, Teller teller, TellingTrial trial)
    {
        routes.MapPost(Tellings, context => TellAsync(context, teller)).OpenToAll(Why);
        routes.MapPost(Trials, context => TryAsync(context, trial)).OpenToAll(Why);
    }

    private static Task TellAsync(HttpContext context, Teller teller) =>
        AnswerAsync(context, "application/json", (signed, signature) => Task.FromResult(Told(teller, signed, signature)));

    private static Task TryAsync(HttpContext context, TellingTrial trial) =>
        AnswerAsync(context, "text/plain; charset=utf-8", (signed, signature) => TriedAsync(trial, signed, signature, context.RequestAborted));

    private static (byte[]? Answer, string? Refusal) Told(Teller teller, byte[] signed, byte[] signature)
    {
        var (answer, refusal) = teller.Take(signed, signature);
        return (answer is null ? null : JsonSerializer.SerializeToUtf8Bytes(answer, TellingJson.Default.TellAnswer), refusal);
    }

    private static async Task<(byte[]? Answer, string? Refusal)> TriedAsync(TellingTrial trial, byte[] signed, byte[] signature, CancellationToken cancellation)
    {
        var (said, refusal) = await trial.TakeAsync(signed, signature, cancellation);
        return (said is null ? null : Encoding.UTF8.GetBytes(said), refusal);
    }

    private static async Task AnswerAsync(HttpContext context, string type, Func<byte[], byte[], Task<(byte[]? Answer, string? Refusal)>> take)
    {
        var response = context.Response;
        response.Headers.CacheControl = Caching.Never;
        response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            var body = new byte[TellRequest.BytesMax];
            var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
            var said = context.Request.Headers[MirrorEndpoints.Signature].ToString();
            var (answer, refusal) = await take(body[..length], Base64Url.IsValid(said) ? Base64Url.DecodeFromChars(said) : []);
            response.StatusCode = answer is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
            response.ContentType = answer is null ? "text/plain; charset=utf-8" : type;
            await response.Body.WriteAsync(answer ?? Encoding.UTF8.GetBytes(refusal!), context.RequestAborted);
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await response.WriteAsync("The mirror's disk does not take it at the moment. Try again.", context.RequestAborted);
        }
    }
}
