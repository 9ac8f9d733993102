using System.Globalization;

namespace Candor.Tests.Importing;

/// <summary>
/// Recordings of real pages keep their counts: components without groups, groups, incidents, their updates and reports,
/// maintenances and theirs, and the days on which the first and the last began.
/// </summary>
public sealed class SamplesTests
{
    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [InlineData("statuspage", "statuspage/bitbucket-summary-2021-04-28-maintenances.json", "12 components, 2 incidents, 4 updates, 10 maintenances, 10 maintenance updates", "days")]
    [InlineData("statuspage", "statuspage/cloudflare-summary-2022-06-21.json", "322 components, 8 groups, 1 incidents, 2 updates; 2022-06-21 to 2022-06-21")]
    [InlineData("statuspage", "statuspage/cloudflare-summary-2024-06-20.json", "423 components, 8 groups, 1 incidents, 1 updates, 23 maintenances, 43 maintenance updates; 2024-06-03 to 2024-06-20")]
    [InlineData("statuspage", "statuspage/contentful-incidents-2024-01-31-excerpt.json", "4 incidents, 10 updates; 2023-12-14 to 2024-01-29")]
    [InlineData("statuspage", "statuspage/digitalocean-summary-2024-11-29.json", "187 components, 15 groups, 1 incidents, 10 updates; 2024-11-29 to 2024-11-29")]
    [InlineData("statuspage", "statuspage/github-components-with-problem.json", "10 components")]
    [InlineData("statuspage", "statuspage/github-summary-2023-05-09.json", "11 components, 1 incidents, 29 updates; 2023-05-09 to 2023-05-09")]
    [InlineData("statuspage", "statuspage/github-summary-2024-01-09.json", "11 components, 1 incidents, 22 updates; 2024-01-09 to 2024-01-09")]
    [InlineData("statuspage", "statuspage/instructure-summary.json", "21 components, 3 groups, 1 incidents, 11 updates; 2021-12-07 to 2021-12-07")]
    [InlineData("statuspage", "statuspage/jira-summary-2022-04-17.json", "11 components, 1 incidents, 53 updates; 2022-04-05 to 2022-04-05")]
    [InlineData("statuspage", "statuspage/linode-components-problems.json", "62 components, 6 groups")]
    [InlineData("statuspage", "statuspage/netlify-summary-2025-02-18.json", "32 components, 1 groups, 2 incidents, 10 updates; 2025-02-16 to 2025-02-18")]
    [InlineData("statuspage", "statuspage/opsgenie-summary-2022-04-17.json", "45 components, 2 groups, 1 incidents, 52 updates; 2022-04-05 to 2022-04-05")]
    [InlineData("statuspage", "statuspage/qualys-components.json", "259 components, 12 groups")]
    [InlineData("statuspage", "statuspage/shop-incident-2016-retroactive.json", "1 incidents, 2 updates; 2016-09-03 to 2016-09-03")]
    [InlineData("statuspage", "statuspage/statuspage-meta-incident-2016-major.json", "1 incidents, 3 updates; 2016-02-18 to 2016-02-18")]
    [InlineData("statuspage", "statuspage/statuspage-meta-summary-2022-04-17.json", "40 components, 9 groups, 1 incidents, 36 updates; 2022-04-05 to 2022-04-05")]
    [InlineData("statuspage", "statuspage/trello-summary-2026-05-26.json", "5 components, 1 incidents, 17 updates; 2026-05-17 to 2026-05-17")]
    [InlineData("statuspage", "statuspage/webhook-component-example.json", "1 components")]
    [InlineData("statuspage", "statuspage/webhook-incident-example.json", "1 incidents, 1 updates")]
    [InlineData("feed", "statuspage/github-history-2026-08-22.atom", "25 incidents, 178 updates; 2026-07-25 to 2026-08-20")]
    [InlineData("feed", "statuspage/parse-history-2014-01.rss", "17 incidents, 38 updates, 1 postmortems; 2013-07-22 to 2014-01-01")]
    [InlineData("feed", "generic-feeds/lambstatus-demo-history.rss", "2 incidents, 6 updates, 1 maintenances, 1 maintenance updates; 2017-05-13 to 2017-05-13")]
    [InlineData("incidentio", "incidentio/aiven-page-minor.html", "2 components, 1 incidents, 4 updates; 2026-03-01 to 2026-03-01")]
    [InlineData("incidentio", "incidentio/linear-page.html", "6 components, 6 incidents, 26 updates; 2026-03-02 to 2026-03-11")]
    [InlineData("incidentio", "incidentio/openai-compat-incidents-2026-08-27-excerpt-a.json", "3 incidents, 10 updates; 2026-08-20 to 2026-08-27")]
    [InlineData("incidentio", "incidentio/openai-compat-summary-2026-07-09.json", "25 components")]
    [InlineData("incidentio", "incidentio/planetscale-proxy-incidents-2023-05.json", "2 incidents, 10 updates; 2023-05-09 to 2023-05-17")]
    [InlineData("instatus", "instatus/gcore-components.json", "3 components, 3 groups")]
    [InlineData("instatus", "instatus/instatus-own-summary-2025-10.json", "2 incidents; 2023-12-13 to 2023-12-13")]
    [InlineData("instatus", "instatus/whereby-page-2023-03.html", "4 components, 1 incidents, 1 updates; 2023-03-01 to 2023-03-01")]
    [InlineData("instatus", "instatus/whereby-page.html", "4 components, 3 incidents; 2026-02-16 to 2026-03-03")]
    [InlineData("betterstack", "betterstack/betterstack-index-2026-09-07-trimmed.json", "3 components, 2 groups, 2 incidents, 4 updates, 1 maintenances; 2026-09-03 to 2026-09-04")]
    [InlineData("betterstack", "betterstack/buildjet-page.html", "")]
    [InlineData("cachet", "cachet/demo-v1-components.json", "6 components, 2 groups")]
    [InlineData("cachet", "cachet/demo-v1-incidents.json", "2 incidents, 6 updates; 2026-09-12 to 2026-09-12")] // four and each incident's own message
    [InlineData("cstate", "cstate/torproject-index-2025-05-01.json", "15 components, 5 groups")]
    [InlineData("gatus", "gatus/endpoints-statuses-test-output.json", "1 components, 1 groups")]
    [InlineData("upptime", "upptime/concat-lab-history-summary-2026-02-23.json", "2 components")]
    [InlineData("upptime", "upptime/electisec-history-summary.json", "10 components")]
    [InlineData("uptime-kuma", "uptime-kuma/status-page-demo.json", "2 components, 1 groups, 1 incidents, 1 updates, 1 maintenances; 2026-09-12 to 2026-09-12")]
    [InlineData("google-cloud", "google-cloud/incidents-2020-11-07-old-schema.json", "155 incidents, 524 updates; 2019-11-11 to 2020-11-05", "postmortems")]
    [InlineData("google-cloud", "google-cloud/incidents-2022-07-03.json", "157 incidents, 770 updates; 2021-07-07 to 2022-07-01", "postmortems")]
    [InlineData("google-cloud", "google-cloud/incidents-2026-08-20.json", "5 incidents, 42 updates; 2026-02-27 to 2026-08-20", "postmortems")]
    [InlineData("aws", "aws/status-data-2021-12-08.json", "462 incidents, 1546 updates; 2018-05-10 to 2021-12-08")]
    [InlineData("aws", "aws/status-data-2022-07-03.json", "86 incidents, 352 updates; 2021-06-24 to 2022-06-16")]
    [InlineData("aws", "aws/public-currentevents-2026-03-01-trimmed.json", "1 incidents, 3 updates; 2026-03-01 to 2026-03-01")]
    [InlineData("slack", "slack/current-2021-10-01.json", "1 incidents, 9 updates; 2021-09-30 to 2021-09-30")]
    [InlineData("slack", "slack/current-2022-12-14.json", "3 incidents, 19 updates; 2022-12-14 to 2022-12-14")]
    [InlineData("slack", "slack/current-ok-2020-10-14.json", "")]
    [InlineData("slack", "slack/history-2026-08-excerpt-a.json", "2 incidents, 6 updates; 2026-07-28 to 2026-08-06")]
    [InlineData("salesforce", "salesforce/trust-instance-POD114-2023-04-02.json", "5 components, 1 incidents, 2 updates, 1 maintenances, 1 maintenance updates", "days")]
    [InlineData("statusio", "statusio/gitlab-status-2026-08-27.json", "23 components")]
    [InlineData("pagerduty", "pagerduty/pagerduty-page-good.html", "80 incidents, 318 updates; 2022-06-21 to 2023-12-11", "postmortems")]
    [InlineData("datocms", "datocms-git/2023-10-30-cloudflare-cloudflare-pages-workers-kv-and-cloudf.json", "1 incidents, 2 updates; 2023-10-30 to 2023-10-30")]
    [InlineData("datocms", "datocms-git/2023-11-02-high-response-times-on-cma-and-cda-admin-interfac.json", "1 incidents, 4 updates; 2023-11-02 to 2023-11-02")]
    [InlineData("datocms", "datocms-git/2024-10-08-high-response-times-on-cma-and-cda-admin-interfac.json", "1 incidents, 12 updates; 2024-10-08 to 2024-10-08")]
    [InlineData("datocms", "datocms-git/2025-02-03-login-page-not-working-causing-browser-stalling.json", "1 incidents, 6 updates; 2025-02-03 to 2025-02-03")]
    [InlineData("datocms", "datocms-git/maintenance-2019-12-23-community-and-site-search-unavailable.json", "1 maintenances, 4 maintenance updates; 2019-12-27 to 2019-12-27")]
    [InlineData("datocms", "datocms-git/maintenance-2023-02-27-maintenance-on-our-billing-system.json", "1 maintenances, 5 maintenance updates; 2023-03-04 to 2023-03-04")]
    [InlineData("microsoft365", "microsoft365/graph-healthissues-2021.json", "2 incidents, 9 updates, 1 postmortems; 2021-08-02 to 2021-11-17")]
    [InlineData("microsoft365", "microsoft365/graph-healthoverviews.csv", "29 components")]
    [InlineData("apple", "apple/developer-system-status-2020-11-02.json", "33 components, 8 incidents, 8 updates, 2 maintenances, 2 maintenance updates; 2020-10-09 to 2020-11-02")]
    [InlineData("oracle", "oracle/oci-components-2026-08-excerpt.json", "6 components, 2 groups")]
    [InlineData("oracle", "oracle/oci-status-2026-08-25.json", "")]
    [InlineData("uptimecom", "uptimecom/history-2026-09.json", "2 incidents, 2 updates, 1 maintenances, 1 maintenance updates", "days")]
    [InlineData("ohdear", "ohdear/phpnet-feed.json", "8 components, 2 incidents, 3 updates; 2024-11-24 to 2024-11-24")]
    [InlineData("oneuptime", "oneuptime/docs-public-api-example-1.json", "2 components, 1 groups")]
    [InlineData("yandex-cloud", "yandex-cloud/incident-2024-10-16-report.json", "1 incidents, 1 postmortems; 2024-10-16 to 2024-10-16", "updates")]
    [InlineData("yandex-cloud", "yandex-cloud/services.json", "74 components")]
    [InlineData("statuspage-csv", "statuspage-scrape-csv/openai-history-202303-202305.csv", "45 incidents, 158 updates, 8 postmortems", "days")]
    public void A_recording_keeps_its_counts(string source, string path, string counts, string uncounted = "") =>
        Assert.Equal(counts, Counts(Reads.Sample(source, path), uncounted));

    /// <param name="uncounted">What nobody has counted in this recording.</param>
    private static string Counts(Candor.Importing.Imported read, string uncounted)
    {
        (int Count, string Word)[] counts =
        [
            (read.Components.Count(c => !c.IsGroup), "components"),
            (read.Components.Count(c => c.IsGroup), "groups"),
            (read.Incidents.Length, "incidents"),
            (read.Incidents.Sum(i => i.Updates.Length), "updates"),
            (read.Incidents.Count(i => i.Postmortem is not null), "postmortems"),
            (read.Maintenances.Length, "maintenances"),
            (read.Maintenances.Sum(m => m.Updates.Length), "maintenance updates"),
            (read.Monitors.Length, "monitors"),
        ];
        var said = string.Join(", ", counts.Where(c => c.Count > 0 && c.Word != uncounted).Select(c => $"{c.Count} {c.Word}"));
        var begun = read.Incidents.Select(i => i.StartedAt)
            .Concat(read.Maintenances.Select(m => m.Updates.Select(u => u.At).FirstOrDefault() ?? m.ScheduledFor))
            .OfType<DateTimeOffset>().Order().ToList();
        return begun.Count == 0 || uncounted == "days" ? said : string.Create(CultureInfo.InvariantCulture, $"{said}; {begun[0]:yyyy-MM-dd} to {begun[^1]:yyyy-MM-dd}");
    }
}
