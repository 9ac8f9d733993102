using System.Collections.Immutable;
using Candor.Judging;
using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.Tests.Notices.Wording;
using Monitor = Candor.State.Monitor;

namespace Candor.Tests.Judging;

public sealed class GermanWordingTests
{
    private const string Signed = "\n\nDies wurde automatisch erkannt.";
    private const string SignedInEnglish = "\n\nThis was detected automatically.";
    private const string Shop = "https://shop.example/";

    private static readonly DateTimeOffset Now = Story.T0;

    [Fact]
    public void An_incident_is_told_in_the_pages_language_from_its_beginning_to_its_end()
    {
        var story = Speaking("de").Monitor("web", component: "Startseite").Pass(35).Service("web", Reading.Bad).Pass(720).Service("web", Reading.Good).Pass(300);

        Assert.Equal("Startseite antwortet nicht", story.OnlyIncident.Title);
        Assert.Equal(
            [
                (IncidentStatus.Investigating, $"Startseite antwortet nicht: Verbindung abgelehnt, seit 09:00 UTC von 1 Messstelle festgestellt.{Signed}"),
                (IncidentStatus.Monitoring, $"Startseite funktioniert seit 09:12 UTC wieder. Bleibt es 2 Min. lang so, gilt die Störung als behoben.{Signed}"),
                (IncidentStatus.Resolved, $"Startseite funktioniert seit 09:12 UTC wieder, nach 12 Min. Ausfall.{Signed}"),
            ],
            story.OnlyIncident.Updates.Select(static update => (update.Status, update.Body)));
    }

    [Fact]
    public void An_outage_in_a_region_is_told_with_what_the_others_see()
    {
        var view = new RegionalView(
            [new RegionState("eu", new(ComponentStatus.MajorOutage, Known: true))],
            [new RegionSight("eu", Verdict.Down, Now, 2, 2, 2) { Reason = "connection refused" }, new RegionSight("us", Verdict.Up, Now, 0, 2, 2), new RegionSight("asia", Verdict.Unknown, Now, 0, 0, 2)],
            []);
        var wording = Wording.Of(Page.Unconfigured with { Language = "de" });
        var title = wording.Title(Both[..1], Cause("connection refused"), view);

        Assert.Equal("Basalt antwortet von eu aus nicht", title);
        Assert.Equal(
            $"Basalt antwortet von eu (2 von 2 Messstellen) aus nicht; antwortet von us aus; von asia aus unbekannt: Verbindung abgelehnt, seit 09:00 UTC.{Signed}",
            wording.Opened(title, Both[..1], Cause("connection refused"), view, Now, Now));
    }

    [Fact]
    public void A_day_has_its_article_and_a_time_has_none()
    {
        var wording = Wording.Of(Page.Unconfigured with { Language = "de" });

        Assert.Contains("funktioniert seit 09:00 UTC wieder.", wording.Recovering(Both[..1], Now, TimeSpan.FromMinutes(2), slowly: false, Now), StringComparison.Ordinal);
        Assert.Contains($"funktioniert seit dem {wording.Clock(Now, Now.AddDays(1))} wieder.", wording.Recovering(Both[..1], Now, TimeSpan.FromMinutes(2), slowly: false, Now.AddDays(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_language_lets_what_was_said_stand_and_goes_on_in_the_new_one()
    {
        var story = Speaking("de").Monitor("web", component: "Startseite").Monitor("login", component: "Anmeldung").Pass(35);
        story.Service("web", Reading.Bad).Pass(120);
        Speak(story, null).Service("login", Reading.Bad, "answered 503").Pass(600);
        Speak(story, "de").Service("web", Reading.Good).Service("login", Reading.Good).Pass(900);

        var bodies = story.World.Incidents.Values.SelectMany(static one => one.Updates).OrderBy(static update => update.At).Select(static update => update.Body).ToList();
        Assert.StartsWith("Startseite antwortet nicht", story.World.Incidents.Values.MinBy(static one => one.StartedAt)!.Title, StringComparison.Ordinal);
        Assert.EndsWith(Signed, bodies[0], StringComparison.Ordinal);
        Assert.Contains(bodies, static body => body.EndsWith(SignedInEnglish, StringComparison.Ordinal));
        Assert.EndsWith(Signed, bodies[^1], StringComparison.Ordinal);
        Assert.All(story.World.Incidents.Values, static one => Assert.False(one.IsOpen));
    }

    [Fact]
    public void What_was_said_once_in_one_language_is_not_said_again_in_another()
    {
        var story = Speaking("de");
        Add(story, "front", new("http", Shop, "{}") { Front = Shop });
        Add(story, "past", new("http", Shop, "{}") { Behind = Shop });
        story.Component("Laden", ["front", "past"]).Pass(35).Service("past", Reading.Bad).Pass(600);
        const string said = "Laden: der Cache antwortet noch, der Ursprungsserver nicht. Was davon zu sehen ist, kann veraltet sein." + Signed;
        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == said);
        var before = story.OnlyIncident.Updates.Length;

        Speak(story, "en").Pass(600);

        Assert.Equal(before, story.OnlyIncident.Updates.Length);
    }

    [Fact]
    public void Whatever_the_page_speaks_the_sentence_that_nobody_typed_it_is_taken_off_where_a_mark_says_so() => Assert.All(
        Language.All, static language => Assert.Equal("Es ist aus.", Language.Unsigned($"Es ist aus.\n\n{language.Signature}")));

    [Fact]
    public void Planned_work_begins_and_ends_in_the_pages_language()
    {
        var world = World.Empty with { Page = Page.Unconfigured with { Language = "de" } };
        var plan = new MaintenancePlan("Umzug", Now.AddHours(1), Now.AddHours(2), []) { StartsByItself = true, EndsByItself = true };
        world = World.Fold(world, new MaintenanceScheduled(Now, new("m1"), plan, "Wir ziehen um.", Actor.Candor));
        world = MaintenanceClock.Due(world, Now.AddHours(1)).Aggregate(world, World.Fold);
        world = MaintenanceClock.Due(world, Now.AddHours(2)).Aggregate(world, World.Fold);

        Assert.Equal(
            ["Wir ziehen um.", "Die geplante Wartung hat begonnen.", "Die geplante Wartung ist abgeschlossen."],
            world.Maintenances[new("m1")].Updates.Select(static update => update.Body));
    }

    [Fact]
    public void What_is_written_ahead_gets_the_pages_dates_and_statuses()
    {
        var world = World.Empty with { Page = Page.Unconfigured with { Language = "de" } };
        var template = new SavedTemplate("Ausfall", "{{status}}", "{{now | date}}, {{now}}, {{now | time}}");

        Assert.Equal(
            ("wird untersucht", "29. Februar 2024, 29. Feb. 2024 09:54, 09:54 UTC"),
            TemplateDecisions.Fill(world, template, [], IncidentStatus.Investigating, new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
    }

    [Fact]
    public void What_facts_bring_along_is_called_as_it_is_everywhere() => Assert.All(Language.All, static language =>
    {
        var (stored, moment) = (StoredWords.Of(Page.Unconfigured with { Language = language.Tag }), new DateTimeOffset(2024, 1, 9, 0, 0, 0, TimeSpan.Zero));
        Assert.All(Enum.GetValues<IncidentStatus>(), status => Assert.Equal(language.Names.Within(status), stored.Of(status)));
        Assert.All(Enum.GetValues<IncidentStatus>(), status => Assert.Equal(language.Names.Of(status), stored.Draft.Of(status)));
        Assert.All(Enum.GetValues<ComponentStatus>(), status => Assert.Equal(language.Names.Within(status), stored.Draft.Of(status)));
        Assert.All(Enumerable.Range(0, 12).Select(moment.AddMonths), month => Assert.EndsWith(
            language.Dates.Month(DateOnly.FromDateTime(month.Date)), month.ToString("D", stored.Dates), StringComparison.Ordinal));
    });

    [Fact]
    public void Every_language_has_words_of_its_own_that_facts_bring_along() => Assert.Equal(
        Language.All.Length, Language.All.Select(static language => StoredWords.Of(Page.Unconfigured with { Language = language.Tag }).Begun).Distinct().Count());

    [Fact]
    public void Automation_says_no_English_word_in_German()
    {
        var english = new Vocabulary(Said(Wording.English, StoredWords.Of(Page.Unconfigured)), "basalt", "gneis", "eu", "us", "utc", "in", "so", "was", "cache", "candor", "zirkon", "min", "nov", "plan", "an");
        Assert.Contains("automatically", english.Words);
        Assert.Contains("places", english.Words);
        var german = Page.Unconfigured with { Language = "de" };

        Assert.All(Said(Wording.Of(german), StoredWords.Of(german)), text => Assert.Empty(english.In(text)));
    }

    [Fact]
    public void The_owners_own_words_get_German_values()
    {
        var world = World.Empty with
        {
            Page = Page.Unconfigured with { Language = "de" },
            Policy = Policy.Default with { Texts = new() { Title = "{{component}}: {{reason}} ({{places}})" } },
        };

        Assert.Equal("Basalt und Gneis: Verbindung abgelehnt (1 von 2)", OwnWords.Title(world, Both, Cause("connection refused"), null, Now));
    }

    /// <summary>Of an alert and of a plugin, whose words may be those of a probe.</summary>
    [Theory]
    [InlineData("http", "Verbindung abgelehnt")]
    [InlineData("alert", "connection refused")]
    [InlineData("command", "connection refused")]
    public void What_another_tool_said_is_kept_as_it_was(string kind, string words)
    {
        var cause = Cause("connection refused");
        var said = cause with { Definition = cause.Definition with { Check = new(kind, Shop, "{}") } };
        var view = new RegionalView(
            [new RegionState("eu", new(ComponentStatus.MajorOutage, Known: true))], [new RegionSight("eu", Verdict.Down, Now, 2, 2, 2) { Reason = "connection refused" }], []);
        var world = World.Empty with { Page = Page.Unconfigured with { Language = "de" }, Policy = Policy.Default with { Texts = new() { Title = "{{reason}}" } } };

        Assert.Contains($": {words}, ", Wording.Of(world.Page).Opened("Kasse", Both, said, null, Now, Now), StringComparison.Ordinal);
        Assert.Contains($": {words}, ", Wording.Of(world.Page).Opened("Kasse", Both, said, view, Now, Now), StringComparison.Ordinal);
        Assert.Contains($"; {words}, ", Wording.Of(world.Page).Again(Both, said, view, Now, Now), StringComparison.Ordinal);
        Assert.Equal(words, OwnWords.Title(world, Both, said, null, Now));
    }

    /// <summary>Whether something answers at all is known by what a probe saw, and not by a word that another tool used.</summary>
    [Theory]
    [InlineData("tcp", "connection refused", "not answering", "antworten nicht")]
    [InlineData("command", "Too many connections: 900", "not working", "funktionieren nicht")]
    [InlineData("alert", "Connection pool closed", "not working", "funktionieren nicht")]
    public void Another_tool_s_words_are_no_proof_of_silence(string kind, string reason, string english, string german)
    {
        var cause = Cause(reason);
        var said = cause with { Definition = cause.Definition with { Check = new(kind, Shop, "{}") } };
        var view = new RegionalView(
            [new RegionState("eu", new(ComponentStatus.MajorOutage, Known: true))], [new RegionSight("eu", Verdict.Down, Now, 2, 2, 2) { Reason = reason }], []);

        Assert.EndsWith($"are {english}", Wording.English.Title(Both, said), StringComparison.Ordinal);
        Assert.EndsWith(german, Wording.Of(Page.Unconfigured with { Language = "de" }).Title(Both, said), StringComparison.Ordinal);
        Assert.Contains($"{english} from eu", Wording.English.Opened("Shop", Both, said, view, Now, Now), StringComparison.Ordinal);
        Assert.Contains(english, Wording.English.Again(Both, said, view, Now, Now), StringComparison.Ordinal);
    }

    private static readonly Component[] Both = [Named("Basalt", ComponentStatus.MajorOutage), Named("Gneis", ComponentStatus.MajorOutage)];

    /// <summary>Everything that automation can say, of one and of several, here and there, now and days ago.</summary>
    private static IEnumerable<string> Said(Wording wording, StoredWords stored)
    {
        var one = new[] { Named("Basalt", ComponentStatus.PartialOutage) };
        var many = Enumerable.Repeat(Both, 3).SelectMany(static both => both).ToArray();
        foreach (var affected in new[] { [], one, Both, many })
        {
            foreach (var reason in new[] { "connection refused", "answered 503", "" })
            {
                var cause = Cause(reason);
                var seen = cause with { Evidence = cause.Evidence! with { Places = [.. Enum.GetValues<Verdict>().Select(static saw => new PlaceSight(new("eu"), saw))] } };
                var view = new RegionalView(
                    [new RegionState("eu", new(ComponentStatus.MajorOutage, Known: true))],
                    [.. Enum.GetValues<Verdict>().Select(saw => new RegionSight("us", saw, Now, 2, 2, 2) { Reason = reason })], []);
                foreach (var (who, where) in new[] { (cause, (RegionalView?)null), (seen, null), (cause, view) })
                {
                    var title = wording.Title(affected, who, where);
                    yield return title;
                    yield return wording.Opened(title, affected, who, where, Now, Now, StillAnswers.Cache);
                    yield return wording.Opened("Zirkon", affected, who, where, Now.AddDays(-3), Now);
                    yield return wording.Again(affected, who, where, Now, Now);
                }
            }

            var incident = new Incident(new("i1"), "t", Now, Now) { Downtimes = [new(Now, Now.AddMinutes(3)), new(Now.AddMinutes(21), Now.AddMinutes(27))] };
            yield return wording.Unstable(affected, incident, Now);
            yield return wording.Recovering(affected, Now, TimeSpan.FromMinutes(2), slowly: false, Now);
            yield return wording.Recovering(affected, Now, TimeSpan.FromDays(2), slowly: true, Now);
            yield return wording.Resolved(affected, incident, Now, Now);
            yield return wording.Resolved(affected, incident with { Downtimes = [new(Now, Now.AddDays(3))] }, Now, Now);
            yield return wording.Followed(affected);
        }

        foreach (var status in Enum.GetValues<ComponentStatus>())
        {
            yield return wording.Changed([(Named("Basalt", status), []), (one[0], [new(one[0].Id, status, Now) { Region = "eu" }])], Now);
        }

        foreach (var layers in Enum.GetValues<StillAnswers>())
        {
            yield return wording.Layered(one[0], layers);
        }

        yield return wording.NoLongerWatched();
        yield return wording.NoLongerShown();
        yield return $"{stored.Missed} {stored.Begun} {stored.Verifying} {stored.Complete} {stored.SeriesChanged} {stored.GoesOnIn("Zirkon")}";
        yield return string.Join(' ', Enum.GetValues<IncidentStatus>().SelectMany(status => new[] { stored.Unsaid(status, goesOn: false), stored.Unsaid(status, goesOn: true) }));
        yield return string.Join(' ', Enum.GetValues<MaintenanceStatus>().Select(stored.Unsaid));
    }

    private static Component Named(string name, ComponentStatus status) => new(new(new(name), name, null, 0), Now, Now) { State = new(status, Known: true) };

    private static Monitor Cause(string reason) => new(
        new(new("web"), new("http", Shop, "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default), Now)
    {
        Evidence = new(1, 2, 2, reason, Now),
    };

    private static Story Speaking(string language) => Speak(new Story(), language);

    private static Story Speak(Story story, string? language) => story.Say(new PageConfigured(story.Now.Wall, Page.Unconfigured with { Language = language }));

    private static void Add(Story story, string id, Check check) =>
        story.Say(new MonitorAdded(story.Now.Wall, new(new(id), check, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default)));
}
