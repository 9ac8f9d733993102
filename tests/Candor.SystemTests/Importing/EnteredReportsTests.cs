using System.Text.Json;
using System.Text.RegularExpressions;
using Candor.SystemTests.Posting;

namespace Candor.SystemTests.Importing;

/// <summary>
/// The five reports that Candor exists for, as somebody enters them: looked at in a dry run, entered into a running
/// server, read on the incident's page, in JSON and in the history, to the minute and to the last word.
/// </summary>
public sealed partial class EnteredReportsTests
{
    private const string NeedsReports = "needs the incident reports in ../shared/incidents";

    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com", time_zone: UTC }
        components:
          - name: Frontend
            components: [{ name: Homepage }]
          - name: Login
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedReports.Missing), SkipType = typeof(SharedReports))]
    public async Task Each_is_looked_at_entered_and_told()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "admin"))[0];

        var mail = await EnterAsync(candor, token, "0-mail-down", "Homepage is back up", "--date", "2026-03-09", "--zone", "America/New_York");
        mail.Holds(
            "2026-03-09 23:09 UTC", "2026-03-10 08:59 UTC", "9h 50m", "Homepage", "Major outage", "Homepage is down at the moment",
            "automatically resolved by Instatus monitoring", "What we changed", "This was a mailing-system issue, not an issue with the trade copying engine itself.");
        mail.Said("investigating 2026-03-09 23:09", "resolved 2026-03-10 08:59", "postmortem 2026-03-10 08:59");
        mail.IsOfMonth("2026-03");

        var database = await EnterAsync(candor, token, "1-database-down", "Database down", "--date", "2025-08-14", "--title", "Database down");
        database.Holds("2025-08-14 10:10 UTC", "2025-08-15 05:37 UTC", "19h 27m", "As of August 14, 18:04 CEST:", "MEP Campaigns are partially being sent");
        database.Said(
            "identified 2025-08-14 12:23", "identified 2025-08-14 13:33", "identified 2025-08-14 14:38", "identified 2025-08-14 15:36",
            "monitoring 2025-08-14 16:04", "resolved 2025-08-15 05:37", "postmortem 2025-08-21 07:11");
        database.IsOfMonth("2025-08");

        var lockout = await EnterAsync(candor, token, "2-account-lockout", "Incident Report – All Services Down", "--date", "2025-01-22T13:05");
        lockout.Holds("2025-01-22 13:05 UTC", "2025-01-22 14:05 UTC", "measure twice and cut once", "customers in all regions - US and EU", "Plans for the future");
        lockout.IsOfMonth("2025-01");
        lockout.KeepsEveryWord(SharedReports.Read("2-account-lockout")[SharedReports.Read("2-account-lockout").IndexOf("Anyone using", StringComparison.Ordinal)..]);

        var blind = await EnterAsync(candor, token, "3-blind-monitor", "Unavailability of our services");
        blind.Holds(
            "2021-02-16 09:54 UTC", "2021-02-16 12:09 UTC", "2h 15m", "2021-02-16 09:57 UTC", "2021-02-16 10:15 UTC", "2021-02-16 10:21 UTC", "[MEP] Transactional API for Partners",
            "Custom attributes", "Editorial dashboard", "more fool-proof procedure to divert traffic");
        blind.Said(
            "investigating 2021-02-16 10:02", "investigating 2021-02-16 10:05", "identified 2021-02-16 10:26", "monitoring 2021-02-16 10:38",
            "resolved 2021-02-16 12:09", "postmortem 2021-02-17 16:53");
        blind.IsOfMonth("2021-02");

        var node = await EnterAsync(candor, token, "4-last-node", "connect.backdrop.cloud not loading");
        node.Holds("2024-02-29 10:55 UTC", "2024-02-29 17:15 UTC", "Remote access services", "Login", "corruption on one of many message queues", "(2 server nodes performing the same function)");
        node.Said("investigating 2024-02-29 10:55", "identified 2024-02-29 12:55", "monitoring 2024-02-29 14:23", "resolved 2024-02-29 17:15",
            "postmortem 2024-03-04 09:18");
        node.IsOfMonth("2024-02");
    }

    /// <summary>First a dry run that changes nothing, then the import, then everything that readers get of it.</summary>
    private static async Task<Entered> EnterAsync(CandorProcess candor, string token, string report, string title, params string[] options)
    {
        string[] import = ["import", "text", SharedReports.PathOf(report), "--data", candor.Data, "--server", candor.AdminAddress.ToString(), .. options, "--yes"];
        var planned = await Api.RunAsync(token, [.. import, "--dry-run"]);
        Assert.Equal((0, ""), (planned.Exit, planned.Errors));
        Assert.Contains(title, planned.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", planned.Output, StringComparison.Ordinal);
        Assert.DoesNotContain((await candor.JsonAsync("/api/v2/incidents.json", Ct)).GetProperty("incidents").EnumerateArray(), one => one.GetProperty("name").GetString() == title);

        var entered = await Api.RunAsync(token, import);
        Assert.Equal((0, ""), (entered.Exit, entered.Errors));
        var told = default(JsonElement);
        await candor.UntilAsync(
            "/api/v2/incidents.json",
            body => (told = body.GetProperty("incidents").EnumerateArray().FirstOrDefault(one => one.GetProperty("name").GetString() == title)).ValueKind == JsonValueKind.Object,
            TimeSpan.FromSeconds(20), Ct);
        var path = "/incidents/" + told.GetProperty("id").GetString();
        var page = "";
        await Patience.UntilAsync(
            async () => (page = await PageAsync(candor, path)).Contains(title, StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => page + candor.Log, Ct);
        var month = told.GetProperty("started_at").GetDateTimeOffset().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var history = "";
        await Patience.UntilAsync(
            async () => (history = await PageAsync(candor, "/history/" + month)).Contains(path, StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => history + candor.Log, Ct);
        return new(told, page, month, history, path);
    }

    private static async Task<string> PageAsync(CandorProcess candor, string path)
    {
        using var answer = await candor.Http.GetAsync(path, Ct);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Ct) : "";
    }

    /// <summary>An incident as readers find it once it is entered.</summary>
    private sealed record Entered(JsonElement Told, string Page, string Month, string History, string Path)
    {
        private readonly string text = TextOf(Page);

        public void Holds(params string[] facts) => Assert.All(facts, fact => Assert.Contains(
            fact.EndsWith(" UTC", StringComparison.Ordinal) ? $"datetime=\"{fact[..10]}T{fact[11..16]}:00Z\"" : fact,
            fact.EndsWith(" UTC", StringComparison.Ordinal) ? Page : text, StringComparison.Ordinal));

        /// <summary>Oldest first, as the JSON has them.</summary>
        public void Said(params string[] lines) => Assert.Equal(
            lines,
            Told.GetProperty("incident_updates").EnumerateArray().Reverse().Select(update => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{update.GetProperty("status").GetString()} {update.GetProperty("display_at").GetDateTimeOffset().UtcDateTime:yyyy-MM-dd HH:mm}")));

        public void IsOfMonth(string month)
        {
            Assert.Equal(month, Month);
            Assert.Contains(Told.GetProperty("name").GetString()!, TextOf(History), StringComparison.Ordinal);
        }

        public void KeepsEveryWord(string report)
        {
            var (said, at) = (Words(text), 0);
            foreach (var word in Words(report))
            {
                at = said.IndexOf(word, at) + 1;
                Assert.True(at > 0, $"“{word}” is lost, or has moved.");
            }

            static List<string> Words(string from) => [.. from.Split((char[])[' ', '\n', '\r', '\t', '*', '#', '-'], StringSplitOptions.RemoveEmptyEntries)];
        }

        private static string TextOf(string html) => string.Join(
            ' ', System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex("<style>.*?</style>|<[^>]*>", RegexOptions.Singleline, 2000)]
    private static partial Regex Tags();
}
