using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Tests.Pages;

/// <summary>
/// Public incidents, fed as facts, come out of the page word for word where they state states, intervals, durations
/// and affected components. The words to expect are cut out of the reports; nothing of them is kept here.
/// </summary>
public sealed class IncidentTimelinesTests
{
    private const string NeedsReports = "needs the incident reports in ../shared/incidents";

    private const RegexOptions Named = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly IncidentId Id = new("incident0000");

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public async Task Mail_down_shows_its_tree_states_and_intervals()
    {
        var report = SharedIncidents.Read("0-mail-down.heron-copier.txt");
        var intervals = report.Split('\n').Select(line => line.Trim())
            .First(line => line.StartsWith("Operational from ", StringComparison.Ordinal));
        var (began, ended) = (new DateTimeOffset(2026, 3, 9, 19, 9, 0, TimeSpan.FromHours(-4)), new DateTimeOffset(2026, 3, 10, 4, 59, 0, TimeSpan.FromHours(-4)));
        Event[] facts =
        [
            Page("Heron Copier", "America/New_York"),
            Added("frontend", "Frontend", null), Added("homepage", "Homepage", "frontend"),
            new IncidentOpened(began, Id, "Homepage is back up", began, true, true, Body(report, "Homepage is down at the moment"),
            [
                new(new("frontend"), ComponentStatus.Operational, began), new(new("homepage"), ComponentStatus.Operational, began),
                new(new("frontend"), ComponentStatus.MajorOutage, began), new(new("homepage"), ComponentStatus.MajorOutage, began),
            ]),
            new IncidentUpdated(ended, Id, 2, IncidentStatus.Resolved, Body(report, "Homepage is back up. This"), true,
                [new(new("frontend"), ComponentStatus.Operational, ended), new(new("homepage"), ComponentStatus.Operational, ended)]),
            new IncidentUpdated(ended.AddHours(9), Id, 3, IncidentStatus.Postmortem, Body(report, "Earlier, we ran into"), false, []),
        ];

        var page = await PrintedPage.Of(Brief(facts, began.AddHours(24)), $"/incidents/{Id}");
        await Agreement.HoldsAsync(Brief(facts, began.AddHours(24)), Id);

        Assert.Equal(
            [$"Frontend {intervals}", $"Homepage {intervals}"],
            page.QuerySelectorAll(".affected li").Select(item => item.Words()));
        Assert.Equal(["Postmortem", "Resolved", "Investigating"], Labels(page));
        Assert.Contains("Major outage", page.Words(".kicker"), StringComparison.Ordinal);
        Assert.DoesNotContain("automatically", page.Words(".kicker"), StringComparison.Ordinal);
        Assert.Contains("Started Mar 9, 2026, 7:09 PM UTC−4 1 day ago", Facts(page), StringComparison.Ordinal);
        Assert.Contains("Lasted 9h 50m", Facts(page), StringComparison.Ordinal);
        Assert.Contains("Homepage is down at the moment.", page.Words(".updates"), StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public async Task Blind_monitor_shows_two_downtimes_and_the_affected_groups()
    {
        var report = SharedIncidents.Read("3-blind-monitor.batch-2021-02-16.txt");
        var affected = report.Split('\n').Last(line => line.StartsWith("This incident affected:", StringComparison.Ordinal)).Trim();
        var facts = new List<Event> { Page("Batch", "UTC") };
        var impacts = new List<ComponentImpact>();
        var at = Utc("2021-02-16 09:54");
        foreach (Match group in Regex.Matches(affected["This incident affected: ".Length..], @"(?:, and |, )?(?<group>[^()]+) \((?<parts>[^()]+)\)", Named, Patience))
        {
            var parent = group.Groups["group"].Value;
            facts.Add(Added(parent, parent, null));
            foreach (var part in group.Groups["parts"].Value.Split(", "))
            {
                facts.Add(Added(parent + part, part, parent));
                impacts.Add(new(new(parent + part), ComponentStatus.MajorOutage, at));
            }
        }

        var told = Statements(report, @"Posted (?<at>\w+ \d+, \d+ - \d\d:\d\d) UTC", "MMM d, yyyy - HH:mm");
        Assert.Equal(6, told.Count);
        facts.Add(new IncidentOpened(told[0].At, Id, "Unavailability of our services", at, false, true, told[0].Body, [.. impacts]));
        facts.AddRange([Began("09:54"), Ended("09:57"), Began("10:15"), Ended("10:21")]);
        for (var i = 1; i < told.Count; i++)
        {
            IncidentStatus? status = told[i].Label == "Update" ? null : Enum.Parse<IncidentStatus>(told[i].Label);
            facts.Add(new IncidentUpdated(told[i].At, Id, i + 1, status, told[i].Body, false, []));
        }

        var page = await PrintedPage.Of(Brief(facts, Utc("2021-02-18 00:00")), $"/incidents/{Id}");
        await Agreement.HoldsAsync(Brief(facts, Utc("2021-02-18 00:00")), Id);

        Assert.Contains(affected, page.Words("article"), StringComparison.Ordinal);
        Assert.Contains("two downtimes: 09:54–09:57, 10:15–10:21 UTC", page.Words("article"), StringComparison.Ordinal);
        Assert.Equal(["Postmortem", "Resolved", "Monitoring", "Identified", "Update", "Investigating"], Labels(page));
        Assert.Contains("We identified two separate downtimes related to this incident:", page.Words(".updates"), StringComparison.Ordinal);
        Assert.Contains("Lasted 2h 15m", Facts(page), StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsReports, SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public async Task Last_node_is_summed_up_in_the_very_sentence()
    {
        var report = SharedIncidents.Read("4-last-node.netop-2024-02-29.txt");
        var summary = Regex.Match(report, @"Netop experienced .+? lasting \w+ \w+\.", Named, Patience).Value;
        var names = new[] { "Remote access services", "Login", "Netop Portal frontendOnDemand" };
        var started = Utc("2024-02-29 10:55").AddSeconds(40);
        var told = Regex.Matches(report, @"^  \d\. (?<label>\w+) (?<at>\w+ \d+, \d+, \d\d:\d\d [AP]M) UTC\s+(?<body>.+)$", RegexOptions.Multiline | Named, Patience)
            .Select(m => (Label: m.Groups["label"].Value, At: Parse(m.Groups["at"].Value, "MMM dd, yyyy, hh:mm tt"), Body: m.Groups["body"].Value))
            .ToList();
        Assert.Equal(5, told.Count);
        var facts = new List<Event> { Page("Netop", "UTC") };
        facts.AddRange(names.Select(name => Added(name, name, null)));
        facts.Add(new IncidentOpened(started, Id, "connect.backdrop.cloud not loading", started, false, true, told[0].Body,
            [.. names.Select(name => new ComponentImpact(new(name), ComponentStatus.Operational, started))]));
        facts.AddRange(told.Skip(1).Select((word, i) => new IncidentUpdated(
            word.At, Id, i + 2, Enum.Parse<IncidentStatus>(word.Label, ignoreCase: true), word.Body, false, [])));

        var page = await PrintedPage.Of(Brief(facts, Utc("2024-03-05 00:00")), $"/incidents/{Id}");
        await Agreement.HoldsAsync(Brief(facts, Utc("2024-03-05 00:00")), Id);

        Assert.NotEmpty(summary);
        Assert.Contains(summary, page.Words(".lead"), StringComparison.Ordinal);
        Assert.Contains("Resolved Feb 29, 2024, 17:15 UTC", Facts(page), StringComparison.Ordinal);
        Assert.Contains("Lasted 6h 19m", Facts(page), StringComparison.Ordinal);
        Assert.Equal(["Postmortem", "Resolved", "Monitoring", "Identified", "Investigating"], Labels(page));
        Assert.Equal(names, page.QuerySelectorAll(".affected a").Select(link => link.TextContent));
        Assert.Contains("\"2 server nodes performing the same function".Trim('"'), page.Words(".updates"), StringComparison.Ordinal);
    }

    private static PageConfigured Page(string name, string zone) =>
        new(DateTimeOffset.UnixEpoch, new("heron0000000", name, zone));

    private static ComponentAdded Added(string id, string name, string? parent) => new(
        DateTimeOffset.UnixEpoch, new(new(id), name, parent is null ? null : new ComponentId(parent), 0));

    private static DowntimeBegan Began(string time) => new(Utc($"2021-02-16 {time}"), Id, Utc($"2021-02-16 {time}"));

    private static DowntimeEnded Ended(string time) => new(Utc($"2021-02-16 {time}"), Id, Utc($"2021-02-16 {time}"));

    private static Brief Brief(IEnumerable<Event> facts, DateTimeOffset now) => new(facts.Aggregate(World.Empty, World.Fold), now);

    private static IEnumerable<string> Labels(AngleSharp.Html.Dom.IHtmlDocument page) =>
        page.QuerySelectorAll(".updates h3").Select(heading => heading.FirstChild!.TextContent.Trim());

    private static string Facts(AngleSharp.Html.Dom.IHtmlDocument page) =>
        string.Join(" | ", page.QuerySelectorAll(".facts div").Select(
            fact => $"{fact.QuerySelector("dt")!.Words()} {string.Join(' ', fact.QuerySelector("dd")!.ChildNodes.Select(node => node.TextContent.Trim().Replace(Spans.NoBreak, ' ')))}"));

    private static string Body(string report, string start)
    {
        var from = report.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"\"{start}\" is not in the report.");
        return report[from..].Split('\n')[0].Trim();
    }

    /// <summary>Oldest first: "Label, blank, body, Posted …" as the report has them, newest first.</summary>
    private static List<(string Label, DateTimeOffset At, string Body)> Statements(string report, string posted, string form)
    {
        var told = new List<(string, DateTimeOffset, string)>();
        var from = 0;
        foreach (Match end in Regex.Matches(report, posted, Named, Patience))
        {
            var lines = report[from..end.Index].Split('\n').SkipWhile(line => !IsLabel(line)).ToList();
            told.Add((lines[0].Trim(), Parse(end.Groups["at"].Value, form), string.Join('\n', lines.Skip(1)).Trim()));
            from = end.Index + end.Length;
        }

        told.Reverse();
        return told;
    }

    private static bool IsLabel(string line) =>
        line.Trim() is "Postmortem" or "Resolved" or "Monitoring" or "Identified" or "Update" or "Investigating";

    private static DateTimeOffset Utc(string text) => Parse(text, "yyyy-MM-dd HH:mm");

    private static DateTimeOffset Parse(string text, string form) =>
        DateTimeOffset.ParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
