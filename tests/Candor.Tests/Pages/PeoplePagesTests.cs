using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Candor.Pages;
using Candor.Pages.Feeds;
using Candor.Pages.Html;
using Candor.Pages.Json;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <summary>What people said, promised, corrected and planned, as readers find it.</summary>
public sealed class PeoplePagesTests
{
    [Fact]
    public async Task A_promise_stands_under_the_headline_with_its_time_left_and_says_when_it_is_broken()
    {
        var page = await PrintedPage.Of(SampleBriefs.People(), "/");

        Assert.Equal("Next update by 09:57 UTC (overdue by 9 min).", page.Words(".truth .promise.late"));
        Assert.Contains(page.QuerySelectorAll(".incident .promise"), line => line.Words() == "Next update by 10:30 UTC (in 24 min).");
    }

    [Fact]
    public async Task An_edit_says_so_and_keeps_the_old_words_one_click_away()
    {
        var page = await PrintedPage.Of(SampleBriefs.People(), "/incidents/now000000001");

        Assert.Equal("Edited 10:03 UTC (see what changed)", page.Words(".edits summary"));
        Assert.Contains("seen by 3 of 3 places", page.Words(".edits .text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_removed_is_said_to_be_and_its_words_are_in_no_form_of_the_page()
    {
        var brief = SampleBriefs.People();
        var page = await PrintedPage.Of(brief, "/incidents/now000000001");
        Assert.Contains("Removed 10:05 UTC. It blamed somebody.", page.Words("main"), StringComparison.Ordinal);

        var forms = new List<string> { page.Source.Text, await PrintedPage.Html(brief, "/") };
        forms.AddRange(FeedPages.IncidentPaths.Select(path => Encoding.UTF8.GetString(FeedPages.OfIncident(brief, path).Content)));
        forms.AddRange(V2Bodies.Paths.Select(path => Encoding.UTF8.GetString(V2Bodies.Render(new(brief), brief, path).Content)));
        forms.Add(Encoding.UTF8.GetString(StatusBody.Render(brief).Content));
        Assert.All(forms, form => Assert.DoesNotContain("customer is to blame", form, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_incident_keeps_its_place_and_no_other_word_than_the_reason()
    {
        var brief = SampleBriefs.People();
        brief = brief with { World = World.Fold(brief.World, new IncidentRemoved(brief.Now, new("now000000001"), "A test.", Actor.Person("a"))) };

        var page = await PrintedPage.Of(brief, "/incidents/now000000001");

        Assert.Equal("Removed incident What stood here was taken away 10:06 UTC. A test.", page.Words("article"));
        Assert.DoesNotContain("connection refused", await PrintedPage.Html(brief, "/history"), StringComparison.Ordinal);
        Assert.DoesNotContain("now000000001", Encoding.UTF8.GetString(V2Bodies.Render(new(brief), brief, "/api/v2/incidents.json").Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_set_by_hand_says_so_until_when_and_why()
    {
        var page = await PrintedPage.Of(SampleBriefs.People(), "/");

        Assert.Contains(page.QuerySelectorAll(".why"), line =>
            line.Words() == "Set by hand until 13:06 UTC: we move it to other machines.");
    }

    [Fact]
    public async Task Planned_work_of_today_is_on_the_front_and_all_of_it_in_the_calendar()
    {
        var brief = SampleBriefs.People();
        var front = await PrintedPage.Of(brief, "/");
        var calendar = await PrintedPage.Of(brief, "/maintenance");

        Assert.Equal(["New network", "New disks"], front.QuerySelectorAll("[aria-labelledby^=m-] h2").Select(heading => heading.Words()));
        Assert.Equal("1 maintenance is in progress and 1 planned.", calendar.Words(".lead"));
        Assert.Equal(["Now", "Planned", "Over"], calendar.QuerySelectorAll("main h2").Select(heading => heading.Words()));
        Assert.Contains("Called off", calendar.Words("main"), StringComparison.Ordinal);
    }

    [Fact]
    public void Statuspages_clients_find_planned_work_where_they_look_for_it()
    {
        var brief = SampleBriefs.People();

        Assert.Equal(["plan00000003", "plan00000001", "plan00000002"], Ids(brief, "scheduled-maintenances.json"));
        Assert.Equal(["plan00000001"], Ids(brief, "scheduled-maintenances/upcoming.json"));
        Assert.Equal(["plan00000002"], Ids(brief, "scheduled-maintenances/active.json"));
        Assert.Equal(["plan00000001", "plan00000002"], Ids(brief, "summary.json"));
        using var all = Read(brief, "scheduled-maintenances.json");
        var called = all.RootElement.GetProperty("scheduled_maintenances")[0];
        Assert.Equal("completed", called.GetProperty("status").GetString());
        Assert.Equal("Called off. The part did not come.", called.GetProperty("incident_updates")[0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_published_postmortem_stands_with_its_incident_its_actions_and_in_the_api()
    {
        var brief = SampleBriefs.People();
        var page = await PrintedPage.Of(brief, "/incidents/old000000002");

        Assert.Equal(["Summary", "Root cause"], page.QuerySelectorAll("#postmortem h3").Select(heading => heading.Words()));
        Assert.Contains("Platform, was due on November 20, 2026, not done yet", page.Words("[aria-labelledby=actions]"), StringComparison.Ordinal);
        using var incidents = Read(brief, "incidents.json");
        var told = incidents.RootElement.GetProperty("incidents").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "old000000002");
        Assert.Equal("postmortem", told.GetProperty("status").GetString());
        Assert.Contains("A **limit** was too low.", told.GetProperty("incident_updates")[0].GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Planned_work_is_in_the_calendar_file()
    {
        var brief = SampleBriefs.People();
        var text = Encoding.UTF8.GetString(FeedPages.OfIncident(brief, "/calendar.ics").Content);

        Assert.Contains("SUMMARY:New disks (scheduled)", text, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", text, StringComparison.Ordinal);
    }

    private static JsonDocument Read(Brief brief, string file) =>
        JsonDocument.Parse(V2Bodies.Render(new(brief), brief, V2Bodies.Prefix + file).Content);

    private static List<string> Ids(Brief brief, string file)
    {
        using var read = Read(brief, file);
        return read.RootElement.GetProperty("scheduled_maintenances").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).ToList();
    }
}
