using Candor.Journal;

namespace Candor.State;

/// <summary>Which metrics there are, decided against the facts. Saying what holds already is no news.</summary>
internal static class MetricDecisions
{
    /// <summary>Each keeps a month of values in memory.</summary>
    public const int MetricsMax = 50;

    private const int NameLimit = 100;
    private const int ReferenceLimit = 255;
    private const int SuffixLimit = 12;
    private const int TooltipLimit = 255;
    private const int DecimalsMax = 6;

    public static Decision<Event> Define(World world, DateTimeOffset at, Actor by, MetricDefinition wish)
    {
        var said = wish with { Name = wish.Name.Trim(), Suffix = Written(wish.Suffix), Tooltip = Written(wish.Tooltip), Reference = Written(wish.Reference) };
        var no = Refusing.Unnamed(by)
            ?? Refusing.Text("name", said.Name, NameLimit)
            ?? Long("suffix", said.Suffix, SuffixLimit)
            ?? Long("tooltip_description", said.Tooltip, TooltipLimit)
            ?? Long("metric_identifier", said.Reference, ReferenceLimit)
            ?? (said.Decimals is < 0 or > DecimalsMax
                ? new Refusal("bad_number", $"A value has 0 to {DecimalsMax} decimal places.", "decimal_places")
                : null)
            ?? (said is { Least: { } least, Greatest: { } greatest } && least >= greatest
                ? new Refusal("bad_number", "The axis ends where it begins, or before; make y_axis_max greater than y_axis_min.", "y_axis_max")
                : null)
            ?? (!world.Metrics.ContainsKey(said.Id) && world.Metrics.Count >= MetricsMax
                ? new Refusal("too_many", $"There are {MetricsMax} metrics, and no more are kept; remove one first.")
                : null);
        return no is not null ? no
            : world.Metrics.TryGetValue(said.Id, out var there) && there.Definition == said ? Array.Empty<Event>()
            : new Event[] { new MetricDefined(at, said) { By = by } };
    }

    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, MetricId id) =>
        Refusing.Unnamed(by) is { } no ? no
        : !world.Metrics.ContainsKey(id) ? new Refusal("no_such_metric", $"There is no metric {id}; list the metrics to see their ids.", "metric_id")
        : new Event[] { new MetricRemoved(at, id) { By = by } };

    private static string? Written(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Refusal? Long(string field, string? text, int limit) => text is not null && text.Length > limit
        ? new("too_long", $"The {field} has {text.Length} characters; at most {limit} are shown, so shorten it.", field)
        : null;
}
