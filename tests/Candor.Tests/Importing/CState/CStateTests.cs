using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.CState;

public sealed class CStateTests
{
    private const string Configuration = """
        title: Heron
        baseURL: https://status.example.com
        params:
          categories: [ { name: Web }, { name: Rest } ]
          systems:
            - { name: Login, category: Web, description: "How one gets in" }
            - { name: Mail, category: Rest }
        """;

    [Fact]
    public void A_repository_is_read_from_its_sources()
    {
        var read = As("cstate", ("config.yml", Configuration), ("content/issues/_index.md", "---\ntitle: x\n---\n"), ("content/issues/2024-03-01-slow.md", """
            ---
            title: Slow login
            date: 2024-03-01 10:00:00
            resolved: true
            resolvedWhen: 2024-03-01 11:00:00
            severity: down
            affected: [Login]
            section: issue
            ---
            *Resolved* - Well again. {{< track "2024-03-01 11:00:00" >}}

            And it stays so.

            **Investigating** - Looking. {{< track "2024-03-01 10:00:00" >}}
            """));

        Assert.Equal([["Web"], ["Rest"], ["Web", "Login"], ["Rest", "Mail"]], read.Components.Select(c => c.Path.ToArray()));
        var slow = Assert.Single(read.Incidents);
        Assert.Equal([IncidentStatus.Investigating, IncidentStatus.Resolved], slow.Updates.Select(u => u.Status!.Value));
        Assert.Equal(["Looking.", "Well again.\n\nAnd it stays so."], slow.Updates.Select(u => u.Body));
        Assert.Equal((Utc("2024-03-01 10:00"), Utc("2024-03-01 11:00"), Impact.Critical), (slow.StartedAt!.Value, slow.ResolvedAt!.Value, slow.Impact!.Value));
        Assert.Equal(["Web", "Login"], slow.Intervals[0].Component);
        Assert.Equal("2024-03-01-slow", slow.Key);
    }

    [Fact]
    public void Its_json_is_read_with_raw_line_feeds_and_truths_as_texts()
    {
        var read = As("cstate", "{ \"is\": \"issues\", \"cStateVersion\": \"6.0\", \"pages\": [ { \"title\": \"Slow\", \"description\": \"a\nb\", \"createdAt\": \"2025-04-10 13:00:00 +0000 UTC\","
            + " \"permalink\": \"https://x/issues/2025-slow/\", \"severity\": \"disrupted\", \"resolved\": \"true\", \"resolvedAt\": \"<no value>\", \"affected\": [\"Mail\"] } ] }");

        var slow = Assert.Single(read.Incidents);
        Assert.Equal(("2025-slow", IncidentStatus.Resolved, Impact.Major), (slow.Key, slow.Status!.Value, slow.Impact!.Value));
        Assert.Contains(read.Warnings, w => w.What.Contains("without saying when", StringComparison.Ordinal));
    }
}
