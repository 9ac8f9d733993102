using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.BetterStack;

public sealed class BetterStackTests
{
    [Fact]
    public void A_report_ends_with_the_update_whose_resources_are_resolved()
    {
        var read = As("betterstack", """
            { "data": { "type": "status_page", "attributes": { "company_name": "Heron", "timezone": "Vienna", "custom_domain": "status.example.com" } }, "included": [
              { "id": "5", "type": "status_page_section", "attributes": { "name": "Web ", "position": 0 } },
              { "id": "7", "type": "status_page_resource", "attributes": { "status_page_section_id": 5, "public_name": "Login", "status": "not_monitored" } },
              { "id": "1", "type": "status_report", "attributes": { "title": "Slow", "report_type": "manual", "starts_at": "2024-03-01T10:00:00Z", "ends_at": null, "aggregate_state": "resolved",
                "affected_resources": [ { "status_page_resource_id": "7", "status": "resolved" } ] },
                "relationships": { "status_updates": { "data": [ { "id": "12" }, { "id": "11" }, { "id": "13" }, { "id": "99" } ] } } },
              { "id": "12", "type": "status_update", "attributes": { "message": "Better.", "published_at": "2024-03-01T10:10:00Z", "affected_resources": [ { "status_page_resource_id": "7", "status": "degraded" } ] } },
              { "id": "13", "type": "status_update", "attributes": { "message": "Over.", "published_at": "2024-03-01T10:30:00Z", "affected_resources": [ { "status_page_resource_id": "7", "status": "resolved" } ] } },
              { "id": "11", "type": "status_update", "attributes": { "message": "Down.", "published_at": "2024-03-01T10:00:00Z", "affected_resources": [ { "status_page_resource_id": "7", "status": "downtime" } ] } } ] }
            """);

        Assert.Equal([["Web"], ["Web", "Login"]], read.Components.Select(c => c.Path.ToArray()));
        Assert.Null(read.Components[1].Status);
        var slow = Assert.Single(read.Incidents);
        Assert.Equal([IncidentStatus.Investigating, null, IncidentStatus.Resolved], slow.Updates.Select(u => u.Status));
        Assert.Equal(Utc("2024-03-01 10:30"), slow.ResolvedAt);
        Assert.Equal([ComponentStatus.MajorOutage, ComponentStatus.DegradedPerformance], slow.Intervals.Select(i => i.Status));
        Assert.Contains(read.Warnings, w => w.What.Contains("1 of its updates", StringComparison.Ordinal));
    }
}
