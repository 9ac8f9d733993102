using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Candor.Watching;

/// <summary>
/// Metrics and traces to an OpenTelemetry collector, only where the operator names one. The exporter speaks to that one
/// address and reads the usual OTEL_… variables; nothing of it runs otherwise.
/// </summary>
internal static class Telemetry
{
    /// <param name="endpoint">OTEL_EXPORTER_OTLP_ENDPOINT; null or empty: no export.</param>
    public static IDisposable? Start(string? endpoint, string version) => string.IsNullOrEmpty(endpoint)
        ? null
        : OpenTelemetrySdk.Create(builder => builder
            .ConfigureResource(resource => resource.AddService("candor", serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter("Candor.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddOtlpExporter())
            .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore").AddOtlpExporter()));
}
