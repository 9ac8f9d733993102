using System.Collections.Immutable;
using Candor.Importing;
using Candor.Importing.Entering;
using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing.Entering;

public sealed class ImportPlanTests
{
    private static readonly DateTimeOffset Began = new(2024, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly EnteringRig rig = new(Pages.MadeUpWorld.Well());

    [Fact]
    public void An_incident_stands_where_it_was_with_its_words_its_intervals_and_where_it_came_from()
    {
        var (told, _) = Enter(Slow());

        var incident = rig.World.Incidents[new(told.Steps[0].Id)];
        Assert.Equal((Began, Began.AddMinutes(30), Impact.Minor), (incident.StartedAt, incident.ResolvedAt!.Value, incident.Impact));
        Assert.Equal([Began, Began.AddMinutes(30)], incident.Updates.Select(update => update.DisplayAt));
        Assert.Equal("import:statuspage", incident.By!.Value.Value);
        Assert.Equal(("statuspage", "status.example.com"), (BroughtIn.Of(rig.World, incident.Origin)!.Source, BroughtIn.Of(rig.World, incident.Origin)!.Page));
        Assert.Equal(ComponentStatus.Operational, rig.World.Components[Pages.MadeUpWorld.Mail].State.Status);
    }

    [Fact]
    public void A_component_is_found_by_its_last_name_and_what_the_page_does_not_have_is_named_in_the_history_only()
    {
        var (told, _) = Enter(Slow() with { Intervals = [], Affected = [["Shop", "Mail"], ["Shop", "Till"]] });

        Assert.Equal([new ToldComponent("Shop > Mail", "Mail"), new ToldComponent("Shop > Till", null)], told.Components);
        var incident = rig.World.Incidents[new(told.Steps[0].Id)];
        Assert.Equal(["Mail", "Shop > Till"], incident.AffectedComponents.Select(id => Candor.Pages.Wording.Summary.NameOf(rig.World, id, Language.English)));
        Assert.Equal(4, rig.World.Components.Count);
    }

    [Fact]
    public void A_person_says_which_component_is_which_and_a_slip_is_refused()
    {
        var map = ImmutableDictionary<string, string>.Empty.Add("Shop > Till", "Frontend > Login");
        var (told, _) = rig.Enter("statuspage", Of(Slow() with { Intervals = [], Affected = [["Shop", "Till"]] }), map: map);
        Assert.Equal([new ToldComponent("Shop > Till", "Login")], told.Components);

        var slip = ImportRequest.Of("statuspage", Of(Slow()), null) with { Components = map.SetItem("Shop > Till", "Logn") };
        Assert.Contains("“Logn”", ImportPlan.Of(slip, rig.World, EnteringRig.Now).Refusal!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_another_way_already_is_not_entered_beside_it()
    {
        Enter(Slow());
        var (told, facts) = rig.Enter("feed", Of(Slow() with { Key = "elsewhere" }));

        Assert.Equal((ImportAct.Present, 0), (told.Steps[0].Act, facts));
        Assert.Contains("same title and start", told.Steps[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_day_or_lies_ahead_is_left_out_with_what_to_do()
    {
        var (told, facts) = rig.Enter("statuspage", Of(
            new("a", "When?") { Updates = [new(null, null, "Some time.")] },
            Slow() with { Key = "b", Updates = [new(EnteringRig.Now.AddDays(1), IncidentStatus.Resolved, "Over.")] }) with
            {
                Maintenances = [new("m", "New disks", EnteringRig.Now.AddDays(1), EnteringRig.Now.AddDays(2)), new("n", "Some day", null, null)],
            });

        Assert.All(told.Steps, step => Assert.Equal(ImportAct.LeftOut, step.Act));
        Assert.Equal(
            ["has no day", "cannot be entered", "is still to come", "has no time"],
            told.Steps.Select(step => step.Why![..Math.Min(step.Why!.Length, 17)].Split(',')[0].Split(':')[0].TrimEnd()));
        Assert.Equal(0, facts);
    }

    [Fact]
    public void What_its_source_knows_to_be_over_is_over_and_what_is_open_is_said_to_be()
    {
        var (told, _) = rig.Enter("feed", Of(
            new("a", "Was down") { StartedAt = Began, ResolvedAt = Began.AddHours(2), Updates = [new(Began, null, "Down.")] },
            new("b", "Is down") { StartedAt = Began, Updates = [new(Began, IncidentStatus.Investigating, "Down.")] }));

        Assert.Equal(Began.AddHours(2), rig.World.Incidents[new(told.Steps[0].Id)].ResolvedAt);
        Assert.Contains("is open", told.Steps[1].Why, StringComparison.Ordinal);
        Assert.Contains(told.Steps[1].Id, told.Steps[1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_longer_than_an_update_may_be_go_on_in_the_next_and_a_long_title_is_told_whole()
    {
        var word = string.Concat(Enumerable.Repeat("Nobody could order. ", 3_000));
        var title = string.Concat(Enumerable.Repeat("Slow ", 100)).Trim();
        var (told, _) = Enter(Slow() with { Title = title, Updates = [new(Began, IncidentStatus.Investigating, word), new(Began.AddMinutes(1), IncidentStatus.Resolved, "Over.")] });

        var incident = rig.World.Incidents[new(told.Steps[0].Id)];
        Assert.Equal(4, incident.Updates.Length);
        Assert.InRange(incident.Title.Length, 200, 255);
        Assert.Equal(
            string.Concat((title + word).Where(char.IsLetter)),
            string.Concat(incident.Updates.Take(3).SelectMany(update => update.Body).Where(char.IsLetter)));
    }

    [Fact]
    public void A_postmortem_is_the_pages_own_kind_of_postmortem_with_its_day()
    {
        var (told, _) = Enter(Slow() with
        {
            Updates = [.. Slow().Updates, new(Began.AddDays(1), IncidentStatus.Postmortem, "# Why\n\nA disk.")],
            Postmortem = new("# Why\n\nA disk.") { PublishedAt = Began.AddDays(1), Sections = [new("Why", "A disk.")] },
        });

        var postmortem = rig.World.Postmortems[new(told.Steps[0].Id)];
        Assert.Equal((Began.AddDays(1), true), (postmortem.PublishedAt!.Value, postmortem.Quiet));
        Assert.Equal([new PostmortemSection("Why", "A disk.")], postmortem.Published);
        Assert.Equal(2, rig.World.Incidents[new(told.Steps[0].Id)].Updates.Length);
    }

    [Fact]
    public void A_maintenance_of_the_past_is_over_and_time_does_nothing_with_it()
    {
        var (told, _) = rig.Enter("statuspage", Of() with
        {
            Maintenances =
            [
                new("m", "New disks", Began, Began.AddHours(1))
                {
                    Status = "completed",
                    Affected = [["Mail"]],
                    Updates = [new(Began.AddDays(-1), "scheduled", "Read-only."), new(Began, "in_progress", "Now."), new(Began.AddHours(1), "completed", "Done.")],
                },
                new("n", "Old disks", Began, Began.AddHours(1)) { Description = "Who knows." },
            ],
        });

        var done = rig.World.Maintenances[new(told.Steps[0].Id)];
        Assert.Equal((MaintenanceStatus.Completed, Began.AddHours(1), Began), (done.Status, done.CompletedAt!.Value, done.StartedAt!.Value));
        Assert.Equal(3, done.Updates.Length);
        Assert.False(rig.World.Maintenances[new(told.Steps[1].Id)].IsOpen);
        Assert.Empty(rig.World.OpenMaintenances);
    }

    [Fact]
    public void Undone_is_all_but_what_somebody_has_changed_since()
    {
        var (told, _) = rig.Enter("statuspage", Of(Slow(), Slow() with { Key = "other", Title = "Other" }));
        rig.Commit(IncidentDecisions.Rename(rig.World, EnteringRig.Now.AddSeconds(30), Actor.Person("ann"), new(told.Steps[1].Id), "Another"));

        rig.Withdraw(told.Import);

        Assert.Equal("Another", Assert.Single(rig.World.Incidents.Values).Title);
        var (again, _) = Enter(Slow());
        Assert.Equal(ImportAct.Enter, again.Steps[0].Act);
    }

    [Fact]
    public void A_postmortem_that_somebody_wrote_since_keeps_its_incident()
    {
        var (told, _) = rig.Enter("statuspage", Of(Slow(), Slow() with { Key = "drafted", Title = "Drafted" }, Slow() with { Key = "published", Title = "Published" }));
        var (later, ann) = (EnteringRig.Now.AddSeconds(30), Actor.Person("ann"));
        rig.Commit(Candor.Journal.Decision.Of<Event>([
            new PostmortemDrafted(later, new(told.Steps[1].Id), [new("Summary", "A disk was full.")], ann),
            new PostmortemDrafted(later, new(told.Steps[2].Id), [new("Summary", "A disk was full.")], ann),
            new PostmortemPublished(later, new(told.Steps[2].Id), ann),
        ]));

        rig.Withdraw(told.Import);

        Assert.Equal(["Drafted", "Published"], rig.World.Incidents.Values.Select(static one => one.Title).Order(StringComparer.Ordinal));
        Assert.Equal(2, rig.World.Postmortems.Count);
    }

    [Fact]
    public void Two_pages_of_one_kind_are_told_apart_and_a_reports_own_key_does_where_no_page_is_named()
    {
        var nameless = Of(Slow()) with { PageUrl = null, PageName = null };
        Assert.NotEqual(ImportRequest.Of("cachet", nameless, "a").Import, ImportRequest.Of("cachet", nameless, "b").Import);
        Assert.NotEqual(
            ImportRequest.Of("text", nameless, null).Import,
            ImportRequest.Of("text", nameless with { Incidents = [Slow() with { Key = "x" }] }, null).Import);
    }

    private (ImportTold Told, int Facts) Enter(ImportedIncident incident) => rig.Enter("statuspage", Of(incident));

    private static Imported Of(params ImmutableArray<ImportedIncident> incidents) =>
        new() { PageUrl = "https://status.example.com", Incidents = incidents };

    private static ImportedIncident Slow() => new("i1", "Slow mail")
    {
        StartedAt = Began,
        ResolvedAt = Began.AddMinutes(30),
        Impact = Impact.Minor,
        Status = IncidentStatus.Resolved,
        Updates = [new(Began, IncidentStatus.Investigating, "Looking."), new(Began.AddMinutes(30), IncidentStatus.Resolved, "Over.")],
        Intervals = [new(["Mail"], ComponentStatus.DegradedPerformance, Began, Began.AddMinutes(30))],
        Affected = [["Mail"]],
    };
}
