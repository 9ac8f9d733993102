using Candor.State;
using Candor.Tests.Importing.Monitors;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Upptime;

public sealed class UpptimeTests
{
    [Fact]
    public void A_repository_is_read_as_a_whole()
    {
        var read = As("upptime",
            (".upptimerc.yml", """
                owner: heron
                repo: status
                sites:
                  - name: Front Page
                    url: https://example.com
                    expectedStatusCodes: [200, 404]
                    maxResponseTime: 5000
                    headers: ["Authorization: Bearer $TOKEN", "Accept: text/html"]
                  - { name: Mail, url: mx.example.com, check: tcp-ping, port: 25 }
                status-website: { cname: status.example.com, name: Heron }
                """),
            ("history/front-page.yml", "url: https://example.com\nstatus: down\ncode: 500\nresponseTime: 12\nlastUpdated: 2024-03-01T10:00:00Z\nstartTime: 2023-01-01T00:00:00Z\ngenerator: Upptime <https://github.com/upptime/upptime>\n"),
            ("issues.json", """
                [ { "number": 4, "title": "🛑 Front Page is down", "state": "closed", "labels": [ { "name": "status" }, { "name": "front-page" } ], "body": "It was **down**.",
                    "created_at": "2024-03-01T10:00:00Z", "closed_at": "2024-03-01T10:20:00Z", "html_url": "https://example.com/4",
                    "comments": [ { "body": "**Resolved:** it is back up.", "created_at": "2024-03-01T10:20:00Z" } ] },
                  { "number": 5, "title": "Move", "state": "OPEN", "labels": [ "maintenance" ], "createdAt": "2024-04-01T10:00:00Z",
                    "body": "<!--\nstart: 2024-05-01T10:00:00.220Z\nend: 2024-05-01T12:00:00.220Z\nexpectedDown: mail\n-->\nWe move." },
                  { "number": 6, "title": "Typo", "state": "open", "labels": [], "created_at": "2024-04-01T10:00:00Z", "body": "x" } ]
                """));

        var yaml = SettingsOf.Whole(read);
        Assert.Contains("status: \"200, 404\"", yaml, StringComparison.Ordinal);
        Assert.Contains("tcp: mx.example.com:25", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", yaml, StringComparison.Ordinal);
        Assert.Equal("Heron", read.PageName);
        Assert.Equal([ComponentStatus.MajorOutage, null], read.Components.Select(c => c.Status));
        var down = Assert.Single(read.Incidents);
        Assert.Equal([IncidentStatus.Investigating, IncidentStatus.Resolved], down.Updates.Select(u => u.Status!.Value));
        Assert.Equal((Utc("2024-03-01 10:00"), Utc("2024-03-01 10:20")), (down.StartedAt!.Value, down.ResolvedAt!.Value));
        Assert.Equal(["Front Page"], Assert.Single(down.Affected));
        var move = Assert.Single(read.Maintenances);
        Assert.Equal(Utc("2024-05-01 10:00:00.220"), move.ScheduledFor);
        Assert.Equal(["Mail"], Assert.Single(move.Affected));
        Assert.Equal("We move.", move.Description);
        Assert.Contains(read.Warnings, w => w.What.Contains("no label", StringComparison.Ordinal));
    }
}
