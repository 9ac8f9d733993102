using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Cachet;

public sealed class CachetTests
{
    [Fact]
    public void Version_two_is_read_from_several_lists()
    {
        var read = As("cachet",
            ("components.json", """{ "meta": {}, "data": [ { "id": 2, "name": "Login", "status": 4, "link": "", "group_id": 7, "order": 1, "created_at": "2024-01-01 00:00:00" } ] }"""),
            ("groups.json", """{ "data": [ { "id": 7, "name": "Web", "order": 0, "collapsed": 0, "created_at": "2024-01-01 00:00:00", "enabled_components": [] } ] }"""),
            ("incidents.json", """
                { "data": [ { "id": 3, "component_id": 2, "name": "Slow", "status": 1, "visible": 1, "message": "We look.", "occurred_at": "2024-03-01 10:00:00", "created_at": "2024-03-01 10:00:00",
                  "is_resolved": true, "latest_status": 4, "updates": [ { "id": 9, "incident_id": 3, "status": 4, "message": "Over.", "created_at": "2024-03-01 10:30:00" },
                  { "id": 8, "incident_id": 3, "status": 2, "message": "Found.", "created_at": "2024-03-01 10:10:00" } ] } ] }
                """),
            ("schedules.json", """{ "data": [ { "id": 1, "name": "Move", "message": "We move.", "status": 0, "scheduled_at": "2024-06-01 10:00:00", "completed_at": null, "created_at": "2024-03-01 10:00:00" } ] }"""));

        Assert.Equal([["Web"], ["Web", "Login"]], read.Components.Select(c => c.Path.ToArray()));
        Assert.Equal(ComponentStatus.MajorOutage, read.Components[1].Status);
        var slow = Assert.Single(read.Incidents);
        Assert.Equal(["We look.", "Found.", "Over."], slow.Updates.Select(u => u.Body));
        Assert.Equal(Utc("2024-03-01 10:30"), slow.ResolvedAt);
        Assert.Equal(["Web", "Login"], Assert.Single(slow.Affected));
        Assert.Equal(("scheduled", "We move."), (Assert.Single(read.Maintenances).Status, read.Maintenances[0].Description));
    }

    [Fact]
    public void Version_three_is_the_same_in_other_wrapping()
    {
        var read = As("cachet", """
            { "data": [ { "id": "3", "type": "incidents", "attributes": { "id": 3, "name": "Slow", "message": "We look.", "status": { "human": "Fixed", "value": 4 },
                "occurred": { "human": "1 day ago", "string": "2024-03-01 10:00:00" }, "created": { "human": "1 day ago", "string": "2024-03-01 10:00:00" } },
                "relationships": { "components": { "data": [ { "type": "components", "id": "2" } ] } } } ],
              "included": [ { "id": "2", "type": "components", "attributes": { "id": 2, "name": "Login", "status": { "human": "Unknown", "value": 5 } } },
                { "id": "9", "type": "updates", "attributes": { "id": 9, "updateable_id": 3, "message": "Over.", "status": { "value": 4 }, "created": { "string": "2024-03-01 10:30:00" } } } ] }
            """);

        var slow = Assert.Single(read.Incidents);
        Assert.Equal(["We look.", "Over."], slow.Updates.Select(u => u.Body));
        Assert.Equal(IncidentStatus.Resolved, slow.Status);
        Assert.Null(Assert.Single(read.Components).Status);
        Assert.Equal(["Login"], Assert.Single(slow.Affected));
    }
}
