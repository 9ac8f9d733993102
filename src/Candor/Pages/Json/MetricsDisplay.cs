using System.Collections.Immutable;
using System.Text.Json;
using Candor.State;

namespace Candor.Pages.Json;

/// <summary><c>/metrics-display/{id}/day.json</c> and its like: a metric's values as Statuspage's own page reads them.</summary>
internal static class MetricsDisplay
{
    private const string Prefix = "/metrics-display/";

    private static readonly ImmutableArray<(string Name, TimeSpan Lasts, TimeSpan Step, Func<MetricValues, ImmutableArray<MetricPoint>> Of)> Spans =
    [
        ("day", TimeSpan.FromDays(1), MetricValues.DayStep, static values => values.Day),
        ("week", TimeSpan.FromDays(7), MetricValues.WeekStep, static values => values.Week),
        ("month", TimeSpan.FromDays(30), MetricValues.MonthStep, static values => values.Month),
    ];

    /// <summary>Three files for each metric that readers see, each with all that its bytes depend on.</summary>
    public static IEnumerable<(string Path, object Key)> Of(Brief brief) =>
        from metric in brief.World.Metrics.Values
        where metric.Definition.IsShown && !brief.IsPast
        from span in Spans
        select ($"{Prefix}{metric.Definition.Id}/{span.Name}.json", (object)new DisplayKey(metric, brief.Metrics.GetValueOrDefault(metric.Definition.Id)));

    /// <summary>Null where there is no such metric, or readers do not see it.</summary>
    public static Rendition? Render(Brief brief, string path)
    {
        if (path[Prefix.Length..].Split('/') is not [var id, var file]
            || brief.World.Metrics.GetValueOrDefault(new(id)) is not { Definition.IsShown: true } metric)
        {
            return null;
        }

        var span = Spans.First(one => $"{one.Name}.json" == file);
        var points = brief.Metrics.GetValueOrDefault(new(id)) is { } values ? span.Of(values) : [];
        var said = metric.Definition;
        var summary = new MetricSummary(points.Sum(static one => one.Mean), points.IsEmpty ? null : points.Average(static one => one.Mean));
        var shown = new ShownMetric(
            new(
                said.Id.Value, said.Name, said.Reference, said.Tooltip, said.Suffix, said.Decimals, said.Least, said.Greatest, said.HidesAxis,
                metric.CreatedAt, metric.UpdatedAt, points.IsEmpty ? null : points[^1].At),
            summary, [.. points.Select(static one => new ShownPoint(one.At.ToUnixTimeSeconds(), one.Mean))]);
        var body = new MetricsBody(new((int)(span.Lasts / span.Step), (int)span.Step.TotalSeconds, span.Name), [shown], summary);
        return new(path, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.MetricsBody));
    }

    private sealed record DisplayKey(Metric Metric, MetricValues? Values);
}
