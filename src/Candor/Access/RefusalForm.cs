using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Journal;

namespace Candor.Access;

/// <summary>How a refusal is written into an answer whose status is set already.</summary>
internal sealed record RefusalForm(Func<HttpContext, Refusal, Task> WriteAsync)
{
    /// <summary>ProblemDetails (RFC 9457), which everything of ours answers with.</summary>
    public static readonly RefusalForm Problem = new(static (context, refusal) =>
    {
        context.Response.ContentType = "application/problem+json";
        var body = new ProblemBody(
            $"urn:candor:problem:{refusal.Code}", refusal.Sentence, context.Response.StatusCode, refusal.Code,
            refusal.Field is { } field ? [new ProblemFault("/" + field, refusal.Sentence)] : null);
        return context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(body, ProblemJson.Default.ProblemBody), context.RequestAborted).AsTask();
    });
}

/// <param name="Type">Stable; it names the problem and need not be fetched.</param>
internal sealed record ProblemBody(string Type, string Title, int Status, string Code, IReadOnlyList<ProblemFault>? Errors);

internal sealed record ProblemFault(string Pointer, string Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
