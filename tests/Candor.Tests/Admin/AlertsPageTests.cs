using System.Collections.Immutable;
using Candor.Access;
using Candor.Admin.Alerts;
using Candor.State;
using Candor.Tests.Access;
using Candor.Tests.State;

namespace Candor.Tests.Admin;

/// <summary>What other tools told, as operators see it.</summary>
public sealed class AlertsPageTests : IAsyncLifetime
{
    private static readonly MonitorId Mails = new("mail-alerts");
    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await RoomRig.StartAsync(
        new MonitorAdded(Cast.Now, new(Mails, new("alert", "x", "{}"), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), JudgingRules.Default)),
        new ComponentAdded(Cast.Now, new(new("queue"), "Queue", null, 2) { Monitors = [Mails] }));

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Where_no_tool_is_let_in_the_page_says_how_to_let_one_in()
    {
        var page = await rig.GetAsync("/alerts");

        Assert.Equal(200, page.Status);
        Assert.Contains("No tool is let in", page.Words(), StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("details[open] pre"));
        Assert.Contains("candor alerts", page.Words("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_is_about_monitors_with_their_components_or_it_is_said_why_it_is_about_none()
    {
        rig.Alerts = Board();
        var page = await rig.GetAsync("/alerts");

        Assert.Contains("Queue is long fires", page.Words("section[aria-labelledby=mapped]"), StringComparison.Ordinal);
        Assert.Equal("/components/queue", page.Page.QuerySelector("section[aria-labelledby=mapped] a")!.GetAttribute("href"));
        var unmapped = page.Words("section[aria-labelledby=unmapped]");
        Assert.Contains("Changes nothing: mail-alerts wants service=mail|post; it has billing", unmapped, StringComparison.Ordinal);
        Assert.Contains("mail-alerts listens to alertmanager alone", unmapped, StringComparison.Ordinal);
        Assert.Contains("mail-alerts wants service=mail|post; it has no service", unmapped, StringComparison.Ordinal);
        Assert.Contains("Old one is over", page.Words("section[aria-labelledby=over]"), StringComparison.Ordinal);
        Assert.Contains("nested too deeply", page.Words("section[aria-labelledby=faults]"), StringComparison.Ordinal);
        Assert.Contains("grafana cannot come in: the environment does not have the secret", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEC_15_Whoever_is_limited_to_components_sees_what_is_about_theirs()
    {
        rig.Alerts = Board();
        var other = await rig.GetAsync("/alerts", RoomRig.Grace with { Reach = new Reach([Told.Api]) });
        var own = await rig.GetAsync("/alerts", RoomRig.Grace with { Reach = new Reach([new("queue")]) });

        Assert.DoesNotContain("Queue is long", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("billing", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nested too deeply", other.Text, StringComparison.Ordinal);
        Assert.Contains("Queue is long", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("billing", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_other_tools_stay_words()
    {
        rig.Alerts = Board() with { Alerts = [Alert("alertmanager", "<script>x</script>", AlertStatus.Firing, [], ("service", "\"><img src=x onerror=x>"))] };
        var page = await rig.GetAsync("/alerts");

        Assert.Empty(page.Page.QuerySelectorAll("main script, main img"));
        Assert.Contains("<script>x</script> fires", page.Words(), StringComparison.Ordinal);
    }

    private static AlertBoard Board() => new()
    {
        Tools = [new("alertmanager", Cast.Now, LacksSecret: false), new("grafana", null, LacksSecret: true)],
        Alerts =
        [
            Alert("alertmanager", "Queue is long", AlertStatus.Firing, [Mails], ("service", "mail")),
            Alert("alertmanager", "Bills are late", AlertStatus.Firing, [], ("service", "billing")),
            Alert("grafana", "Disk", AlertStatus.Firing, [], ("service", "mail")),
            Alert("alertmanager", "Unlabelled", AlertStatus.Unseen, []),
            Alert("alertmanager", "Old one", AlertStatus.Resolved, [Mails], ("service", "mail")),
        ],
        Faults = [new("datadog", Cast.Now, "The message cannot be read as one of datadog: it is no JSON, nested too deeply, or cut off.")],
        Monitors = [new(Mails, "alertmanager", ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("service", ["mail", "post"]))],
    };

    private static BoardAlert Alert(string tool, string name, AlertStatus status, ImmutableArray<MonitorId> about, params (string Key, string Value)[] labels) => new(
        tool, status, name, "", labels.ToImmutableSortedDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal), Cast.Now, Cast.Now, about);
}
