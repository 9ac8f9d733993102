using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.Watching;

/// <summary>The body of <c>/healthz</c>, for everybody: no paths, no names, no secrets.</summary>
/// <param name="Status">"ok", "degraded" or "not_ready".</param>
internal sealed record HealthAnswer(string Status, string Version, ImmutableArray<HealthReason> Reasons)
{
    public static HealthAnswer Of(bool ready, string version, IEnumerable<Problem> problems)
    {
        ImmutableArray<HealthReason> reasons =
            [.. problems.Select(problem => new HealthReason(problem.Sentence, problem.Since))];
        return new(!ready ? "not_ready" : reasons.IsEmpty ? "ok" : "degraded", version, reasons);
    }
}

internal sealed record HealthReason(string Reason, DateTimeOffset Since);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
