using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

public sealed class IncidentRoomTests : IAsyncLifetime
{
    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync();

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task An_incident_is_opened_in_one_step_and_the_same_commit_says_who_did()
    {
        var offered = await rig.GetAsync("/incidents/new");
        var sent = await rig.FillAsync(
            offered, "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."), ("c:mail", "partial_outage"), ("c:api:eu", "degraded_performance"), ("next", "30"));

        Assert.Equal(303, sent.Status);
        var incident = Assert.Single(rig.World.Incidents.Values);
        Assert.Equal($"/incidents/{incident.Id}", sent.Location);
        Assert.Equal("person:ada000000000", incident.By?.Value);
        Assert.Equal(Cast.Now.AddMinutes(30), incident.Promise?.DueAt);
        Assert.Equal(ComponentStatus.PartialOutage, rig.World.Components[Told.Mail].State.Status);
        Assert.Equal(ComponentStatus.DegradedPerformance, incident.RegionsOf(Told.Api)["eu"]);
        var audit = Assert.Single((await rig.FactsAsync()).OfType<AuditRecorded>());
        Assert.Equal(("incident.opened", incident.Id.Value, "person:ada000000000", "192.0.2.0/24"), (audit.Act, audit.Target, audit.By.Value, audit.Address));
    }

    [Fact]
    public async Task Whoever_has_in_hand_what_responders_were_reminded_of_says_so_with_one_button()
    {
        await rig.FillAsync(await rig.GetAsync("/incidents/new"), "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."));
        var id = rig.World.Incidents.Values.Single().Id;
        var about = Topic.Of(id);
        Assert.DoesNotContain("Acknowledge", (await rig.GetAsync($"/incidents/{id}")).Text, StringComparison.Ordinal);
        await rig.HappenAsync(
            new SubscriberJoined(Cast.Now, new("duty00000001"), new("email") { Reminders = true }, Confirmed: true),
            new ReminderRaised(rig.Time.GetUtcNow(), about, ReminderCause.Silence, ReminderClock.LastWordAt(rig.World.Incidents[id]) + ReminderPolicy.Default.Silence));

        var room = await rig.GetAsync($"/incidents/{id}");
        Assert.Contains("Responders were reminded", room.Text, StringComparison.Ordinal);
        await rig.FillAsync(room, $"form[action=\"/incidents/{id}/acknowledge\"]", Ada);

        Assert.True(ReminderClock.IsSettled(rig.World, rig.World.Reminders[about]));
        Assert.Equal("person:ada000000000", Assert.Single((await rig.FactsAsync()).OfType<ReminderAcknowledged>()).By?.Value);
        var after = (await rig.GetAsync($"/incidents/{id}")).Text;
        Assert.DoesNotContain("Acknowledge", after, StringComparison.Ordinal);
        Assert.Contains("Ada has it in hand since ", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_acknowledged_by_a_link_is_found_from_the_room()
    {
        await rig.FillAsync(await rig.GetAsync("/incidents/new"), "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."));
        var id = rig.World.Incidents.Values.Single().Id;
        await rig.HappenAsync(
            new SubscriberJoined(Cast.Now, new("duty00000001"), new("email") { Reminders = true }, Confirmed: true),
            new ReminderRaised(rig.Time.GetUtcNow(), Topic.Of(id), ReminderCause.Silence, rig.Time.GetUtcNow()),
            new ReminderAcknowledged(rig.Time.GetUtcNow(), Topic.Of(id)) { Subscriber = new SubscriberId("duty00000001") });

        Assert.Contains("<a href=\"/subscribers/duty00000001\">The responder of a reminder</a>", (await rig.GetAsync($"/incidents/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(1, "Read back at 1 of 2 addresses so far.")]
    [InlineData(2, "Readers get it at all 2 addresses.")]
    public async Task R_22_The_room_says_where_each_update_was_read_back(int? read, string said)
    {
        await rig.FillAsync(await rig.GetAsync("/incidents/new"), "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."));
        rig.ReadBack = read;
        var timeline = (await rig.GetAsync($"/incidents/{rig.World.Incidents.Values.Single().Id}")).Page.QuerySelector("#timeline")!.TextContent;
        Assert.Contains(said, timeline, StringComparison.Ordinal);
        Assert.Equal(read is not null, timeline.Contains("addresses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_form_sent_again_after_a_lost_answer_is_done_once()
    {
        var offered = await rig.GetAsync("/incidents/new");
        (string, string)[] fields = [("title", "Mail is late"), ("body", "Some mail waits.")];

        var first = await rig.FillAsync(offered, "#composer", Ada, fields);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await rig.FillAsync(offered, "#composer", Ada, fields);

        Assert.Single(rig.World.Incidents);
        Assert.Equal(first.Location, second.Location);
        var page = await rig.GetAsync(first.Location);
        await rig.FillAsync(page, "#composer", Ada, ("body", "More."));
        await rig.FillAsync(page, "#composer", Ada, ("body", "More."));
        Assert.Equal(2, rig.World.Incidents.Values.Single().Updates.Length);
    }

    [Fact]
    public async Task Other_words_under_a_key_that_arrived_are_kept_and_said_to_be_other()
    {
        var page = await OpenedAsync();
        await rig.FillAsync(page, "#composer", Ada, ("body", "First."));

        var again = await rig.FillAsync(page, "#composer", Ada, ("body", "First, in better words."));

        Assert.Equal(422, again.Status);
        Assert.Contains("did arrive", again.Words(".fault"), StringComparison.Ordinal);
        Assert.Equal("First, in better words.", again.Field("body"));
        Assert.NotEqual(page.Field("key"), again.Field("key"));
    }

    [Fact]
    public async Task Nobody_overwrites_what_another_said_meanwhile_and_nothing_typed_is_lost()
    {
        var page = await OpenedAsync();
        await rig.FillAsync(page, "#composer", Grace, ("body", "I found it: a certificate."), ("status", "identified"));

        var refused = await rig.FillAsync(
            page, "#composer", Ada, ("body", "We are still looking."), ("c:mail", "major_outage"), ("next", "15"), ("status", "monitoring"), ("quiet", "yes"));

        Assert.Equal(412, refused.Status);
        Assert.Equal(2, rig.World.Incidents.Values.Single().Updates.Length);
        Assert.Contains("Grace", refused.Words("#missed"), StringComparison.Ordinal);
        Assert.Contains("I found it: a certificate.", refused.Words("#missed"), StringComparison.Ordinal);
        Assert.Equal(
            ("We are still looking.", "major_outage", "15", "monitoring", "yes"),
            (refused.Field("body"), refused.Field("c:mail"), refused.Field("next"), refused.Field("status"), refused.Field("quiet")));

        var sent = await rig.FillAsync(refused, "#composer", Ada);
        Assert.Equal(303, sent.Status);
        Assert.Equal("We are still looking.", rig.World.Incidents.Values.Single().Updates[^1].Body);
    }

    [Fact]
    public async Task What_automation_only_notes_does_not_take_the_word_from_a_person()
    {
        var page = await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        await rig.HappenAsync(
            new DowntimeBegan(Cast.Now, id, Cast.Now), new DowntimeEnded(Cast.Now, id, Cast.Now), new DowntimeBegan(Cast.Now, id, Cast.Now),
            new IncidentSuggested(Cast.Now, id, SuggestionKind.Monitoring, "It works again."));

        Assert.Equal(303, (await rig.FillAsync(page, "#composer", Ada, ("body", "More."))).Status);
    }

    [Fact]
    public async Task What_late_readings_show_is_said_to_people_and_moves_the_start_with_one_button()
    {
        await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        var (began, earlier) = (rig.World.Incidents[id].StartedAt, rig.World.Incidents[id].StartedAt.AddMinutes(-8));
        Assert.DoesNotContain("Move the start", (await rig.GetAsync($"/incidents/{id}")).Text, StringComparison.Ordinal);
        await rig.HappenAsync(new EarlierStartSuggested(Cast.Now, id, earlier, new("mail"), new("eu")));

        var room = await rig.GetAsync($"/incidents/{id}");
        Assert.Contains("Late readings from eu show that it began", room.Text, StringComparison.Ordinal);
        Assert.Contains("8 min before this says.", room.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await rig.FillAsync(room, $"form[action=\"/incidents/{id}/earlier\"]", Ada)).Status);

        Assert.Equal(earlier, rig.World.Incidents[id].StartedAt);
        Assert.Equal(began, Assert.Single(rig.World.Incidents[id].Backdatings).Before);
        Assert.DoesNotContain("Move the start", (await rig.GetAsync($"/incidents/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal("incident.backdated", (await rig.FactsAsync()).OfType<AuditRecorded>().Last().Act);
    }

    [Theory]
    [InlineData("body", " ", "body", "The body says nothing; write what readers should know.")]
    [InlineData("next_at", "yesterday", "next_update_by", "Give a day and a time.")]
    public async Task A_fault_stands_beside_its_field(string name, string value, string field, string sentence)
    {
        var page = await OpenedAsync();

        var refused = await rig.FillAsync(page, "#composer", Ada, [("status", "identified"), .. name == "body" ? [] : new[] { ("body", "More."), ("next", "at") }, (name, value)]);

        Assert.Equal(422, refused.Status);
        Assert.Equal(sentence, refused.Words($"#wrong-{field}"));
        Assert.Equal("identified", refused.Field("status"));
    }

    [Fact]
    public async Task A_component_that_was_removed_meanwhile_costs_no_words()
    {
        var page = await OpenedAsync();
        await rig.HappenAsync(new ComponentRemoved(Cast.Now, Told.Mail));

        var refused = await rig.FillAsync(page, "#composer", Ada, ("body", "More."), ("c:mail", "operational"));

        Assert.Equal(422, refused.Status);
        Assert.Equal("More.", refused.Field("body"));
    }

    [Fact]
    public async Task A_word_about_an_incident_that_waits_for_confirmation_lets_readers_see_it()
    {
        var id = new IncidentId("auto00000000");
        await rig.HappenAsync(new IncidentOpened(Cast.Now, id, "Mail is down", Cast.Now, Automatic: true, Published: false, "It does not answer.", []));
        var page = await rig.GetAsync($"/incidents/{id}");
        Assert.Contains("No reader sees this yet", page.Words("#now"), StringComparison.Ordinal);

        await rig.FillAsync(page, "#composer", Ada, ("body", "We see it too."));

        Assert.True(rig.World.Incidents[id] is { Published: true, HumanLed: true });
    }

    [Fact]
    public async Task Automatic_incidents_are_confirmed_taken_over_and_given_back()
    {
        var id = new IncidentId("auto00000000");
        await rig.HappenAsync(new IncidentOpened(Cast.Now, id, "Mail is down", Cast.Now, Automatic: true, Published: false, "It does not answer.", [])
        {
            Causes = [new("m")],
        });

        foreach (var (act, holds) in new (string, Func<Incident, bool>)[]
        {
            ("confirm", static incident => incident is { Published: true, HumanLed: false }),
            ("take-over", static incident => incident.HumanLed),
            ("release", static incident => !incident.HumanLed),
        })
        {
            var page = await rig.GetAsync($"/incidents/{id}");
            Assert.Equal(303, (await rig.FillAsync(page, $"form[action$='/{act}']", Ada)).Status);
            Assert.True(holds(rig.World.Incidents[id]), act);
        }
    }

    [Fact]
    public async Task What_is_seldom_done_is_done_in_small_forms()
    {
        var page = await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        await rig.FillAsync(page, "form[action$='/rename']", Ada, ("title", "Mail is very late"));
        Assert.Equal(412, (await rig.FillAsync(page, "form[action$='/rename']", Grace, ("title", "Something else"))).Status);
        await ActAsync("began", ("began", "2026-11-26T09:15"));
        await ActAsync("impact", ("impact", "critical"));
        await ActAsync("promise", ("next", "60"));

        var incident = rig.World.Incidents[id];
        Assert.Equal("Mail is very late", incident.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 8, 15, 0, TimeSpan.Zero), incident.StartedAt);
        Assert.Equal((Impact.Critical, Cast.Now.AddHours(1)), (incident.Impact, incident.Promise!.DueAt));

        await ActAsync("split", ("title", "Another one"), ("x:c:mail", "yes"), ("body", "Mail has trouble of its own."));
        var other = rig.World.Incidents.Values.Single(one => one.Id != id);
        Assert.Equal([Told.Mail], other.AffectedComponents);
        await ActAsync("merge", ("into", other.Id.Value));
        Assert.Equal(other.Id, rig.World.Incidents[id].Merged?.Into);
        var wrong = await rig.GetAsync($"/incidents/{other.Id}");
        await rig.FillAsync(wrong, "form[action$='/remove']", Ada, ("reason", "It was a test."));
        Assert.Equal("It was a test.", rig.World.Incidents[other.Id].Removed?.Reason);
        Assert.Equal(
            ["incident.opened", "incident.renamed", "incident.backdated", "incident.impact_set", "incident.promised", "incident.split", "incident.merged", "incident.removed"],
            rig.World.Audit.Select(static one => one.Act));

        async Task ActAsync(string act, params (string, string)[] fields)
        {
            var now = await rig.GetAsync($"/incidents/{id}");
            var done = await rig.FillAsync(now, $"form[action$='/{id}/{act}']", Ada, fields);
            Assert.True(done.Status == 303, $"{act}: {done.Page.QuerySelector(".fault")?.TextContent}");
        }
    }

    [Fact]
    public async Task An_update_is_edited_with_its_history_and_taken_away_visibly()
    {
        await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        var edit = await rig.GetAsync($"/incidents/{id}/updates/1");
        Assert.Equal(303, (await rig.FillAsync(edit, "#edit", Ada, ("body", "Some mail waits for hours."))).Status);

        var update = rig.World.Incidents[id].Updates[0];
        Assert.Equal(("Some mail waits for hours.", "Some mail waits.", true), (update.Body, update.Edits[0].Before, update.Edits[0].Typo));
        Assert.False(update.IsBackdated);

        var stale = await rig.FillAsync(edit, "#edit", Grace, ("body", "Some mail waits for days."));
        Assert.Equal(412, stale.Status);
        Assert.Contains("Some mail waits for hours.", stale.Words(".missed"), StringComparison.Ordinal);
        Assert.Contains("Some mail waits for days.", stale.Words("#edit"), StringComparison.Ordinal);

        await rig.FillAsync(stale, "form[action$='/remove']", Ada, ("reason", "Wrong incident."));
        Assert.Equal(("", "Wrong incident."), (rig.World.Incidents[id].Updates[0].Body, rig.World.Incidents[id].Updates[0].Removed?.Reason));
    }

    [Fact]
    public async Task A_preview_says_what_the_page_would_and_changes_nothing()
    {
        var page = await OpenedAsync();
        var before = rig.Journal.Position;

        var shown = await rig.PostAsync(
            $"/incidents/{rig.World.Incidents.Keys.Single()}/updates/preview", Ada,
            ("body", "A **new** one."), ("status", "identified"), ("next", "15"), ("key", page.Field("key")!), ("seen", "stale"));

        Assert.Equal("new", shown.Words("#preview .text strong"));
        Assert.Contains("Next update by 10:15 UTC+1 (in 15 min)", shown.Words("#preview"), StringComparison.Ordinal);
        Assert.Equal("A **new** one.", shown.Field("body"));
        Assert.Equal(before, rig.Journal.Position);
    }

    [Fact]
    public async Task SEC_28_A_field_that_the_form_does_not_have_is_refused()
    {
        var page = await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        foreach (var extra in new[] { "role", "by", "published", "automatic", "Body", "version" })
        {
            Assert.Equal(400, (await rig.FillAsync(page, "#composer", Ada, ("body", "More."), (extra, "1"))).Status);
            Assert.Equal(400, (await rig.PostAsync($"/incidents/{id}/take-over", Ada, (extra, "1"))).Status);
        }

        Assert.Equal(400, (await rig.PostAsync($"/incidents/{id}/updates", Ada, ("body", "a"), ("body", "b"))).Status);
        Assert.Single(rig.World.Incidents[id].Updates);
    }

    [Fact]
    public async Task Whoever_is_limited_to_components_acts_on_those_alone()
    {
        await OpenedAsync();
        var limited = Grace with { Reach = new Reach([Told.Api]) };
        var page = await rig.GetAsync($"/incidents/{rig.World.Incidents.Keys.Single()}");

        Assert.Equal(404, (await rig.FillAsync(page, "#composer", limited, ("body", "More."))).Status);
        Assert.Equal(404, (await rig.FillAsync(page, "form[action$='/rename']", limited, ("title", "Mine"))).Status);
    }

    [Fact]
    public async Task SEC_15_Nobody_merges_into_what_is_beyond_their_components()
    {
        var page = await OpenedAsync();
        var id = rig.World.Incidents.Keys.Single();
        await rig.FillAsync(page, $"form[action$='/{id}/split']", Ada, ("title", "Mail"), ("x:c:mail", "yes"), ("body", "Of its own."));
        var mail = rig.World.Incidents.Values.Single(one => one.Id != id);
        var limited = Grace with { Reach = new Reach([Told.Mail]) };
        var own = await rig.GetAsync($"/incidents/{mail.Id}", limited);

        var refused = await rig.FillAsync(own, $"form[action$='/{mail.Id}/merge']", limited, ("into", id.Value), ("body", "Words for others' readers."));

        Assert.NotEqual(303, refused.Status);
        Assert.Null(rig.World.Incidents[mail.Id].Merged);
        Assert.DoesNotContain(rig.World.Incidents[id].Updates, static update => update.Body.Contains("others", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_people_in_one_room_see_each_other_and_whoever_leaves_is_gone()
    {
        await OpenedAsync();
        var now = $"/incidents/{rig.World.Incidents.Keys.Single()}/now";

        Assert.DoesNotContain("is here too", (await rig.GetAsync(now)).Text, StringComparison.Ordinal);
        Assert.Contains("Ada is here too.", (await rig.GetAsync(now + "?writing=1", Grace)).Words("#now"), StringComparison.Ordinal);
        Assert.Contains("Grace is here too and writes something.", (await rig.GetAsync(now)).Words("#now"), StringComparison.Ordinal);
        rig.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.DoesNotContain("is here too", (await rig.GetAsync(now)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_come_the_list_of_who_is_here_stays_small()
    {
        var presence = new Presence(rig.Time);

        var others = Enumerable.Range(0, Presence.PlacesMax * 2)
            .Select(i => presence.Enter(Told.Id, Ada with { Id = new($"p{i}") }, writing: false).Count).ToList();

        Assert.Equal(Presence.PlacesMax, others[^1]);
    }

    [Fact]
    public void While_the_journal_is_being_read_there_is_nothing_to_decide_against()
    {
        var unread = new Journal<World, Event>(
            static _ => throw new IOException("not asked for"), new Candor.Node.WorldFolding(rig.Time), null, rig.Time, JournalLimits.Default,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var room = new Room(new(() => unread, new Cast.Chance(), rig.Time), null!, static () => 0, new Cast.Chance(), rig.Time);

        Assert.Throws<JournalFailedException>(() => room.Look(Ada));
    }

    private async Task<Answer> OpenedAsync()
    {
        var offered = await rig.GetAsync("/incidents/new");
        var sent = await rig.FillAsync(offered, "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."), ("c:mail", "partial_outage"));
        return await rig.GetAsync(sent.Location);
    }
}
