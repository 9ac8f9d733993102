using System.Globalization;
using System.Text.Json;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>What Statuspage's writes of metrics ask for. Pure.</summary>
internal static class MetricChanges
{
    /// <summary>As Statuspage: what ten minutes of a value a second come to, for several metrics.</summary>
    public const int PointsMax = 3_000;

    public static Decision<Event> Define(World world, DateTimeOffset at, Actor by, MetricId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var said = Read(new(id, ""), sent);
        return sent.Fault is { } no ? no : MetricDecisions.Define(world, at, by, said);
    }

    /// <summary>What was not sent stays as it was.</summary>
    public static Decision<Event> Change(World world, DateTimeOffset at, Actor by, MetricId id, SentBody body)
    {
        if (!world.Metrics.TryGetValue(id, out var there))
        {
            return Missing(id.Value);
        }

        var sent = new SentFields(body, world, at);
        var said = Read(there.Definition, sent);
        return sent.Fault is { } no ? no : MetricDecisions.Define(world, at, by, said);
    }

    public static Refusal Missing(string id) => new("no_such_metric", $"There is no metric {id}; GET …/metrics lists them.", "metric_id");

    /// <summary>Values, each with its time; the first that cannot be taken keeps all of them out.</summary>
    public static (IReadOnlyList<(DateTimeOffset At, double Value)> Points, Refusal? Fault) Points(JsonElement sent, DateTimeOffset now)
    {
        IEnumerable<JsonElement> each = sent.ValueKind == JsonValueKind.Array ? sent.EnumerateArray() : [sent];
        var points = new List<(DateTimeOffset, double)>();
        foreach (var one in each)
        {
            if (one.ValueKind != JsonValueKind.Object || Number(one, "timestamp") is not { } seconds || Number(one, "value") is not { } value)
            {
                return ([], new("bad_point", "Each value is {\"timestamp\": seconds since 1970, \"value\": a number}.", "data"));
            }

            if (seconds < (now - V1Values.Reaches).ToUnixTimeSeconds() || seconds > (now + V1Values.AheadMost).ToUnixTimeSeconds())
            {
                return ([], new(
                    "bad_time",
                    $"A value is of the last {V1Values.Reaches.Days} days and at most {V1Values.AheadMost.Minutes} minutes ahead; its timestamp counts seconds since 1970.", "timestamp"));
            }

            points.Add((DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)), value));
            if (points.Count > PointsMax)
            {
                return ([], new("too_many", $"At most {PointsMax} values are taken at once; send the rest in further requests.", "data"));
            }
        }

        return (points, null);
    }

    private static MetricDefinition Read(MetricDefinition before, SentFields sent)
    {
        // Values are averaged where several fall into one slot; nothing else is done with them.
        _ = sent.Word("transform", [("average", true)]);
        return before with
        {
            Name = sent.Text("name") ?? before.Name,
            Reference = sent.Has("metric_identifier") ? sent.Text("metric_identifier") : before.Reference,
            Suffix = sent.Has("suffix") ? sent.Text("suffix") : before.Suffix,
            Tooltip = sent.Has("tooltip_description") ? sent.Text("tooltip_description") : before.Tooltip,
            Least = sent.Has("y_axis_min") ? sent.Number("y_axis_min") : before.Least,
            Greatest = sent.Has("y_axis_max") ? sent.Number("y_axis_max") : before.Greatest,
            HidesAxis = sent.Flag("y_axis_hidden") ?? before.HidesAxis,
            IsShown = sent.Flag("display") ?? before.IsShown,
            Decimals = sent.Number("decimal_places") is { } places ? (int)Math.Clamp(places, -1, 100) : before.Decimals,
        };
    }

    /// <summary>A form sends numbers as texts.</summary>
    private static double? Number(JsonElement within, string name) => !within.TryGetProperty(name, out var found) ? null : found.ValueKind switch
    {
        JsonValueKind.Number when found.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(found.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };
}
