using System.Text;
using Candor.Importing;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Statuspage;

public sealed class StatuspageTests
{
    private const string Page = """ "page":{"id":"abcdefghijkl","name":"Heron","url":"https://status.example.com","time_zone":"Europe/Vienna"} """;

    [Fact]
    public void A_group_and_its_children_become_paths()
    {
        var read = As("statuspage", $$"""
            { {{Page}}, "components": [
                { "id": "c2", "name": "Login", "status": "partial_outage", "group_id": "g1", "position": 2, "description": null },
                { "id": "g1", "name": "Frontend", "status": "operational", "group": true, "components": ["c2"] },
                { "id": "c3", "name": "Login", "status": "operational", "group_id": "nowhere" } ] }
            """);

        Assert.Equal("Heron", read.PageName);
        Assert.Equal("Europe/Vienna", read.TimeZone);
        Assert.Equal(["Frontend", "Login"], read.Components[0].Path);
        Assert.Equal(ComponentStatus.PartialOutage, read.Components[0].Status);
        Assert.Equal(2, read.Components[0].Order);
        Assert.True(read.Components[1].IsGroup);
        Assert.Equal(["Login"], read.Components[2].Path);
        Assert.Contains(read.Warnings, w => w.What.Contains("a group that is not listed", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_that_lie_in_each_other_end()
    {
        var read = As("statuspage", $$"""
            { {{Page}}, "components": [
                { "id": "a", "name": "A", "status": "operational", "group": true, "group_id": "b" },
                { "id": "b", "name": "B", "status": "operational", "group": true, "group_id": "a" } ] }
            """);

        Assert.Equal(2, read.Components.Length);
        Assert.All(read.Components, c => Assert.InRange(c.Path.Length, 1, SourceLimits.TreeDepthMax));
    }

    [Fact]
    public void Siblings_of_one_name_stay_two()
    {
        var read = As("statuspage", $$"""
            { {{Page}}, "components": [ { "id": "a", "name": "API", "status": "operational" }, { "id": "b", "name": "API", "status": "operational" } ] }
            """);

        Assert.Equal([["API"], ["API (2)"]], read.Components.Select(c => c.Path.ToArray()));
    }

    [Fact]
    public void Updates_are_told_by_the_time_that_readers_saw()
    {
        var incident = Assert.Single(As("statuspage", $$"""
            { {{Page}}, "incidents": [ { "id": "i1", "name": " Slow \n pages ", "status": "resolved", "impact": "major", "created_at": "2024-03-01T15:30:00Z",
                "started_at": "2024-03-01T08:47:00-07:00", "resolved_at": "2024-03-01T15:30:00Z", "shortlink": "https://stspg.io/x",
                "incident_updates": [
                  { "id": "u2", "status": "resolved", "body": "Over.\r\nTruly.", "display_at": "2024-03-01T15:30:00Z", "affected_components": null },
                  { "id": "u1", "status": "identified", "body": "Found.", "display_at": "2024-03-01T14:10:00Z", "created_at": "2024-03-01T15:29:00Z",
                    "affected_components": [ { "code": "c9", "name": "Frontend - Login", "old_status": "operational", "new_status": "major_outage" } ] } ],
                "components": [ { "id": "c9", "name": "Login", "status": "operational" } ] } ] }
            """).Incidents);

        Assert.Equal("Slow pages", incident.Title);
        Assert.Equal(Utc("2024-03-01 14:10"), incident.StartedAt);
        Assert.Equal(Utc("2024-03-01 15:30"), incident.ResolvedAt);
        Assert.Equal(Impact.Major, incident.Impact);
        Assert.Equal(["Found.", "Over.\nTruly."], incident.Updates.Select(u => u.Body));
        var interval = Assert.Single(incident.Intervals);
        Assert.Equal(["Frontend", "Login"], interval.Component);
        Assert.Equal((ComponentStatus.MajorOutage, Utc("2024-03-01 14:10"), Utc("2024-03-01 15:30")), (interval.Status, interval.From, interval.Until));
        Assert.Equal(["Frontend", "Login"], Assert.Single(incident.Affected));
    }

    [Fact]
    public void A_postmortem_is_told_twice_and_ends_nothing()
    {
        var incident = Assert.Single(As("statuspage", $$"""
            { {{Page}}, "incidents": [ { "id": "i1", "name": "Slow", "status": "postmortem", "impact": "none", "incident_updates": [
                { "status": "postmortem", "body": "# Cause\nA cable.\n# Cure\nAnother.", "display_at": "2024-03-02T10:00:00Z" },
                { "status": "resolved", "body": "Over.", "display_at": "2024-03-01T10:00:00Z" } ] } ] }
            """).Incidents);

        Assert.Equal(IncidentStatus.Postmortem, incident.Status);
        Assert.Equal(Utc("2024-03-01 10:00"), incident.ResolvedAt);
        Assert.Equal([IncidentStatus.Resolved, IncidentStatus.Postmortem], incident.Updates.Select(u => u.Status!.Value));
        Assert.Equal(Utc("2024-03-02 10:00"), incident.Postmortem!.PublishedAt);
        Assert.Equal([("Cause", "A cable."), ("Cure", "Another.")], incident.Postmortem.Sections.Select(s => (s.Heading, s.Body)));
    }

    [Fact]
    public void Lists_of_management_are_read_together()
    {
        var read = As("statuspage",
            ("components.json", """[ { "id": "c1", "page_id": "p", "name": "Login", "status": "operational", "group_id": "g1" } ]"""),
            ("groups.json", """[ { "id": "g1", "page_id": "p", "name": "Frontend", "components": ["c1"], "description": "What people see" } ]"""),
            ("incidents.json", """
                [ { "id": "i1", "page_id": "p", "name": "Slow", "status": "resolved", "impact": "minor", "resolved_at": "2024-03-01T10:00:00Z",
                    "postmortem_body": "Draft.", "postmortem_published_at": null, "incident_updates": [] },
                  { "id": "i2", "page_id": "p", "name": "Move", "status": "completed", "impact": "maintenance", "scheduled_for": "2024-04-01T10:00:00Z",
                    "scheduled_until": "2024-04-01T11:00:00Z", "incident_updates": [ { "status": "scheduled", "body": "We move.", "display_at": "2024-03-20T10:00:00Z",
                    "affected_components": [ { "code": "c1", "name": "Frontend - Login", "new_status": "under_maintenance" } ] } ] } ]
                """),
            ("page.json", """{ "id": "p", "name": "Heron", "subdomain": "heron", "domain": "status.example.com", "time_zone": "Etc/UTC" }"""));

        Assert.Equal("Heron", read.PageName);
        Assert.Contains(read.Components, c => c.Path.SequenceEqual(["Frontend", "Login"]));
        Assert.Null(Assert.Single(read.Incidents).Postmortem);
        Assert.Contains(read.Warnings, w => w.What.Contains("never published", StringComparison.Ordinal));
        var move = Assert.Single(read.Maintenances);
        Assert.Equal((Utc("2024-04-01 10:00"), Utc("2024-04-01 11:00"), "completed"), (move.ScheduledFor!.Value, move.ScheduledUntil!.Value, move.Status));
        Assert.Equal(["Frontend", "Login"], Assert.Single(move.Affected));
    }

    [Theory]
    [InlineData("""{ "page": 5, "incidents": [] }""")]
    [InlineData("""{ "page": {}, "incidents": {} }""")]
    [InlineData("""[ 1, 2, 3 ]""")]
    [InlineData("null")]
    public void What_is_not_a_status_page_is_not_taken_for_an_empty_one(string json) =>
        Assert.Equal("unknown_kind", Try(("x.json", json)).Refusal!.Code);

    [Fact]
    public void Odd_members_of_an_incident_hurt_nothing()
    {
        var read = As("statuspage", $$"""
            { {{Page}}, "incidents": [ { "id": 12, "name": "Slow", "status": [], "impact": 7, "incident_updates": [ null, 5, { "body": {}, "display_at": "soon" },
                { "status": "on fire", "body": "x", "display_at": 1709287800 } ], "components": "all" }, { "id": "n", "name": null, "status": "resolved", "incident_updates": null } ] }
            """);

        var incident = Assert.Single(read.Incidents);
        Assert.Equal("12", incident.Key);
        Assert.Null(incident.Status);
        Assert.Contains(incident.Updates, u => u.At == Utc("2024-03-01 10:10") && u.Status is null);
        Assert.Contains(read.Warnings, w => w.What.Contains("on fire", StringComparison.Ordinal));
        Assert.Contains(read.Warnings, w => w.What.Contains("no name", StringComparison.Ordinal));
    }

    [Fact]
    public void Three_megabytes_take_less_than_two_seconds()
    {
        var history = new StringBuilder($$"""{ {{Page}}, "incidents": [""");
        for (var i = 0; history.Length < 3_000_000; i++)
        {
            history.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                { "id": "i{{i}}", "name": "Incident {{i}}", "status": "resolved", "impact": "minor", "incident_updates": [
                  { "id": "b{{i}}", "status": "resolved", "body": "{{new string('x', 800)}}", "display_at": "2024-03-01T11:00:00Z", "affected_components": [ { "code": "c1", "name": "API", "new_status": "operational" } ] },
                  { "id": "a{{i}}", "status": "investigating", "body": "{{new string('y', 800)}}", "display_at": "2024-03-01T10:00:00Z", "affected_components": [ { "code": "c1", "name": "API", "new_status": "major_outage" } ] } ] }
                """);
        }

        var bytes = Encoding.UTF8.GetBytes(history.Append("] }").ToString());
        var read = ImportSources.Read([new SourceFile("incidents.json", bytes)]);

        ThreadWork.IsBounded(TimeSpan.FromSeconds(2), () => ImportSources.Read([new SourceFile("incidents.json", bytes)]));
        Assert.InRange(read.Imported!.Incidents.Length, 1_000, 3_000);
        Assert.All(read.Imported.Incidents, i => Assert.Single(i.Intervals));
    }
}
