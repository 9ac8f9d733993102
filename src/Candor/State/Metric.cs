using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>12 lower-case letters and digits.</summary>
[JsonConverter(typeof(IdConverter<MetricId>))]
internal readonly record struct MetricId(string Value) : IId<MetricId>
{
    public static MetricId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>A number that another tool measures and readers may see. Its values are measurements and no facts.</summary>
internal sealed record MetricDefinition(MetricId Id, string Name)
{
    /// <summary>What the tool that measures calls it, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>Behind each value: "ms".</summary>
    public string? Suffix { get; init; }

    public string? Tooltip { get; init; }

    /// <summary>Where the chart begins at least, or null: with the values.</summary>
    public double? Least { get; init; }

    public double? Greatest { get; init; }

    public bool HidesAxis { get; init; }

    /// <summary>Whether readers see it.</summary>
    public bool IsShown { get; init; } = true;

    public int Decimals { get; init; } = 2;
}

/// <summary>A metric is there, or is another one from now on; the whole of it, each time.</summary>
internal sealed record MetricDefined(DateTimeOffset At, MetricDefinition Metric) : Event(At)
{
    public Actor? By { get; init; }
}

/// <summary>Nobody charts it any more; its values are forgotten.</summary>
internal sealed record MetricRemoved(DateTimeOffset At, MetricId Metric) : Event(At)
{
    public Actor? By { get; init; }
}

internal sealed record Metric(MetricDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Pure and total, as every fold.</summary>
    public static Metric Fold(Metric? before, MetricDefined happened) =>
        new(happened.Metric, before?.CreatedAt ?? happened.At, happened.At);
}
