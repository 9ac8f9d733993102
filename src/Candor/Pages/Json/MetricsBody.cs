namespace Candor.Pages.Json;

// The file behind a chart on Statuspage's pages, member for member.

/// <param name="Interval">Seconds between two points.</param>
internal sealed record MetricsPeriod(int Count, int Interval, string Identifier);

internal sealed record MetricSummary(double Sum, double? Mean);

/// <param name="Timestamp">Seconds since 1970.</param>
internal sealed record ShownPoint(long Timestamp, double Value);

internal sealed record MetricHead(
    string Id, string Name, string? MetricIdentifier, string? TooltipDescription, string? Suffix, int DecimalPlaces, double? YAxisMin,
    double? YAxisMax, bool YAxisHidden, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? MostRecentDataAt);

internal sealed record ShownMetric(MetricHead Metric, MetricSummary Summary, IReadOnlyList<ShownPoint> Data);

internal sealed record MetricsBody(MetricsPeriod Period, IReadOnlyList<ShownMetric> Metrics, MetricSummary Summary);
