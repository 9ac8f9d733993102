using Candor.Judging;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Tests.Judging;

/// <summary>Planned work beside what is measured.</summary>
public sealed class MaintenanceStatusTests
{
    private static readonly Actor Ann = Actor.Person("ann");
    private static readonly MaintenanceId Id = new("maintenance1");

    [Fact]
    public void While_it_goes_on_a_component_that_works_is_under_maintenance_and_then_works_since_its_end()
    {
        var story = Planned().Pass(60);
        Assert.Equal(ComponentStatus.UnderMaintenance, story.StateOf("web").Status);

        story.Pass(600);

        Assert.Equal(new ComponentState(ComponentStatus.Operational), story.StateOf("web"));
        Assert.Equal(story.World.Maintenances[Id].CompletedAt, story.World.Components[new("web")].Since);
    }

    [Fact]
    public void A_real_outage_during_maintenance_still_shows_and_opens_an_incident()
    {
        var story = Planned().Pass(60).Service("m", Reading.Bad).Pass(60);

        Assert.Equal(ComponentStatus.MajorOutage, story.StateOf("web").Status);
        Assert.True(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void An_outage_that_is_part_of_the_plan_shows_as_maintenance_and_opens_nothing_until_it_outlasts_it()
    {
        var story = Planned(plan => plan with { ExpectsOutage = true }).Pass(60).Service("m", Reading.Bad).Pass(120);
        Assert.Equal(ComponentStatus.UnderMaintenance, story.StateOf("web").Status);
        Assert.Empty(story.World.Incidents);

        story.Pass(600);

        Assert.Equal(ComponentStatus.MajorOutage, story.StateOf("web").Status);
        Assert.True(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void The_settings_say_whether_outages_are_expected_unless_the_plan_does()
    {
        var story = Planned(policy: Policy.Default with { Maintenance = new(ExpectsOutage: true, CountsInUptime: false) })
            .Pass(60).Service("m", Reading.Bad).Pass(120);

        Assert.Equal(ComponentStatus.UnderMaintenance, story.StateOf("web").Status);
    }

    [Fact]
    public void What_cannot_be_seen_during_maintenance_is_not_called_seen()
    {
        var story = Planned().Pass(60).AllControls(answer: false).Service("m", Reading.None).Pass(200);

        Assert.Equal(new ComponentState(ComponentStatus.UnderMaintenance, Known: false), story.StateOf("web"));
    }

    [Fact]
    public void An_open_incident_is_not_called_over_because_maintenance_covers_it()
    {
        var story = Planned(plan => plan with { ExpectsOutage = true }, start: 200).Service("m", Reading.Bad).Pass(100);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Pass(400);

        Assert.True(story.OnlyIncident is { IsOpen: true, Downtimes: [{ Ended: null }] });
        Assert.Single(story.OnlyIncident.Updates);
    }

    [Fact]
    public void Counted_maintenance_takes_from_the_uptime_and_excluded_does_not()
    {
        var component = Planned().Pass(700).World.Components[new("web")];
        decimal? Percent(bool counts) => Uptime.Sum(Uptime.Of(
            component, TimeZoneInfo.Utc, Story.T0.AddSeconds(700), Story.T0.AddSeconds(700), maintenanceCounts: counts)).Percent;

        Assert.Equal(100m, Percent(false));
        Assert.InRange(Percent(true)!.Value, 10m, 30m);
    }

    private static Story Planned(Func<MaintenancePlan, MaintenancePlan>? change = null, Policy? policy = null, int start = 40)
    {
        var story = new Story(policy).Monitor("m", component: "web").Pass(30);
        var plan = new MaintenancePlan("Disks", Story.T0.AddSeconds(start), Story.T0.AddSeconds(start + 560), [new("web")])
        {
            StartsByItself = true,
            EndsByItself = true,
            MarksComponents = true,
        };
        return story.Say([.. MaintenanceDecisions.Schedule(
            story.World, story.Now.Wall, Ann, Id, new(change?.Invoke(plan) ?? plan, "We change disks.")).Events]);
    }
}
