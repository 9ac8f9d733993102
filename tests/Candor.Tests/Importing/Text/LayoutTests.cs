using Candor.Importing;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing.Text;

/// <summary>Made-up incidents in the layouts of many pages: one made-up incident, told as each of them would.</summary>
public sealed class LayoutTests
{
    private static readonly string[] Four = ["2026-02-03 09:10 Investigating", "2026-02-03 09:40 Identified", "2026-02-03 10:05 Monitoring", "2026-02-03 11:30 Resolved"];

    [Fact]
    public void Label_above_and_posted_below()
    {
        var incident = Told.Incident(
            """
            Orders are slow
            Incident Report for Heron
            Resolved
            This incident has been resolved.
            Posted 3 years ago. Feb 03, 2026 - 03:30 PST
            Monitoring
            A fix is in place.
            We watch it.
            Posted 3 years ago. Feb 03, 2026 - 02:05 PST
            Identified
            A full disk.
            Posted 3 years ago. Feb 03, 2026 - 01:40 PST
            Investigating
            Orders take long.
            Posted 3 years ago. Feb 03, 2026 - 01:10 PST
            This incident affected: Shop (Orders, Cart) and Search.
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal("A fix is in place.\nWe watch it.", incident.Updates[2].Body);
        Assert.Equal(["Shop > Orders", "Shop > Cart", "Search"], incident.Paths());
    }

    [Fact]
    public void Label_with_a_dash_and_the_time_below_under_a_day_with_its_year()
    {
        var incident = Told.Incident(
            """
            Feb 3, 2026
            Orders are slow

            Resolved - This incident has been resolved.
            Feb 3, 11:30 UTC
            Monitoring - A fix is in place.
            Feb 3, 10:05 UTC
            Identified - A full disk.
            Feb 3, 09:40 UTC
            Investigating - Orders take long.
            Feb 3, 09:10 UTC
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal("Orders are slow", incident.Title);
        Assert.Equal("A full disk.", incident.Updates[1].Body);
    }

    [Fact]
    public void Label_then_time_then_words()
    {
        var incident = Told.Incident(
            """
            Orders are slow
            Affected components
            Orders
            Cart

            Updates

            Resolved
            Tue, Feb 3, 2026, 11:30 AM UTC (3 weeks ago)
            This incident has been resolved.

            Monitoring
            Tue, Feb 3, 2026, 10:05 AM UTC (3 weeks ago)
            A fix is in place.

            Identified
            Tue, Feb 3, 2026, 09:40 AM UTC (3 weeks ago)
            A full disk.

            Investigating
            Tue, Feb 3, 2026, 09:10 AM UTC (3 weeks ago)
            Orders take long.
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal(["Orders", "Cart"], incident.Paths());
    }

    [Fact]
    public void Time_then_bracketed_label_oldest_first_in_two_zones()
    {
        var incident = Told.Incident(
            """
            Orders are slow
            Components
            Orders, Cart
            February 3, 2026 4:10AM EST
            February 3, 2026 9:10AM UTC
            [Investigating] Orders take long.

            February 3, 2026 4:40AM EST
            February 3, 2026 9:40AM UTC
            [Identified] A full disk.

            February 3, 2026 5:05AM EST
            February 3, 2026 10:05AM UTC
            [Monitoring] A fix is in place.

            February 3, 2026 6:30AM EST
            February 3, 2026 11:30AM UTC
            [Resolved] This incident has been resolved.
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal("Orders take long.", incident.Updates[0].Body);
    }

    [Fact]
    public void Words_of_another_page_for_the_same_states()
    {
        var incident = Told.Incident(
            """
            # Orders are slow

            **Investigating** Tuesday 3rd February 2026 09:10:00 UTC
            Orders take long.

            **Identified** Tuesday 3rd February 2026 09:40:00 UTC
            A full disk.

            **Watching** Tuesday 3rd February 2026 10:05:00 UTC
            A fix is in place.

            **Fixed** Tuesday 3rd February 2026 11:30:00 UTC
            Done.
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal("Orders are slow", incident.Title);
    }

    [Fact]
    public void Tracked_times_of_a_site_generator()
    {
        var incident = Told.Incident(
            """
            ---
            title: Orders are slow
            date: 2026-02-03 09:10:00 UTC
            resolved: true
            resolvedWhen: 2026-02-03 11:30:00 UTC
            severity: down
            affected:
              - Orders
            section: issue
            ---

            *Resolved* - This incident has been resolved. {{< track "2026-02-03 11:30:00" >}}

            *Monitoring* - A fix is in place. {{< track "2026-02-03 10:05:00" >}}

            **Identified** - A full disk. {{< track "2026-02-03 09:40:00" >}}

            **Investigating** - Orders take long. {{< track "2026-02-03 09:10:00" >}}
            """);

        Assert.Equal(Four, incident.Lines());
        Assert.Equal((Impact.Critical, "Orders", "Orders take long."), (incident.Impact, incident.Paths().Single(), incident.Updates[0].Body));
    }

    [Fact]
    public void Feed_markup()
    {
        var incident = Told.Incident(
            "<p><small>Feb <var data-var='date'>3</var>, <var data-var='time'>11:30</var> UTC</small><br><strong>Resolved</strong> - Over.</p>"
            + "<p><small>Feb 3, 10:05 UTC</small><br><strong>Monitoring</strong> - A <a href='https://heron.example/fix'>fix</a> is in place.<br/><br/>- one<br/>- two</p>"
            + "<p><small>Feb 3, 09:40 UTC</small><br><strong>Identified</strong> - A full disk on February 3, 2026.</p>"
            + "<p><small>Feb 3, 09:10 UTC</small><br><strong>Investigating</strong> - Orders take &gt; 10 s.</p>",
            Told.Hints with { Title = "Orders" });

        Assert.Equal(Four, incident.Lines());
        Assert.Equal("A [fix](https://heron.example/fix) is in place.\n\n- one\n- two", incident.Updates[2].Body);
        Assert.Equal("Orders take > 10 s.", incident.Updates[0].Body);
    }

    [Fact]
    public void Clock_times_under_headings_and_over_midnight()
    {
        var incident = Told.Incident(
            """
            # Orders were slow

            All times are in CET.

            Orders were slow for a long evening and the early morning, because a disk was full and nobody had been told about it in time.
            We are sorry for it and describe here what happened, why it happened, and what we do so that it cannot happen again in this way.
            The disk is on the machine that keeps the orders; it fills by about a gigabyte a day, and its alarm had been muted in the summer.

            ## Timeline

            - 22:50: orders take long
            - 23:55 - the disk is found full
              and is cleaned
            - 00:20: orders are fast

            ## What we do

            On 3 February 2026 we unmuted the alarm.
            """,
            Told.Hints with { Date = new(2026, 2, 2) });

        Assert.Equal(["2026-02-02 21:50", "2026-02-02 22:55", "2026-02-02 23:20"], incident.Times());
        Assert.Equal("the disk is found full\nand is cleaned", incident.Updates[1].Body.Replace("  and", "and", StringComparison.Ordinal));
        Assert.Equal(["", "Timeline", "What we do"], incident.Postmortem!.Sections.Select(section => section.Heading));
    }

    [Fact]
    public void Intervals_that_end_on_a_later_day_go_on_from_one_another()
    {
        var incident = Told.Incident(
            """
            Heron - Orders are slow – Incident details

            Orders are slow

            Resolved
            Partial outage
            Started 3 days ago, Lasted about 26 hours

            Affected

            Orders

            Degraded performance from 11:40 PM to 12:10 AM, Partial outage from 12:10 AM to 4:00 AM, Operational from 4:00 AM to 4:30 AM

            Updates

            • Resolved
            Resolved
            Over.
            • Investigating
            Investigating
            Orders take long.
            """,
            Told.Hints with { Date = new(2026, 2, 3), Zone = TimeZoneInfo.Utc });

        Assert.Equal(
            ["Orders DegradedPerformance 2026-02-03 23:40/2026-02-04 00:10", "Orders PartialOutage 2026-02-04 00:10/2026-02-04 04:00", "Orders Operational 2026-02-04 04:00/2026-02-04 04:30"],
            incident.Stretches());
        Assert.Equal(["? Investigating", "? Resolved"], incident.Lines());
        Assert.Equal(Impact.Major, incident.Impact);
    }

    [Fact]
    public void Maintenance_is_told_apart()
    {
        var read = Told.Read(
            """
            Database upgrade
            Scheduled Maintenance Report for Heron
            Completed
            The scheduled maintenance has been completed.
            Posted Feb 03, 2026 - 12:00 UTC
            In progress
            Scheduled maintenance is currently in progress.
            Posted Feb 03, 2026 - 10:00 UTC
            Scheduled
            We upgrade the database on Feb 03, 2026 10:00 - 12:00 UTC.
            Posted Jan 29, 2026 - 09:00 UTC
            This scheduled maintenance affected: Shop (Orders).
            """);

        var maintenance = Assert.Single(read.Maintenances);
        Assert.Empty(read.Incidents);
        Assert.Equal((Told.Utc("2026-02-03 10:00"), Told.Utc("2026-02-03 12:00"), "completed"), (maintenance.ScheduledFor, maintenance.ScheduledUntil, maintenance.Status));
        Assert.Equal(["scheduled", "in_progress", "completed"], maintenance.Updates.Select(update => update.Status));
    }

    [Fact]
    public void The_same_incident_has_the_same_key_also_when_more_was_said()
    {
        const string first = "Orders are slow\nIncident Report for Heron\n";
        const string opening = "Investigating\nOrders take long.\nPosted Feb 03, 2026 - 09:10 UTC\n";
        const string closing = "Resolved\nOver.\nPosted Feb 03, 2026 - 11:30 UTC\n";

        Assert.Equal(Told.Incident(first + opening).Key, Told.Incident(first + closing + opening).Key);
        Assert.NotEqual(Told.Incident(first + opening).Key, Told.Incident("Cart is slow\n" + opening).Key);
    }

    [Fact]
    public void A_word_at_the_beginning_of_a_sentence_is_no_label()
    {
        var incident = Told.Incident(
            """
            Orders are slow
            Incident Report for Heron
            Resolved
            Resolved the issue by cleaning the disk.
            Update: the alarm is unmuted, too.
            Posted Feb 03, 2026 - 11:30 UTC
            Investigating
            Orders take long.
            Posted Feb 03, 2026 - 09:10 UTC
            """);

        Assert.Equal(2, incident.Updates.Length);
        Assert.Equal("Resolved the issue by cleaning the disk.\nUpdate: the alarm is unmuted, too.", incident.Updates[1].Body);
    }

    [Fact]
    public void Letters_that_name_several_zones_are_said()
    {
        var read = Told.Read("Slow\nIncident Report for Heron\nResolved\nOver.\nPosted Feb 03, 2026 - 11:30 IST\n");

        Assert.Equal("2026-02-03 06:00", Told.Word(read.Incidents[0].Updates[0].At));
        Assert.Contains(read.Warnings, warning => warning.What.Contains("several zones", StringComparison.Ordinal));
    }
}
