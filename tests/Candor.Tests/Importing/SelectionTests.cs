using Candor.Importing;
using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing;

public sealed class SelectionTests
{
    private static readonly Imported All = new()
    {
        Components = [new("Shop", ["Shop"])],
        Incidents =
        [
            new("k", "Slow")
            {
                Status = IncidentStatus.Postmortem,
                Updates = [new(null, IncidentStatus.Resolved, "Over."), new(null, IncidentStatus.Postmortem, "Why.")],
                Intervals = [new(["Shop"], ComponentStatus.MajorOutage, null, null)],
                Postmortem = new("Why."),
            },
        ],
        Maintenances = [new("m", "Upgrade", null, null)],
    };

    [Fact]
    public void What_is_left_out_is_gone_with_all_that_tells_of_it()
    {
        var kept = Selection.Of(All, [ImportPart.Components, ImportPart.Incidents]);

        Assert.Single(kept.Components);
        Assert.Empty(kept.Maintenances);
        var incident = Assert.Single(kept.Incidents);
        Assert.Equal((IncidentStatus.Resolved, null), (incident.Status, incident.Postmortem));
        Assert.Equal(["Over."], incident.Updates.Select(update => update.Body));
        Assert.Empty(incident.Intervals);
    }

    [Fact]
    public void Everything_is_what_was_read()
    {
        var kept = Selection.Of(All, Enum.GetValues<ImportPart>());

        Assert.Equal((1, 1, 1), (kept.Components.Length, kept.Incidents.Length, kept.Maintenances.Length));
        Assert.Equal(All.Incidents[0], kept.Incidents[0]);
    }
}
