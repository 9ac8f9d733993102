using Candor.Importing;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing.Text;

/// <summary>Real reports of many pages. The facts were read from them by eye.</summary>
public sealed class SharedTextsTests
{
    private const string NeedsTexts = "needs the report texts in ../shared/incident-texts";

    [Theory(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    [InlineData("anthropic-elevated-errors-2024.txt", "Elevated error rates on 3.5 Sonnet and 3 Opus", 13, "2024-08-08 06:15", "2024-08-09 00:29")]
    [InlineData("characterai-outage-2024.txt", "Outage", 11, "2023-12-19 01:01", "2023-12-19 09:15")]
    [InlineData("openai-major-outage-2023.txt", "Major Outage across ChatGPT and API", 7, "2023-11-08 13:54", "2023-11-16 01:35")]
    [InlineData("google-cloud-incident-2022.txt", "Global: Experiencing Issue with Cloud networking", 6, "2021-11-16 18:10", "2021-11-23 02:29")]
    [InlineData("github-incident-2026.html", "Incident with GitHub.com", 36, "2026-08-17 13:40", "2026-08-17 21:15")]
    [InlineData("crates-io-incident-report.md", "crates.io incident report for 2020-02-20", 17, "2020-02-20 21:17", "2020-02-21 14:10")]
    [InlineData("jenkins-aci-agents-2021.md", "ACI agents fail to allocate for ci.jenkins.io", 14, "2021-05-29 22:37", "2021-05-30 02:09")]
    [InlineData("moj-cloud-platform-ingress-2021.md", "Incident on 2021-07-12 - All ingress resources using *apps.live-1 domain names stop working", 4, "2021-07-12 15:44", "2021-07-13 11:49")]
    [InlineData("mybinder-cpu-saturated-2018.md", "2018-07-30 JupyterLab builds saturate BinderHub CPU", 9, "2018-07-30 18:20", "2018-07-30 22:11")]
    [InlineData("pypi-leaked-token-2024.md", "Incident Report: Leaked GitHub Personal Access Token", 5, "?", "2024-06-28 11:26")]
    [InlineData("rubygems-postmortem-2014-08.md", "Post-Mortem of Today's Connectivity Issues", 1, "2014-08-07 08:43", "2014-08-07 08:43")]
    [InlineData("rust-dns-outage-postmortem.md", "DNS Outage on 2023-01-25", 2, "2023-01-25 09:15", "2023-01-25 09:30")]
    [InlineData("yandex-cloud-report-2024-10-16.html", "Partial network unavailability", 14, "2024-10-16 09:00", "2024-10-16 16:30")]
    public void Each_has_its_title_its_entries_and_their_first_and_last_minute(string file, string title, int entries, string first, string last)
    {
        var incident = Told.Incident(SharedTexts.Read(file));
        var times = incident.Times().ToList();

        Assert.Equal((title, entries, first, last), (incident.Title, times.Count, times[0], times[^1]));
    }

    [Theory(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    [InlineData("anthropic-elevated-errors-2024.txt", "claude.ai|api.anthropic.com|Claude on Vertex AI")]
    [InlineData("characterai-outage-2024.txt", "Character.AI")]
    [InlineData("openai-major-outage-2023.txt", "API|ChatGPT")]
    [InlineData("google-cloud-incident-2022.txt", "Google Cloud Networking|Cloud Run|Google App Engine|Google Cloud Functions|Apigee|Cloud Load Balancing")]
    [InlineData("jenkins-aci-agents-2021.md", "ci.jenkins.io")]
    public void Affected_components_are_those_that_are_named(string file, string paths) =>
        Assert.Equal(paths, string.Join('|', Told.Incident(SharedTexts.Read(file)).Paths().Take(6)));

    [Theory(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    [InlineData("openai-major-outage-2023.txt", "2023-11-08 13:42/2023-11-08 15:16")]
    [InlineData("google-cloud-incident-2022.txt", "2021-11-16 17:35/2021-11-16 19:28")]
    [InlineData("github-incident-2026.html", "2026-08-17 13:28/2026-08-17 21:15")]
    [InlineData("rubygems-postmortem-2014-08.md", "2014-08-07 08:43/2014-08-07 14:07")]
    [InlineData("yandex-cloud-report-2024-10-16.html", "")]
    public void Downtimes_are_those_that_the_words_bound(string file, string down) =>
        Assert.Equal(down, string.Join('|', Told.Incident(SharedTexts.Read(file)).Down()));

    [Theory(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    [InlineData("2i2c-carbonplan-outage-2023.md", "2023-01-23", "2023-01-23 Upgrading ingress-nginx caused brief outage in carbonplan")]
    [InlineData("homebrew-security-incident-2018.md", "2018-07-31", "Security Incident Disclosure")]
    public void A_report_without_a_time_of_day_has_its_day(string file, string day, string title)
    {
        var incident = Told.Incident(SharedTexts.Read(file));

        Assert.Equal((day, title, (DateTimeOffset?)null), (incident.Day?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), incident.Title, incident.StartedAt));
    }

    [Theory(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    [InlineData("2i2c-carbonplan-outage-2023.md", "### Summary")]
    [InlineData("crates-io-incident-report.md", "On 2020-02-20")]
    [InlineData("homebrew-security-incident-2018.md", "On 31st")]
    [InlineData("jenkins-aci-agents-2021.md", "A plugin upgrade")]
    [InlineData("moj-cloud-platform-ingress-2021.md", "- **Key")]
    [InlineData("mybinder-cpu-saturated-2018.md", "## Summary")]
    [InlineData("rubygems-postmortem-2014-08.md", "The RubyGems")]
    [InlineData("rust-dns-outage-postmortem.md", "On Wednesday")]
    public void A_report_is_its_own_postmortem_word_for_word(string file, string from)
    {
        var text = SharedTexts.Read(file);

        Told.KeepsEveryWord(text[text.IndexOf(from, StringComparison.Ordinal)..], Told.Incident(text).Postmortem!.Body);
    }

    [Fact(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    public void Google_tells_health_and_the_last_report_is_the_postmortem()
    {
        var incident = Told.Incident(SharedTexts.Read("google-cloud-incident-2022.txt"));

        Assert.Equal([IncidentStatus.Investigating, null, null, IncidentStatus.Resolved, null, IncidentStatus.Postmortem], incident.Updates.Select(update => update.Status));
        Assert.Equal((Told.Utc("2021-11-16 17:34"), Told.Utc("2021-11-16 19:28")), (incident.StartedAt, incident.ResolvedAt));
        Assert.Contains("Root Cause", incident.Postmortem!.Sections.Select(section => section.Heading));
    }

    [Fact(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    public void Front_matter_gives_start_end_and_severity()
    {
        var incident = Told.Incident(SharedTexts.Read("jenkins-aci-agents-2021.md"));

        Assert.Equal((Told.Utc("2021-05-29 22:41"), "2021-05-30 02:11", Impact.Major), (incident.StartedAt, Told.Word(incident.ResolvedAt), incident.Impact));
    }

    [Fact(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    public void Clock_times_without_a_day_stay_words_until_a_day_is_given()
    {
        var text = SharedTexts.Read("aws-event-2021-12-07.html");
        var read = Told.Read(text);

        Assert.Equal(["2:54 PM PST", "3:00 PM PST", "4:31 PM PST"], read.Incidents[0].Updates.Select(update => update.Said?.Trim()));
        Assert.Equal(["?", "?", "?"], read.Incidents[0].Times());
        Assert.Contains(read.Warnings, warning => warning.Remedy.Contains("--date", StringComparison.Ordinal));

        var dated = Told.Incident(text, Told.Hints with { Date = new(2021, 12, 7) });
        Assert.Equal(["2021-12-07 22:54", "2021-12-07 23:00", "2021-12-08 00:31"], dated.Times());
        Assert.StartsWith("We have temporarily disabled", dated.Updates[0].Body, StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsTexts, SkipWhen = nameof(SharedTexts.Missing), SkipType = typeof(SharedTexts))]
    public void A_feed_item_keeps_its_order_its_postmortem_and_its_lists()
    {
        var incident = Told.Incident(SharedTexts.Read("parse-incident-postmortem-2013.html"), Told.Hints with { Date = new(2013, 12, 24) });

        Assert.Equal(["2013-12-24 16:58 Investigating", "2013-12-24 19:21 Resolved", "2013-12-26 18:22 Postmortem"], incident.Lines());
        Assert.Contains("\n* Rearchitecting our client discovery process", incident.Postmortem!.Body, StringComparison.Ordinal);
        Assert.EndsWith("[Help & Community](https://parse.com/help) portal.", incident.Postmortem.Body, StringComparison.Ordinal);
    }
}
