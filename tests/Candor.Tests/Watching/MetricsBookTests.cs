using System.Diagnostics.Metrics;
using Candor.Watching;

namespace Candor.Tests.Watching;

public sealed class MetricsBookTests : IDisposable
{
    private readonly Meters meters = new();

    public void Dispose() => meters.Dispose();

    [Fact]
    public void A_histogram_has_cumulative_buckets_a_sum_and_a_count_in_base_units()
    {
        using var book = new MetricsBook(meters);
        var duration = meters.Create("Candor.Trial").CreateHistogram<double>("candor.trial.duration", "s", "How long it took.");
        duration.Record(0.003, new KeyValuePair<string, object?>("kind", "http"));
        duration.Record(0.2, new KeyValuePair<string, object?>("kind", "http"));

        var lines = book.Write().Split('\n');

        Assert.Contains("# TYPE candor_trial_duration_seconds histogram", lines);
        Assert.Contains("candor_trial_duration_seconds_bucket{kind=\"http\",le=\"0.0025\"} 0", lines);
        Assert.Contains("candor_trial_duration_seconds_bucket{kind=\"http\",le=\"0.005\"} 1", lines);
        Assert.Contains("candor_trial_duration_seconds_bucket{kind=\"http\",le=\"+Inf\"} 2", lines);
        Assert.Contains("candor_trial_duration_seconds_sum{kind=\"http\"} 0.203", lines);
        Assert.Contains("candor_trial_duration_seconds_count{kind=\"http\"} 2", lines);
    }

    [Fact]
    public void A_counter_ends_in_total_and_adds_up_while_a_gauge_shows_the_last()
    {
        using var book = new MetricsBook(meters);
        var meter = meters.Create("Candor.Trial");
        var counter = meter.CreateCounter<long>("candor.trial.events");
        var waiting = 7;
        meter.CreateObservableGauge("candor.trial.waiting", () => waiting);
        counter.Add(2);
        counter.Add(3);
        book.Write();
        waiting = 4;

        var lines = book.Write().Split('\n');

        Assert.Contains("candor_trial_events_total 5", lines);
        Assert.Contains("candor_trial_waiting 4", lines);
    }

    [Fact]
    public void What_a_gauge_does_not_say_any_more_is_not_said_for_it()
    {
        using var book = new MetricsBook(meters);
        var down = 3;
        meters.Create("Candor.Trial").CreateObservableGauge(
            "candor.trial.monitors",
            () => down > 0 ? [new Measurement<int>(down, new KeyValuePair<string, object?>("verdict", "down"))] : Array.Empty<Measurement<int>>());
        Assert.Contains("candor_trial_monitors{verdict=\"down\"} 3", book.Write(), StringComparison.Ordinal);
        down = 0;

        Assert.DoesNotContain("candor_trial_monitors", book.Write(), StringComparison.Ordinal);

        down = 1;
        Assert.Contains("candor_trial_monitors{verdict=\"down\"} 1", book.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_escaped_so_that_no_value_can_forge_a_line()
    {
        using var book = new MetricsBook(meters);
        meters.Create("Candor.Trial").CreateCounter<long>("candor.trial.events")
            .Add(1, new KeyValuePair<string, object?>("name", "a\"b\\c\nd"));

        Assert.Contains("""candor_trial_events_total{name="a\"b\\c\nd"} 1""", book.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_sets_are_capped_and_what_is_refused_is_counted()
    {
        using var book = new MetricsBook(meters);
        var counter = meters.Create("Candor.Trial").CreateCounter<long>("candor.trial.events");
        for (var i = 0; i < 5_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("name", i));
        }

        var text = book.Write();

        Assert.InRange(text.Split('\n').Count(line => line.StartsWith("candor_trial_events_total", StringComparison.Ordinal)), 1000, 2000);
        Assert.Matches("candor_metrics_refused_total [0-9]{4}", text);
    }

    [Fact]
    public void Another_nodes_meters_are_not_mixed_in()
    {
        using var others = new Meters();
        using var book = new MetricsBook(meters);
        others.Create("Candor.Trial").CreateCounter<long>("candor.trial.events").Add(1);

        Assert.DoesNotContain("candor_trial_events", book.Write(), StringComparison.Ordinal);
    }
}
