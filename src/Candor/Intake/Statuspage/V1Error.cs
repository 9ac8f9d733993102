using System.Text.Json;
using Candor.Access;

namespace Candor.Intake.Statuspage;

/// <summary>A refusal as Statuspage's clients read it: one sentence under "error". Our code and the field stand under "candor".</summary>
internal sealed record V1Error(string Error, V1ErrorTruth Candor)
{
    public static readonly RefusalForm Form = new(static (context, refusal) =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = new V1Error(refusal.Sentence, new(refusal.Code, refusal.Field));
        return context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(body, V1Json.Default.V1Error), context.RequestAborted).AsTask();
    });
}

internal sealed record V1ErrorTruth(string Code, string? Field);
