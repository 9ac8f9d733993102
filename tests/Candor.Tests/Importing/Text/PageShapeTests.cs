using Candor.Importing;
using Candor.Importing.Text;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Importing.Text;

/// <summary>Made-up incidents in the shapes of pages whose parts are easily taken for another part.</summary>
public sealed class PageShapeTests
{
    [Fact]
    public void Words_below_a_time_that_is_below_its_label_are_kept()
    {
        var incident = Told.Incident(
            """
            Orders are slow

            Resolved
            Mar 3, 2026, 04:20 PM UTC

            All orders go through.

            Monitoring
            Mar 3, 2026, 03:05 PM UTC (75 minutes earlier)

            A fix is in place.

            Investigating
            Mar 3, 2026, 02:14 PM UTC (51 minutes earlier)

            Orders take long.

            Affected components

            Shop
            Full outage

            Search
            Degraded performance
            """);

        Assert.Equal(["2026-03-03 14:14 Investigating", "2026-03-03 15:05 Monitoring", "2026-03-03 16:20 Resolved"], incident.Lines());
        Assert.Equal(["Orders take long.", "A fix is in place.", "All orders go through."], incident.Updates.Select(update => update.Body));
        Assert.Equal(["Shop", "Search"], incident.Paths());
    }

    [Fact]
    public void Words_with_a_time_below_them_and_no_label()
    {
        var incident = Told.Incident(
            """
            Heron System Status
            Incident
            Some people cannot send
            From 6:45 AM PST to 10:12 AM PST on February 26, 2026, people had trouble and experienced delays.
            Feb 26, 11:35 AM PST

            Everybody can send again.
            Feb 26, 10:20 AM PST

            Some people cannot send.
            We are looking into it.
            Feb 26, 7:04 AM PST
            """);

        Assert.Equal("Some people cannot send", incident.Title);
        Assert.Equal(["2026-02-26 15:04", "2026-02-26 18:20", "2026-02-26 19:35"], incident.Times());
        Assert.Equal("Some people cannot send.\nWe are looking into it.", incident.Updates[0].Body);
        Assert.Equal(["2026-02-26 14:45/2026-02-26 18:12"], incident.Down());
        Assert.Equal("2026-02-26 18:12", Told.Word(incident.ResolvedAt));
    }

    [Fact]
    public void A_badge_in_the_head_is_no_update_and_the_way_down_no_title()
    {
        var incident = Told.Incident(
            """
            Heron Status
            INCIDENT 2822
            Platform outage
            RESOLVED
            Duration: 15 hours, 24 minutes

            Resolved
            All is back to normal.
            Posted 7 months ago, Jun 10, 2025 21:42 UTC
            Investigating
            Engineers look into it.
            Posted 7 months ago, Jun 10, 2025 06:18 UTC
            """);

        Assert.Equal("Platform outage", incident.Title);
        Assert.Equal(["2025-06-10 06:18 Investigating", "2025-06-10 21:42 Resolved"], incident.Lines());
    }

    [Fact]
    public void Messages_between_brackets_are_updates_and_times_within_them_are_words()
    {
        var incident = Told.Incident(
            """
            ---
            title: LDAP is down
            date: 2021-10-01T08:00:00-00:00
            resolvedWhen: 2021-10-04T09:55:00-00:00
            severity: down
            ---

            [Final Message]
            The certificate has been replaced.

            - archives was back online at 09:55 UTC
            - ldap was back online at 09:55 UTC

            [edit]
            Nearly there.

            [Initial Message]
            Our LDAP server is down.
            """);

        Assert.Equal([IncidentStatus.Investigating, null, IncidentStatus.Resolved], incident.Updates.Select(update => update.Status));
        Assert.Equal("Our LDAP server is down.", incident.Updates[0].Body);
        Assert.EndsWith("- ldap was back online at 09:55 UTC", incident.Updates[2].Body, StringComparison.Ordinal);
        Assert.Null(incident.Postmortem);
    }

    [Fact]
    public void An_issue_of_one_message_is_an_update_and_no_report()
    {
        var incident = Told.Incident("---\ntitle: Sites are down\ndate: 2021-06-08T10:25:00-00:00\nseverity: down\n---\n\nMost sites are down.\n\nWe are working on it.\n");

        Assert.Equal(["2021-06-08 10:25 Investigating"], incident.Lines());
        Assert.Null(incident.Postmortem);
    }

    [Fact]
    public void A_line_that_bounds_the_incident_and_a_report_after_its_end()
    {
        var incident = Told.Incident(
            """
            Heron Cloud Service Health
            Incidents
            Many products have trouble

            Incident began at 2026-02-12 10:51 and ended at 2026-02-12 18:18 (all times are US/Pacific).

            Date	Time	Description
            13 Feb 2026	16:45 PST
            Incident Report
            Root cause
            A new feature was added that followed a path which nobody had exercised before, and its policy had empty fields. The binary ended in a loop in every region within seconds, and it took long to see why.

            12 Feb 2026	11:46 PST
            Summary: Many products have trouble
            """);

        Assert.Equal("Many products have trouble", incident.Title);
        Assert.Equal(("2026-02-12 18:51", "2026-02-13 02:18"), (Told.Word(incident.StartedAt), Told.Word(incident.ResolvedAt)));
        Assert.Equal([null, IncidentStatus.Postmortem], incident.Updates.Select(update => update.Status));
        Assert.StartsWith("Incident Report", incident.Postmortem!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_review_with_notes_that_have_their_day_behind_the_time()
    {
        var incident = Told.Incident(
            """
            03/12
            Post Incident Review – Front door – Connectivity in several regions

            What happened?

            Between 09:15 UTC and 11:30 UTC on 12 March 2026, customers may have experienced timeouts.

            How did we respond?

            09:15 UTC on 12 March 2026 – Customer impact began.
            09:58 UTC on 12 March 2026 – We blocked all further changes.
            11:30 UTC on 12 March 2026 – Customer impact was over.
            """,
            Told.Hints with { Now = Told.Utc("2026-03-20 00:00") });

        Assert.Equal("Post Incident Review – Front door – Connectivity in several regions", incident.Title);
        Assert.Equal(["2026-03-12 09:15 Update", "2026-03-12 09:58 Update", "2026-03-12 11:30 Update"], incident.Lines().Select(line => line.Replace("Resolved", "Update", StringComparison.Ordinal)));
        Assert.Equal("We blocked all further changes.", incident.Updates[1].Body);
    }

    [Fact]
    public void A_table_is_a_timeline_with_the_zone_of_its_head()
    {
        var incident = Told.Incident(
            """
            # Outage on November 18, 2025

            On 18 November 2025 the network failed.

            | Time (PST) | Status | What happened |
            | --- | --- | --- |
            | 03:05 | Normal. | A change was deployed. |
            | 03:32-05:05 | At work. | The team looked into elevated errors. |
            | 06:30 | Main impact resolved. | A good file went out. |
            | 09:06 | All services resolved. | Impact ends. |
            """);

        Assert.Equal(["2025-11-18 11:05 Update", "2025-11-18 11:32 Update", "2025-11-18 14:30 Update", "2025-11-18 17:06 Resolved"], incident.Lines());
        Assert.Equal("Normal. — A change was deployed.", incident.Updates[0].Body);
        Assert.Empty(incident.Downtimes);
    }

    [Theory]
    [InlineData("- 10:10 UTC Incident resolved and told to all\n- 18:00 UTC We began to write this", "Resolved|Update")]
    [InlineData("- 10:10 UTC We believe the incident is resolved\n- 18:00 UTC It was not", "Update|Update")]
    public void A_note_that_tells_the_end_ends_it(string notes, string expected)
    {
        var incident = Told.Incident("# Outage\n\n## Timeline\n\n- 2026-02-03 09:00 UTC Alarms\n" + notes.Replace("- 1", "- 2026-02-03 1", StringComparison.Ordinal));

        Assert.Equal("Update|" + expected, string.Join('|', incident.Updates.Select(update => update.Status?.ToString() ?? "Update")));
    }

    [Fact]
    public void A_short_report_around_one_note_is_kept()
    {
        const string text = "# Pods were evicted\n\n## Timeline\n\n- 2023-02-01 - Summary written\n\n## What went wrong\n\n- Critical pods were evicted when the monitoring began to scrape two hundred nodes at once.\n- The scheduler may have run into its limits.\n";

        Told.KeepsEveryWord(text[text.IndexOf("## Timeline", StringComparison.Ordinal)..], Told.Incident(text).Postmortem!.Body);
    }

    [Fact]
    public void A_heading_with_a_range_and_a_time_with_a_dot()
    {
        Assert.Equal(
            ["2018-01-18 08:04", "2018-01-18 08:20", "2018-01-18 08:24"],
            Told.Incident("# Hub\n\nAll times in UTC\n\n### 2018-01-18 8:04\n\nTim leaves.\n\n### 8:20 - 8:24\n\nTwo discuss.\n\n### 8:24\n\nThe hub is full.\n").Times());
        Assert.Equal(
            ["2023-09-18 15:12", "2023-09-18 15:26"],
            Told.Incident("# Disks\n\nAll times in UTC\n\n- 2023-09-18 15:12 Declared\n- 2023-09-18 15.26 Compared the disks\n").Times());
    }

    [Fact]
    public void Sentences_that_belong_to_no_update_are_named()
    {
        var read = Told.Read("Mail is slow\n\nWe had trouble with two of our relays.\n\nResolved - Mail is fast.\nFeb 3, 2026, 11:30 UTC\nInvestigating - Mail is slow.\nFeb 3, 2026, 09:10 UTC\n");

        Assert.Contains(read.Warnings, warning => warning.Where.Contains("two of our relays", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("# Incident log\n\n### Incident on 2023-09-18 - No space left\n\n- First detected: 2023-09-18 13:42\n- Resolved 2023-09-20 19:18\n\n### Incident on 2023-08-04 - Logs were dropped\n\n- First detected: 2023-08-04 09:14\n- Resolved 2023-08-10 14:47\n", "Incident on 2023-08-04 - Logs were dropped")]
    [InlineData("Past Incidents\nJan 12, 2026\nErrors of the API\nResolved - It is over.\nJan 12, 01:15 PST\nInvestigating - We look.\nJan 11, 22:55 PST\nJan 11, 2026\n\nNo incidents reported.\n\nJan 10, 2026\nLogins fail\nResolved - They work.\nJan 10, 14:02 PST\nInvestigating - Some cannot log in.\nJan 10, 13:40 PST\n", "Logins fail")]
    public void Several_incidents_in_one_text_are_refused_and_named(string text, string second)
    {
        var refusal = ReportReader.Read(text, Told.Hints, TestContext.Current.CancellationToken).Refusal!;

        Assert.Contains("2 reports", refusal.What, StringComparison.Ordinal);
        Assert.Contains(second, refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_of_an_article_that_looks_like_an_update_makes_no_page_of_updates()
    {
        var incident = Told.Incident(
            """
            # We lost six hours of data

            Yesterday we had a serious incident with one of our databases and lost six hours of it.

            Update 6:14pm UTC: the shop is back

            At 2017/01/31 6pm UTC, we found that somebody hammered the database. At 2017/01/31 11pm-ish UTC, we gave up.
            """);

        Assert.NotNull(incident.Postmortem);
        Assert.DoesNotContain(incident.Updates, update => update.Body.StartsWith("ish", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Behoben\nAlles geht.\n12. März 2026, 16:40 Uhr MEZ", "2026-03-12 15:40")]
    [InlineData("Résolu\nTout va.\n12 mars 2026 à 18h05 CET", "2026-03-12 17:05")]
    [InlineData("Resuelto\nTodo va.\n12 de marzo de 2026, 18:05 CET", "2026-03-12 17:05")]
    public void Months_of_other_languages_behind_a_day(string text, string time) =>
        Assert.Equal([time + " Resolved"], Told.Incident("Mail\n\n" + text, Told.Hints with { Now = Told.Utc("2026-03-20 00:00") }).Lines());

    [Fact]
    public void Of_two_orders_of_day_and_month_only_one_may_lie_in_the_past()
    {
        var read = Told.Read("API errors\n[Resolved] 12/02/2026 16:20 UTC\nAll good.\n[Investigating] 12/02/2026 14:05 UTC\nWe look.\n");

        Assert.Equal(["2026-02-12 14:05", "2026-02-12 16:20"], read.Incidents[0].Times());
        Assert.Empty(read.Warnings);
    }

    [Theory]
    [InlineData("# Postmortem: builders are broken\n\n14:44 - 2023-04-11 UTC\n", "Postmortem: builders are broken")]
    [InlineData("Postmortem: Web outage\n\nOn 2024-05-12 at 10:00 UTC the web servers failed.\n", "Postmortem: Web outage")]
    [InlineData("Heron Engine Incident #16015\nNetworking issue\n\nOn 2024-05-12 at 10:00 UTC the web servers failed.\n", "Networking issue")]
    public void A_named_report_and_a_numbered_incident(string text, string title) => Assert.Equal(title, Told.Incident(text).Title);

    [Fact]
    public void A_comment_over_several_lines_is_not_said()
    {
        var incident = Told.Incident("---\ntitle: LDAP is down\ndate: 2021-10-01T08:00:00-00:00\nseverity: down\n---\n<!-- [Final message]\n\nAll is well.\n\n---- -->\n[Initial Message]\nIt is down.\n");

        Assert.Equal(["It is down."], incident.Updates.Select(update => update.Body));
    }

    [Fact]
    public void A_maintenance_that_is_completed_has_said_that_it_ended() => Assert.Empty(Told.Read(
        "Upgrade\nScheduled Maintenance Report for Heron\nCompleted\nDone.\nPosted Feb 08, 2026 - 04:10 UTC\nScheduled\nWe will upgrade the database.\nPosted Feb 01, 2026 - 10:00 UTC\n").Warnings);

    [Fact]
    public void An_incident_that_was_opened_again_is_one()
    {
        var incident = Told.Incident("Errors\n\nResolved - It is over.\nJan 12, 2026 03:15 UTC\nInvestigating - They are back.\nJan 12, 2026 02:55 UTC\nResolved - Gone.\nJan 12, 2026 02:15 UTC\nInvestigating - We look.\nJan 12, 2026 01:55 UTC\n");

        Assert.Equal(4, incident.Updates.Length);
    }
}
