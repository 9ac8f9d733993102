using System.Buffers.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Pages;

namespace Candor.Mirrors.Telling;

/// <summary>On a mirror: where somebody with the emergency key has people told.</summary>
internal static class TellingEndpoints
{
    public const string Tellings = "/mirror/tellings";

    public static void MapTellings(this IEndpointRouteBuilder routes, Teller teller) =>
        routes.MapPost(Tellings, async context =>
        {
            var response = context.Response;
            response.Headers.CacheControl = Caching.Never;
            response.Headers.XContentTypeOptions = "nosniff";
            try
            {
                var body = new byte[TellRequest.BytesMax];
                var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
                var said = context.Request.Headers[MirrorEndpoints.Signature].ToString();
                var (answer, refusal) = teller.Take(body.AsSpan(0, length), Base64Url.IsValid(said) ? Base64Url.DecodeFromChars(said) : []);
                response.StatusCode = answer is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
                response.ContentType = answer is null ? "text/plain; charset=utf-8" : "application/json";
                await response.Body.WriteAsync(
                    answer is null ? System.Text.Encoding.UTF8.GetBytes(refusal!) : JsonSerializer.SerializeToUtf8Bytes(answer, TellingJson.Default.TellAnswer), context.RequestAborted);
            }
            catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
            {
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await response.WriteAsync("The mirror's disk does not take it at the moment. Try again.", context.RequestAborted);
            }
        }).OpenToAll("whoever signs with the emergency key that the publisher has named may ask this, and nobody else");
}
