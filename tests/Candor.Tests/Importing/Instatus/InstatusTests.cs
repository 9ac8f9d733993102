using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Instatus;

public sealed class InstatusTests
{
    [Fact]
    public void The_old_page_has_open_and_past_notices()
    {
        var read = As("instatus", """
            <html><script id="__NEXT_DATA__" type="application/json">{ "instatus": 1, "props": { "pageProps": { "site": { "name": "Heron", "customDomain": "status.example.com", "components": [
                { "id": "a", "name": "Login", "status": "MAJOROUTAGE", "order": 2, "group": { "id": "g", "name": "Web" } }, { "id": "b", "name": "Mail", "status": "OPERATIONAL", "order": 1, "group": null } ] },
              "activeIncidents": [ { "id": "i", "name": "Slow", "status": "IDENTIFIED", "impact": "PARTIALOUTAGE", "started": "2024-03-01T10:00:00Z", "resolved": null, "components": [ { "id": "a", "name": "Login" } ],
                "updates": [ { "id": "u", "started": "2024-03-01T10:00:00Z", "status": "IDENTIFIED", "message": "Found." } ] } ], "activeMaintenances": [],
              "dailyGroupedNotices": [ { "notices": [ { "id": "i", "name": "Slow", "status": "IDENTIFIED", "started": "2024-03-01T10:00:00Z", "updates": [] },
                { "id": "m", "name": "Move", "status": "COMPLETED", "started": "2024-02-01T10:00:00Z", "duration": "90", "updates": [] } ] } ] } } }</script></html>
            """);

        Assert.Equal(("Heron", "https://status.example.com"), (read.PageName, read.PageUrl));
        Assert.Equal([["Mail"], ["Web", "Login"], ["Web"]], read.Components.Select(c => c.Path.ToArray()));
        var slow = Assert.Single(read.Incidents);
        Assert.Equal((IncidentStatus.Identified, Impact.Major, "Found."), (slow.Status!.Value, slow.Impact!.Value, Assert.Single(slow.Updates).Body));
        Assert.Equal(["Web", "Login"], Assert.Single(slow.Affected));
        Assert.Equal((Utc("2024-02-01 11:30"), "completed"), (Assert.Single(read.Maintenances).ScheduledUntil!.Value, read.Maintenances[0].Status));
    }

    [Fact]
    public void A_summary_without_its_lists_is_good_news()
    {
        var read = As("instatus", """{ "page": { "name": "Heron", "url": "https://status.example.com", "status": "UP" } }""");

        Assert.Equal("Heron", read.PageName);
        Assert.Empty(read.Incidents);
    }
}
