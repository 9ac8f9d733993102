using Candor.Importing;
using Candor.State;

namespace Candor.Tests.Importing.Text;

/// <summary>Made-up reports of the kinds that people paste, odd in the ways in which such texts are: each read right, or with a warning that names what is not.</summary>
public sealed class OddTextTests
{
    private static ImportHints On(int year, int month, int day) => Told.Hints with { Date = new(year, month, day), Zone = TimeZoneInfo.Utc };

    [Fact]
    public void Intervals_over_midnight_of_twelve_hours_without_a_day()
    {
        var incident = Told.Incident(
            """
            Pelican Post - API gateway is back up – Incident details

            All systems operational

            API gateway is back up

            Resolved
            Partial outage
            Started 3 days agoLasted about 2 hours

            Affected

            Platform

            Operational from 11:58 PM to 11:58 PM, Partial outage from 11:58 PM to 12:07 AM, Degraded performance from 12:07 AM to 2:00 AM

            Updates
              • Resolved
                Resolved
                API gateway is back up. This incident was automatically resolved by Instatus monitoring.
              • Monitoring
                Monitoring
                A fix is in place.
              • Investigating
                Investigating
                API gateway is down at the moment.
            """,
            On(2026, 2, 3));

        Assert.Equal(
            [
                "Platform Operational 2026-02-03 23:58/2026-02-03 23:58", "Platform PartialOutage 2026-02-03 23:58/2026-02-04 00:07",
                "Platform DegradedPerformance 2026-02-04 00:07/2026-02-04 02:00",
            ],
            incident.Stretches());
        Assert.Equal((Told.Utc("2026-02-03 23:58"), Told.Utc("2026-02-04 02:00"), true), (incident.StartedAt, incident.ResolvedAt, incident.Automatic));
        Assert.Equal(["? Investigating", "? Monitoring", "? Resolved"], incident.Lines());
    }

    [Fact]
    public void Zones_mixed_and_the_start_only_in_later_words()
    {
        var incident = Told.Incident(
            """
            Resolved -
            Everything has been stable since 02:10 CEST.
            Sep 02, 00:41 UTC
            Monitoring -
            As of September 2nd, 01:55 CEST the queue is empty.
            Sep 01, 23:58 UTC
            Update -
            We will provide further updates in 30 minutes.
            Sep 01, 22:31 UTC
            Identified -
            We have been experiencing a storage issue since September 1st, 23:50 CEST.
            * Webhooks (v1, v2) are late
            Sep 01, 22:04 UTC
            Investigating -
            We are looking into failed exports.
            Sep 01, 21:59 UTC
            """,
            On(2025, 9, 1) with { Title = "Exports fail" });

        Assert.Equal((Told.Utc("2025-09-01 21:50"), Told.Utc("2025-09-02 00:41")), (incident.StartedAt, incident.ResolvedAt));
        Assert.Equal(5, incident.Updates.Length);
        Assert.Contains("* Webhooks (v1, v2) are late", incident.Updates[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_words_about_long_ago_are_no_start()
    {
        var incident = Told.Incident(
            """
            Slow search
            Incident Report for Pelican
            Resolved
            The disk has been in service since March 3rd, 2019, 10:00 UTC and was replaced.
            Posted Feb 03, 2026 - 11:30 UTC
            Investigating
            Search is slow.
            Posted Feb 03, 2026 - 09:10 UTC
            """);

        Assert.Null(incident.StartedAt);
    }

    [Fact]
    public void The_day_and_the_hours_within_one_sentence()
    {
        var incident = Told.Incident(
            """
            Incident Report – Uploads Unavailable
            The incident happened on the 3rd of November, 2024, between 14:05 and 15:20 (CET).
            Incident Effects
            Uploads failed with errors in the 500 range.
            Who was affected
            Customers in the EU region only.
            What happened
            A certificate was replaced by one for another name.
            """);

        Assert.Equal(("Incident Report – Uploads Unavailable", Told.Utc("2024-11-03 13:05"), Told.Utc("2024-11-03 14:20")), (incident.Title, incident.StartedAt, incident.ResolvedAt));
        Assert.Equal(["2024-11-03 13:05/2024-11-03 14:20"], incident.Down());
    }

    [Fact]
    public void Three_downtimes_over_midnight_and_brackets_in_a_list()
    {
        var incident = Told.Incident(
            """
            Checkout errors

            Incident Report for Pelican

            Resolved

            This incident relates to three separate downtimes:

              • The first one starting at 23:50 UTC, ending at 23:58 UTC.
              • The second one starting at 0:15 UTC, ending at 0:21 UTC.
              • The third one starting at 1:05 AM UTC, ending at 1:06 AM UTC.

            See [this dashboard](https://pelican.example/d) and \(the other one\).
            Posted Jun 02, 2023 - 03:09 UTC

            Investigating

            We are aware that checkout fails since 23:50 UTC.
            Posted Jun 01, 2023 - 23:59 UTC
            This incident affected: Shop (Checkout, Cart (beta), Search), [LEGACY] Webhooks, API ([v1] Orders API, [v2] Orders API for Partners), and Admin.
            """);

        Assert.Equal(["2023-06-01 23:50/2023-06-01 23:58", "2023-06-02 00:15/2023-06-02 00:21", "2023-06-02 01:05/2023-06-02 01:06"], incident.Down());
        Assert.Equal(
            ["Shop > Checkout", "Shop > Cart (beta)", "Shop > Search", "[LEGACY] Webhooks", "API > [v1] Orders API", "API > [v2] Orders API for Partners", "Admin"],
            incident.Paths());
        Assert.Contains(@"\(the other one\)", incident.Updates[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_year_within_and_names_that_ran_together()
    {
        var read = Told.Read(
            """
            Pelican incident

            files.pelican.example slow to load

            Notice Resolved View vendor source →

            Pelican experienced a notice incident on December 31, 2023 affecting File storage and Search and 2 more components, lasting 3h 05m. The incident has been resolved; the full update timeline is below.

            Started
            Dec 31, 2023, 11:10 PM UTC
            Resolved
            Jan 01, 2024, 02:15 AM UTC
            Duration
            3h 5m

            Affected components

            File storageSearchThumbnailsPreview

            Update timeline

              1. investigating Dec 31, 2023, 11:10 PM UTC

                We are looking into it.

              2. resolved Jan 01, 2024, 02:15 AM UTC

                A full disk \(on one of 3 nodes\).
            """);
        var incident = Assert.Single(read.Incidents);

        Assert.Equal((Told.Utc("2023-12-31 23:10"), Told.Utc("2024-01-01 02:15"), new TimeSpan(3, 5, 0)), (incident.StartedAt, incident.ResolvedAt, incident.Lasted));
        Assert.Equal("2024-01-01 02:15 Resolved", incident.Lines().Last());
        Assert.Contains(read.Warnings, warning => warning.What.Contains("without a gap", StringComparison.Ordinal));
    }

    [Fact]
    public void Posted_in_three_zones()
    {
        var incident = Told.Incident(
            """
            Login failures

            Resolved
            This incident has been resolved.
            Posted 2 days ago. Mar 07, 2026 - 11:45 EST
            Monitoring
            A fix has been implemented.
            Posted 2 days ago. Mar 07, 2026 - 16:20 UTC
            Investigating
            Some logins fail since 4:55 PM CET.
            Posted 2 days ago. Mar 07, 2026 - 17:02 CET
            """);

        Assert.Equal(["2026-03-07 16:02 Investigating", "2026-03-07 16:20 Monitoring", "2026-03-07 16:45 Resolved"], incident.Lines());
        Assert.Equal(Told.Utc("2026-03-07 15:55"), incident.StartedAt);
    }

    [Fact]
    public void A_relative_start_is_counted_back_and_said()
    {
        var read = Told.Read(
            """
            Messages delayed

            Started about 26 hours ago · Lasted 45 minutes

            Affected
            Messaging
            Degraded performance from 9:30 AM to 10:15 AM

            Updates
            Resolved
            All messages are delivered.
            Investigating
            Messages are delayed.
            """);

        Assert.Equal((Told.Utc("2026-03-09 09:30"), Told.Utc("2026-03-09 10:15")), (read.Incidents[0].StartedAt, read.Incidents[0].ResolvedAt));
        Assert.Contains(read.Warnings, warning => warning is { Assumes: true, Remedy: "give the day with --date 2026-03-09, or the right one" });
    }

    [Fact]
    public void What_says_nothing_of_its_end_and_is_long_past_is_not_open_today()
    {
        var read = Told.Read(
            """
            Major Outage Report, 12 May 2025

            At 8.30 am BST on Monday 12 May 2025 the booking site stopped taking payments.

            Timeline (all times BST)

            8:30 am – payments fail
            8:42 am – first alarm
            12:05 pm – customers are told
            """);

        Assert.Equal((Told.Utc("2025-05-12 11:05"), IncidentStatus.Resolved), (read.Incidents[0].ResolvedAt, read.Incidents[0].Status));
        Assert.Contains(read.Warnings, warning => warning.Assumes && warning.What.Contains("read as over at its last word, 2025-05-12 11:05 UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_does_not_exist_is_named()
    {
        var read = Told.Read("Dashboard down\n\nIdentified - We found it.\nFeb 30, 2026 25:61 UTC\nInvestigating - Dashboard is down.\nFeb 28, 23:55 UTC\n");

        Assert.Contains(read.Warnings, warning => warning.Where == "“Feb 30, 2026 25:61 UTC”" && warning.What.Contains("none that exists", StringComparison.Ordinal));
    }

    [Fact]
    public void An_end_before_the_start_is_the_next_day_or_left_out_and_said()
    {
        const string head = "Incident: DNS trouble\nDate: 2025-03-04\n";
        const string words = "\nUpdates\n\nInvestigating\nNames do not resolve.\n";
        var overnight = Told.Read(head + "Start: 22:00 UTC\nEnd: 9:30 UTC\n" + words);
        var wrong = Told.Read(head + "Start: 2025-03-04 22:00 UTC\nEnd: 2025-03-03 09:30 UTC\n" + words);

        Assert.Equal(Told.Utc("2025-03-05 09:30"), overnight.Incidents[0].ResolvedAt);
        Assert.Contains(overnight.Warnings, warning => warning.Assumes && warning.What.Contains("2025-03-05", StringComparison.Ordinal));
        Assert.Null(wrong.Incidents[0].ResolvedAt);
        Assert.Contains(wrong.Warnings, warning => warning.Assumes && warning.What.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_that_reads_both_ways_is_said_and_settled_by_a_date()
    {
        const string text = "Slow\nIncident Report for Pelican\nResolved\nOver.\nPosted 03/04/2025 11:30 UTC\n";
        var read = Told.Read(text);

        Assert.Contains(read.Warnings, warning => warning.Remedy.Contains("--date 2025-03-04 or --date 2025-04-03", StringComparison.Ordinal));
        Assert.Equal(["2025-04-03 11:30"], Told.Incident(text, On(2025, 4, 3)).Times());
        Assert.Equal(["2025-03-04 11:30"], Told.Incident(text, On(2025, 3, 4)).Times());
        Assert.Empty(Told.Read(text, On(2025, 4, 3)).Warnings);
    }

    [Fact]
    public void A_subject_with_the_status_in_brackets()
    {
        var incident = Told.Incident("[Resolved] Slow search\n\nUpdate 2: Jan 5, 2026 4:40 PM PST - Search is fast again.\nUpdate 1: Jan 5, 2026 2:10 PM PST - Search is slow.\n");

        Assert.Equal("Slow search", incident.Title);
        Assert.True(incident.Status >= IncidentStatus.Resolved, $"It is {incident.Status}.");
    }

    [Fact]
    public void Labels_in_another_language()
    {
        var incident = Told.Incident(
            """
            Störung: Anmeldung nicht möglich

            Behoben
            Die Anmeldung geht wieder.
            12.03.2025, 14:05 MEZ
            In Untersuchung
            Die Anmeldung ist nicht möglich.
            12.03.2025, 13:20 MEZ
            """);

        Assert.Equal(["2025-03-12 12:20 Investigating", "2025-03-12 13:05 Resolved"], incident.Lines());
        Assert.Equal("Störung: Anmeldung nicht möglich", incident.Title);
    }
}
