using System.Collections.Immutable;
using Candor.Probing.Alert;
using Candor.State;

namespace Candor.Tests.Probing.Alert;

public sealed class AlertShelfTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_word_that_comes_again_changes_nothing_but_when_it_was_heard()
    {
        var once = Told(0, Says("a", AlertStatus.Firing, starts: 0));
        var twice = once.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: 0)], At(60));

        var (before, after) = (Assert.Single(once.Alerts), Assert.Single(twice.Alerts));
        Assert.Equal((before.Status, before.ChangedAt), (after.Status, after.ChangedAt));
        Assert.Equal(At(60), after.HeardAt);
    }

    [Fact]
    public void What_is_over_is_not_lit_again_by_an_old_word_that_comes_late_and_is_by_a_new_one()
    {
        var over = Told(0, Says("a", AlertStatus.Firing, starts: 0)).With(AlertTool.Alertmanager, [Says("a", AlertStatus.Resolved, starts: 0)], At(10));

        Assert.Equal(AlertStatus.Resolved, over.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: 0)], At(11)).Alerts[0].Status);
        Assert.Equal(AlertStatus.Resolved, over.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: -60)], At(11)).Alerts[0].Status);
        Assert.Equal(AlertStatus.Firing, over.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: 5)], At(11)).Alerts[0].Status);
    }

    [Fact]
    public void What_comes_back_soon_with_its_old_beginning_fires_again()
    {
        var over = Told(0, Says("a", AlertStatus.Firing, starts: 0)).With(AlertTool.Alertmanager, [Says("a", AlertStatus.Resolved, starts: 0)], At(10));

        Assert.Equal(AlertStatus.Resolved, over.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: 0)], At(19)).Alerts[0].Status);
        Assert.Equal(AlertStatus.Firing, over.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Firing, starts: 0)], At(20)).Alerts[0].Status);
    }

    [Fact]
    public void The_end_of_an_earlier_cycle_does_not_end_the_one_that_goes_on()
    {
        var again = Told(0, Says("a", AlertStatus.Firing, starts: 50));

        Assert.Equal(AlertStatus.Firing, again.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Resolved, starts: 0)], At(60)).Alerts[0].Status);
        Assert.Equal(AlertStatus.Resolved, again.With(AlertTool.Alertmanager, [Says("a", AlertStatus.Resolved, starts: 50)], At(60)).Alerts[0].Status);
    }

    [Fact]
    public void Without_a_beginning_the_last_word_counts_and_one_tools_id_is_not_anothers()
    {
        var shelf = Told(0, Says("a", AlertStatus.Firing)).With(AlertTool.Generic, [Says("a", AlertStatus.Resolved)], At(1));

        Assert.Equal([AlertStatus.Firing, AlertStatus.Resolved], shelf.Alerts.Select(static one => one.Status));
        Assert.Equal((At(0), At(1), null), (shelf.HeardOf(AlertTool.Alertmanager), shelf.HeardOf(AlertTool.Generic), shelf.HeardOf(AlertTool.Grafana)));
    }

    [Fact]
    public void What_is_over_makes_room_and_goes_after_a_day_and_what_fires_stays()
    {
        var full = AlertShelf.Empty
            .With(AlertTool.Generic, [Says("over", AlertStatus.Resolved)], At(0))
            .With(AlertTool.Generic, [.. Enumerable.Range(0, AlertShelf.AlertsMax - 1).Select(static i => Says($"a{i}", AlertStatus.Firing))], At(1));
        Assert.Equal(AlertShelf.AlertsMax, full.Alerts.Length);

        var more = full.With(AlertTool.Generic, [Says("new", AlertStatus.Firing)], At(2));
        Assert.Null(more.FullSince);
        Assert.DoesNotContain(more.Alerts, static one => one.Id == "over");
        Assert.Equal(At(3), more.With(AlertTool.Generic, [Says("none", AlertStatus.Firing)], At(3)).FullSince);

        var later = Told(0, Says("a", AlertStatus.Resolved), Says("b", AlertStatus.Firing)).With(AlertTool.Alertmanager, [], At(86_401));
        Assert.Equal("b", Assert.Single(later.Alerts).Id);
    }

    [Fact]
    public void A_signed_message_is_remembered_for_as_long_as_it_could_be_played_again()
    {
        var window = TimeSpan.FromMinutes(5);
        var marked = AlertShelf.Empty.Marking("one", At(0), window).Marking("two", At(599), window);

        Assert.Equal(2, marked.Taken.Count);
        Assert.DoesNotContain("one", marked.Marking("three", At(700), window).Taken.Keys);
        Assert.DoesNotContain("two", marked.Forgetting("two").Taken.Keys);
    }

    [Theory]
    [InlineData(1, 0, 0.0, "Bad")]
    [InlineData(1, 1, null, "Bad")]
    [InlineData(0, 0, null, "None")]
    [InlineData(0, 0, 1.0, "Good")]
    [InlineData(0, 0, 16.0, "None")]
    [InlineData(0, 1, 1.0, "None")]
    [InlineData(1, 0, 16.0, "None")]
    public void What_fires_is_bad_and_what_nobody_can_see_is_no_evidence(int firing, int unseen, double? silentMinutes, string reading)
    {
        var check = new AlertCheck(new() { ["service"] = ["mail"] }) { HeardWithin = TimeSpan.FromMinutes(15) };
        var sight = new AlertSight(firing, unseen, silentMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);

        Assert.Equal(reading, AlertRules.Judge(check, sight).Reading.ToString());
        Assert.Equal(reading == "Bad" ? "Slow" : reading, AlertRules.Judge(check with { Degrades = true }, sight).Reading.ToString());
    }

    [Fact]
    public void An_alert_is_meant_where_it_carries_every_label_with_one_of_its_values()
    {
        var check = new AlertCheck(new() { ["service"] = ["mail"], ["severity"] = ["critical", "page"] }) { Tool = AlertTool.Grafana };

        Assert.True(check.Means(AlertTool.Grafana, Labels(("service", "mail"), ("severity", "page"), ("more", "x"))));
        Assert.False(check.Means(AlertTool.Generic, Labels(("service", "mail"), ("severity", "page"))));
        Assert.False(check.Means(AlertTool.Grafana, Labels(("service", "mail"))));
        Assert.False(check.Means(AlertTool.Grafana, Labels(("service", "Mail"), ("severity", "page"))));
    }

    private static AlertShelf Told(int second, params ToldAlert[] told) => AlertShelf.Empty.With(AlertTool.Alertmanager, told, At(second));

    private static ToldAlert Says(string id, AlertStatus status, int? starts = null) =>
        new(id, status, id, Labels(("service", "mail")), "", starts is { } second ? At(second) : null);

    private static ImmutableDictionary<string, string> Labels(params (string Key, string Value)[] labels) =>
        labels.ToImmutableDictionary(static one => one.Key, static one => one.Value);

    private static DateTimeOffset At(int second) => T0.AddSeconds(second);
}
