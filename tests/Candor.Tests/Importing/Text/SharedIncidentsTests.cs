using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;
using Candor.Tests.Pages;

namespace Candor.Tests.Importing.Text;

/// <summary>The five reports that Candor exists for, to the minute. The facts were read from them by eye.</summary>
public sealed class SharedIncidentsTests
{
    private const string NeedsReports = "needs the incident reports in ../shared/incidents";

    private static readonly string[] NoWarnings = [];

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Mail_down_has_its_night_its_tree_and_its_postmortem()
    {
        var text = SharedIncidents.Read("0-mail-down.heron-copier.txt");
        var incident = Told.Incident(text, Told.Hints with { Date = new(2026, 3, 9), Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") });

        Assert.Equal("Homepage is back up", incident.Title);
        Assert.Equal(["? Investigating", "? Resolved", "? Postmortem"], incident.Lines());
        Assert.StartsWith("Homepage is down at the moment. This incident was automatically created", incident.Updates[0].Body, StringComparison.Ordinal);
        Assert.Equal(["Frontend", "Frontend > Homepage"], incident.Paths());
        Assert.Equal(
            [
                "Frontend Operational 2026-03-09 23:09/2026-03-09 23:09", "Frontend MajorOutage 2026-03-09 23:09/2026-03-10 08:59",
                "Frontend > Homepage Operational 2026-03-09 23:09/2026-03-09 23:09", "Frontend > Homepage MajorOutage 2026-03-09 23:09/2026-03-10 08:59",
            ],
            incident.Stretches());
        Assert.Equal((Told.Utc("2026-03-09 23:09"), Told.Utc("2026-03-10 08:59")), (incident.StartedAt, incident.ResolvedAt));
        Assert.Equal((Impact.Critical, true, TimeSpan.FromHours(10)), (incident.Impact, incident.Automatic, incident.Lasted));
        Assert.Equal(
            ["Post-Mortem: Backend Incident", "What happened", "User impact", "Root cause", "What we changed", "Current status", "Bottom line"],
            incident.Postmortem!.Sections.Select(section => section.Heading));
        var words = text[text.IndexOf("Post-Mortem:", StringComparison.Ordinal)..text.IndexOf("  • Resolved", StringComparison.Ordinal)];
        Told.KeepsEveryWord(words, incident.Postmortem.Body);
        Assert.Equal(incident.Postmortem.Body.Length, incident.Updates[2].Body.Length);
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Mail_down_without_a_day_is_counted_back_from_now_and_says_so()
    {
        var read = Told.Read(SharedIncidents.Read("0-mail-down.heron-copier.txt"));

        Assert.Equal(Told.Utc("2026-03-09 19:09"), read.Incidents[0].StartedAt);
        Assert.Equal("Heron Copier", read.PageName);
        Assert.Equal(["give the day with --date 2026-03-09, or the right one", "give the zone with --zone Europe/Paris"], read.Warnings.Where(warning => warning.Assumes).Select(warning => warning.Remedy).Order(StringComparer.Ordinal));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Database_down_has_its_updates_in_two_zones()
    {
        var read = Told.Read(SharedIncidents.Read("1-database-down.batch-08-14.txt"), Told.Hints with { Date = new(2025, 8, 14), Title = "Database" });
        var incident = Assert.Single(read.Incidents);

        Assert.Equal(
            [
                "2025-08-14 12:23 Identified", "2025-08-14 13:33 Update", "2025-08-14 14:38 Update", "2025-08-14 15:36 Update",
                "2025-08-14 16:04 Monitoring", "2025-08-15 05:37 Resolved", "2025-08-21 07:11 Postmortem",
            ],
            incident.Lines());
        Assert.Equal((Told.Utc("2025-08-14 10:10"), Told.Utc("2025-08-15 05:37")), (incident.StartedAt, incident.ResolvedAt));
        Assert.Null(incident.Postmortem);
        Assert.Contains("* Webhooks are partially working", incident.Updates[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(incident.Updates, update => update.Body.Contains("Read details", StringComparison.Ordinal));
        Assert.Contains("As of August 14, 18:04 CEST:", incident.Updates[5].Body, StringComparison.Ordinal);
        Assert.Contains(read.Warnings, warning => warning.What.StartsWith("is only linked", StringComparison.Ordinal));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Database_down_without_a_year_is_the_last_such_day_and_says_so()
    {
        var read = Told.Read(SharedIncidents.Read("1-database-down.batch-08-14.txt"));

        Assert.Equal(Told.Utc("2025-08-14 12:23"), read.Incidents[0].Updates[0].At);
        Assert.Contains(read.Warnings, warning => warning.Assumes && warning.Remedy.Contains("--date 2025-08-", StringComparison.Ordinal));
        Assert.Contains(read.Warnings, warning => warning.Assumes && warning.Remedy.Contains("--title", StringComparison.Ordinal));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Account_lockout_has_its_day_in_prose_and_every_sentence()
    {
        var text = SharedIncidents.Read("2-account-lockout.recorder-2025-01-22.txt");
        var read = Told.Read(text);
        var incident = Assert.Single(read.Incidents);

        Assert.Equal("Incident Report – All Services Down", incident.Title);
        Assert.Equal((new DateOnly(2025, 1, 22), (DateTimeOffset?)null, TimeSpan.FromHours(1)), (incident.Day, incident.StartedAt, incident.Lasted));
        Assert.Equal(
            ["", "Incident Effects", "Who was affected", "What happened", "The detection and the fix", "Aftermath", "Plans for the future", "Final Thoughts"],
            incident.Postmortem!.Sections.Select(section => section.Heading));
        Told.KeepsEveryWord(text[text.IndexOf("The incident", StringComparison.Ordinal)..], incident.Postmortem.Body);
        Assert.Contains(read.Warnings, warning => warning.Remedy.Contains("--date 2025-01-22T14:05", StringComparison.Ordinal));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Account_lockout_takes_the_time_that_a_person_gives()
    {
        var incident = Told.Incident(
            SharedIncidents.Read("2-account-lockout.recorder-2025-01-22.txt"), Told.Hints with { Date = new(2025, 1, 22), Clock = new(13, 5), Zone = TimeZoneInfo.Utc });

        Assert.Equal((Told.Utc("2025-01-22 13:05"), Told.Utc("2025-01-22 14:05")), (incident.StartedAt, incident.ResolvedAt));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Blind_monitor_has_two_downtimes_and_three_groups()
    {
        var text = SharedIncidents.Read("3-blind-monitor.batch-2021-02-16.txt");
        var read = Told.Read(text);
        var incident = Assert.Single(read.Incidents);

        Assert.Equal(("Unavailability of our services", "Batch"), (incident.Title, read.PageName));
        Assert.Equal(
            [
                "2021-02-16 10:02 Investigating", "2021-02-16 10:05 Update", "2021-02-16 10:26 Identified", "2021-02-16 10:38 Monitoring",
                "2021-02-16 12:09 Resolved", "2021-02-17 16:53 Postmortem",
            ],
            incident.Lines());
        Assert.Equal(["2021-02-16 09:54/2021-02-16 09:57", "2021-02-16 10:15/2021-02-16 10:21"], incident.Down());
        Assert.Equal((Told.Utc("2021-02-16 09:54"), Told.Utc("2021-02-16 12:09")), (incident.StartedAt, incident.ResolvedAt));
        Assert.Equal(
            [
                "MEP Core Services > Dashboard", "MEP Core Services > In-app delivery", "MEP Core Services > Data ingestion",
                "Optional Services > Editorial dashboard", "Optional Services > Inbox",
                "[OLD_STATUSPAGE_MODEL] Webservices > Custom attributes", "[OLD_STATUSPAGE_MODEL] Webservices > Web push static resources",
                "API > [MEP] Campaigns API", "API > [MEP] Transactional API", "API > [MEP] Custom Data API", "API > [MEP] Transactional API for Partners",
            ],
            incident.Paths());
        Assert.Equal(["Summary", "First downtime", "Second downtime", "Conclusion"], incident.Postmortem!.Sections.Select(section => section.Heading));
        Assert.Equal(Told.Utc("2021-02-17 16:53"), incident.Postmortem.PublishedAt);
        Told.KeepsEveryWord(text[text.IndexOf("Summary", StringComparison.Ordinal)..text.IndexOf("Posted Feb 17", StringComparison.Ordinal)], incident.Postmortem.Body);
        Assert.Equal(15, read.Components.Length);
        Assert.Equal(NoWarnings, read.Warnings.Select(warning => warning.What));
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public void Last_node_has_its_facts_apart_from_its_timeline()
    {
        var text = SharedIncidents.Read("4-last-node.netop-2024-02-29.txt");
        var read = Told.Read(text);
        var incident = Assert.Single(read.Incidents);

        Assert.Equal(("connect.backdrop.cloud not loading", "Netop", Impact.None), (incident.Title, read.PageName, incident.Impact));
        Assert.Equal(
            [
                "2024-02-29 10:55 Investigating", "2024-02-29 12:55 Identified", "2024-02-29 14:23 Monitoring", "2024-02-29 17:15 Resolved",
                "2024-03-04 09:18 Postmortem",
            ],
            incident.Lines());
        Assert.Equal("We are currently investigating this issue.", incident.Updates[0].Body);
        Assert.Equal((Told.Utc("2024-02-29 10:55"), Told.Utc("2024-02-29 17:15"), new TimeSpan(6, 19, 0)), (incident.StartedAt, incident.ResolvedAt, incident.Lasted));
        Assert.Equal(["Remote access services", "Login", "Netop Portal frontendOnDemand"], incident.Paths());
        Told.KeepsEveryWord(text[text.IndexOf("A core component", StringComparison.Ordinal)..], incident.Postmortem!.Body);
        Assert.Contains(@"\(2 server nodes performing the same function\)", incident.Postmortem.Body, StringComparison.Ordinal);
        Assert.Equal(NoWarnings, read.Warnings.Select(warning => warning.What));
    }
}
