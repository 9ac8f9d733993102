using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Judging;

public sealed class AutomationTests
{
    [Fact]
    public void A_failure_becomes_an_incident_with_words_for_readers_and_resolves_when_it_has_worked_for_a_while()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(720);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Service("web", Reading.Good).Pass(300);

        var incident = story.OnlyIncident;
        Assert.Equal("Homepage is not answering", incident.Title);
        Assert.Equal(
            [
                (IncidentStatus.Investigating, "Homepage is not answering: connection refused, seen by 1 of 1 places since 09:00 UTC.\n\nThis was detected automatically."),
                (IncidentStatus.Monitoring, "Homepage works again since 09:12 UTC. If that stays so for 2 min, this is resolved by itself.\n\nThis was detected automatically."),
                (IncidentStatus.Resolved, "Homepage works again since 09:12 UTC. It was down for 12 min.\n\nThis was detected automatically."),
            ],
            incident.Updates.Select(update => (update.Status, update.Body)));
        Assert.Equal([new(Story.T0.AddSeconds(40), Story.T0.AddSeconds(760))], incident.Downtimes);
        Assert.Equal(
            [new Interval<ComponentStatus>(Story.T0.AddSeconds(40), Story.T0.AddSeconds(760), ComponentStatus.MajorOutage)],
            incident.IntervalsOf(new("Homepage")).Take(1));
        Assert.True(incident is { Automatic: true, Published: true, Impact: Impact.Critical });
        Assert.InRange((incident.ResolvedAt!.Value - Story.T0).TotalSeconds, 880, 892);
    }
}
