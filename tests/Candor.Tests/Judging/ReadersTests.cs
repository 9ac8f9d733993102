using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Judging;

/// <summary>Candor's own words name what fails, so they never tell of things that are for different readers.</summary>
public sealed class ReadersTests
{
    [Fact]
    public void One_cause_makes_an_incident_for_each_group_of_readers_and_each_names_only_theirs()
    {
        var story = Shared().Pass(35).Service("database", Reading.Bad).Pass(120);

        Assert.Equal(2, story.World.Incidents.Count);
        foreach (var (name, other) in new[] { ("Homepage", "Vault"), ("Vault", "Homepage") })
        {
            var incident = Assert.Single(story.World.Incidents.Values, one => one.AffectedComponents.Contains(new(name)));
            Assert.DoesNotContain(other, incident.Title + string.Concat(incident.Updates.Select(static update => update.Body)), StringComparison.Ordinal);
            Assert.Equal([new ComponentId(name)], incident.AffectedComponents);
        }

        story.Service("database", Reading.Good).Pass(300);
        Assert.All(story.World.Incidents.Values, static one => Assert.False(one.IsOpen));

        story.Service("database", Reading.Bad).Pass(60);
        Assert.Equal(2, story.World.Incidents.Count);
        Assert.All(story.World.Incidents.Values, static one => Assert.Equal(1, one.Reopenings));
    }

    [Fact]
    public void What_fails_with_a_parent_joins_its_incident_only_where_the_same_people_read_it()
    {
        var story = new Story().Monitor("network", component: "Network").Monitor("vault", dependsOn: ["network"]);
        story.Say(new ComponentAdded(story.Now.Wall, new(new("Vault"), "Vault", null, 1) { Monitors = [new("vault")], OnlyFor = ["staff"] }));
        story.Pass(35).Service("network", Reading.Bad).Service("vault", Reading.Bad).Pass(120);

        Assert.Equal(2, story.World.Incidents.Count);
    }

    private static Story Shared()
    {
        var story = new Story().Monitor("database", component: "Homepage");
        return story.Say(new ComponentAdded(story.Now.Wall, new(new("Vault"), "Vault", null, 1) { Monitors = [new("database")], OnlyFor = ["staff"] }));
    }
}
