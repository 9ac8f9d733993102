using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Feeds;

public sealed class FeedTests
{
    [Fact]
    public void An_entry_is_cut_into_updates_and_the_year_is_found()
    {
        var incident = Assert.Single(As("feed", """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0"><channel><title>Heron Status - Incident History</title><link>https://status.example.com</link><item>
              <title>Slow &amp; slower</title><link>https://status.example.com/incidents/abc123</link><pubDate>Wed, 01 Jan 2014 00:30:00 -0800</pubDate>
              <description>&lt;p&gt;&lt;small&gt;Jan  1, 00:30 PST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - All &lt;b&gt;well&lt;/b&gt;.&lt;br /&gt;Really.&lt;/p&gt;&lt;p&gt;&lt;small&gt;Dec &lt;var data-var='date'&gt;31&lt;/var&gt;, &lt;var data-var='time'&gt;23:10&lt;/var&gt; PST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Update&lt;/strong&gt; - Looking.&lt;/p&gt;&lt;p&gt;&lt;small&gt;Dec 31, 23:00 PST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - Something.&lt;/p&gt;</description>
            </item></channel></rss>
            """).Incidents);

        Assert.Equal("abc123", incident.Key);
        Assert.Equal("Slow & slower", incident.Title);
        Assert.Equal([Utc("2014-01-01 07:00"), Utc("2014-01-01 07:10"), Utc("2014-01-01 08:30")], incident.Updates.Select(u => u.At!.Value));
        Assert.Equal([IncidentStatus.Investigating, null, IncidentStatus.Resolved], incident.Updates.Select(u => u.Status));
        Assert.Equal("All **well**.\nReally.", incident.Updates[2].Body);
        Assert.Equal(Utc("2014-01-01 08:30"), incident.ResolvedAt);
        Assert.Equal(IncidentStatus.Resolved, incident.Status);
    }

    [Fact]
    public void A_page_that_prints_winter_time_in_summer_is_read_by_its_offset() =>
        Assert.Equal(Utc("2013-08-12 23:49"), Assert.Single(As("feed", """
            <rss><channel><title>x</title><item><title>Slow</title><link>https://x/incidents/a</link><pubDate>Mon, 12 Aug 2013 16:49:00 -0700</pubDate>
            <description>&lt;p&gt;&lt;small&gt;Aug 12, 16:49 PST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Over.&lt;/p&gt;</description></item></channel></rss>
            """).Incidents).ResolvedAt);

    [Fact]
    public void A_plain_feed_is_one_update_an_entry()
    {
        var read = As("feed", """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Heron</title><entry><id>urn:1</id><title>[RESOLVED] Mail late</title>
              <link rel="self" href="https://a/self"/><link href="https://a/1"/><updated>2024-03-01T10:00:00Z</updated><content type="xhtml"><div>Late <p>mail</p></div></content></entry>
              <entry><id>urn:2</id><title>Planned upgrade</title><published>Mon, 07 Sep 2026 09:35:00 Z</published><summary>Tonight.</summary></entry></feed>
            """);

        var incident = Assert.Single(read.Incidents);
        Assert.Equal(("urn:1", "https://a/1", IncidentStatus.Resolved), (incident.Key, incident.Url, incident.Status!.Value));
        Assert.Equal("Late\n\nmail", Assert.Single(incident.Updates).Body);
        Assert.Equal(Utc("2026-09-07 09:35"), Assert.Single(read.Maintenances).ScheduledFor);
    }

    [Fact]
    public void A_feed_that_breaks_off_keeps_what_came_before()
    {
        var read = As("feed", """<rss><channel><title>Heron</title><item><title>One</title><guid>1</guid><pubDate>Tue, 07 Dec 2021 10:00:00 PST</pubDate></item><item><title>Tw""");

        Assert.Equal(Utc("2021-12-07 18:00"), Assert.Single(read.Incidents).StartedAt);
        Assert.Contains(read.Warnings, w => w.What.Contains("not whole XML", StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_type_is_not_read()
    {
        var read = As("feed", """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
            <rss><channel><title>&b;&f;</title></channel></rss>
            """);

        Assert.Empty(read.Incidents);
        Assert.Null(read.PageName);
        Assert.Contains(read.Warnings, w => w.What.Contains("document type", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hundred_thousand_tags_deep_is_a_fault_of_the_feed()
    {
        var read = As("feed", "<rss><channel><item><title>" + string.Concat(Enumerable.Repeat("<a>", 100_000)));

        Assert.Empty(read.Incidents);
        Assert.Contains(read.Warnings, w => w.What.Contains("not whole XML", StringComparison.Ordinal));
    }
}
