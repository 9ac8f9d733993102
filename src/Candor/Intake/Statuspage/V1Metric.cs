using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>A number that another tool measures, as Statuspage's clients know it.</summary>
internal sealed record V1Metric(
    string Id, string MetricsProviderId, string? MetricIdentifier, string Name, bool Display, string? TooltipDescription, bool Backfilled,
    double? YAxisMin, double? YAxisMax, bool YAxisHidden, string? Suffix, int DecimalPlaces, DateTimeOffset? MostRecentDataAt,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastFetchedAt, int? BackfillPercentage, string? ReferenceName)
{
    public static V1Metric Of(World world, Metric metric, DateTimeOffset? latest)
    {
        var said = metric.Definition;
        return new(
            said.Id.Value, V1Provider.IdOf(world), said.Reference, said.Name, said.IsShown, said.Tooltip, Backfilled: false,
            said.Least, said.Greatest, said.HidesAxis, said.Suffix, said.Decimals, latest, metric.CreatedAt, metric.UpdatedAt,
            LastFetchedAt: null, BackfillPercentage: null, ReferenceName: null);
    }
}

/// <summary>Where values come from. There is one: whoever sends them here.</summary>
internal sealed record V1Provider(
    string Id, string Type, bool Disabled, string? MetricBaseUri, DateTimeOffset? LastRevalidatedAt, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, string PageId)
{
    public const string Self = "Self";

    public static V1Provider Of(World world) =>
        new(IdOf(world), Self, Disabled: false, MetricBaseUri: null, LastRevalidatedAt: null, world.LatestAt, world.LatestAt, world.Page.Id);

    public static string IdOf(World world) => DerivedId.Of($"{world.Page.Id}/metrics");
}

/// <param name="Timestamp">Seconds since 1970.</param>
internal sealed record V1Point(long Timestamp, double Value);

internal sealed record V1PointTold(V1Point Data);
