using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.State;

public sealed class IncidentFiguresTests
{
    [Fact]
    public void At_the_instant_of_its_beginning_an_incident_has_had_no_silence()
    {
        var told = new Told().Opened();

        Assert.Null(IncidentFigures.Of(told.Incident, told.Incident.StartedAt).LongestSilence);
        Assert.Equal(TimeSpan.FromMinutes(1), IncidentFigures.Of(told.Incident, told.Incident.StartedAt.AddMinutes(1)).LongestSilence?.Lasted);
    }
}
