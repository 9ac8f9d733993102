using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Candor.Judging;
using Candor.Probing;
using Candor.State;

namespace Candor.Commands.Probes;

/// <summary>What <c>candor check KIND … --json</c> prints. Scripts read it: add members, never rename.</summary>
internal sealed record ProbeReport(
    string Kind, string Target, string Reading, string Reason, double TookMs,
    ImmutableArray<PhaseReport> Phases, ImmutableArray<Measurement> Measurements)
{
    public static ProbeReport Of(Check check, Finding finding) => new(
        check.Kind,
        check.Target,
        finding.Reading switch
        {
            Judging.Reading.Good => "good",
            Judging.Reading.Slow => "slow",
            Judging.Reading.Bad => "bad",
            _ => "none",
        },
        finding.Reason,
        Milliseconds(finding.Took),
        [.. finding.Phases.Select(p => new PhaseReport(p.Name, Milliseconds(p.Took)))],
        finding.Measurements);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

internal sealed record PhaseReport(string Name, double TookMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeReport))]
internal sealed partial class ProbeJson : JsonSerializerContext
{
    /// <summary>For terminals and files, not for HTML: letters beyond ASCII stay letters.</summary>
    public static JsonTypeInfo<ProbeReport> Readable { get; } = new ProbeJson(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }).ProbeReport;
}
