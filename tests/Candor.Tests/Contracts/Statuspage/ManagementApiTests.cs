using System.Text.Json;
using Candor.Access;
using Candor.State;
using static Candor.Tests.Contracts.Statuspage.ManagementApi;

namespace Candor.Tests.Contracts.Statuspage;

/// <summary>Statuspage's management API as its tools use it, over a real socket.</summary>
public sealed class ManagementApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private ManagementApi api = null!;

    public async ValueTask InitializeAsync() => api = await StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task An_incident_is_the_same_from_json_and_from_a_form()
    {
        var (status, json) = await api.PostAsync("incidents", $$$$$"""
            {"incident":{"name":"Mail is slow","status":"identified","body":"A disk is full.","impact_override":"major",
             "components":{"{{{{{Mail}}}}}":"partial_outage"},"component_ids":["{{{{{Mail}}}}}","{{{{{Homepage}}}}}"],
             "deliver_notifications":false,"metadata":{"jira":{"id":"OPS-1"}}}}
            """, TokenScope.Post);
        var (again, form) = await api.SendAsync(HttpMethod.Post, "incidents.json", Form(
            "incident[name]=Mail+is+slow&incident[status]=identified&incident[body]=A%20disk%20is%20full.&incident[impact_override]=major"
            + $"&incident[components][{Mail}]=partial_outage&incident[component_ids][]={Mail}&incident[component_ids][]={Homepage}"
            + "&incident[deliver_notifications]=false&incident[metadata][jira][id]=OPS-1"), TokenScope.Post);

        Assert.Equal((201, 201), (status, again));
        Assert.Equal(Without(json), Without(form));
        Assert.Equal("identified", json.GetProperty("status").GetString());
        Assert.Equal("major", json.GetProperty("impact").GetString());
        Assert.Equal("OPS-1", json.GetProperty("metadata").GetProperty("jira").GetProperty("id").GetString());
        Assert.Equal([Mail, Homepage], json.GetProperty("components").EnumerateArray().Select(static one => one.GetProperty("id").GetString()));
        Assert.Equal($"https://status.example.com/incidents/{Id(json)}", json.GetProperty("shortlink").GetString());
        var update = Assert.Single(json.GetProperty("incident_updates").EnumerateArray());
        Assert.False(update.GetProperty("deliver_notifications").GetBoolean());
        Assert.Equal("partial_outage", update.GetProperty("affected_components")[0].GetProperty("new_status").GetString());
        Assert.Equal(ComponentStatus.PartialOutage, api.World.Components[new(Mail)].State.Status);
        Assert.Equal(ComponentStatus.Operational, api.World.Components[new(Homepage)].State.Status);
    }

    [Fact]
    public async Task A_change_says_renames_and_puts_right_in_one_commit_and_sends_no_word_that_is_no_news()
    {
        var (_, opened) = await api.PostAsync("incidents", $$$$$"""{"incident":{"name":"Mail","body":"Looking.","components":{"{{{{{Mail}}}}}":"major_outage"}}}""");
        var path = "incidents/" + Id(opened);

        var (status, changed) = await api.PatchAsync(path, """{"incident":{"name":"Mail is away","status":"monitoring","body":"A fix is out.","metadata":{"a":{"b":"c"}}}}""");
        Assert.Equal(200, status);
        Assert.Equal(("Mail is away", "monitoring", 2), (Text(changed, "name"), Text(changed, "status"), changed.GetProperty("incident_updates").GetArrayLength()));
        Assert.Equal("A fix is out.", Text(changed.GetProperty("incident_updates")[0], "body"));

        // Everything that was answered, sent back as it is.
        var (same, unchanged) = await api.SendAsync(HttpMethod.Put, path, Json("{\"incident\":" + changed.GetRawText() + "}"), TokenScope.Admin);
        Assert.Equal(200, same);
        Assert.Equal(changed.GetRawText(), unchanged.GetRawText());

        var (_, resolved) = await api.PatchAsync(path, $$$$$"""{"incident":{"status":"resolved","components":{"{{{{{Mail}}}}}":"operational"}}}""");
        Assert.Equal("This incident has been resolved.", Text(resolved.GetProperty("incident_updates")[0], "body"));
        Assert.Equal(JsonValueKind.String, resolved.GetProperty("resolved_at").ValueKind);
        Assert.Equal(ComponentStatus.Operational, api.World.Components[new(Mail)].State.Status);
    }

    [Fact]
    public async Task Of_several_changes_none_is_made_where_one_is_refused()
    {
        var (_, opened) = await api.PostAsync("incidents", """{"incident":{"name":"Mail","body":"Looking."}}""");
        var before = api.World.Incidents[new(Id(opened))].Version;

        var (status, refused) = await api.PatchAsync("incidents/" + Id(opened), """{"incident":{"name":"Other","status":"postmortem"}}""");

        Assert.Equal((422, "still_open"), (status, Text(refused.GetProperty("candor"), "code")));
        Assert.Equal(before, api.World.Incidents[new(Id(opened))].Version);
    }

    [Fact]
    public async Task A_scheduled_incident_is_a_maintenance_with_all_its_switches()
    {
        var (status, planned) = await api.PostAsync("incidents", $$$$$"""
            {"incident":{"name":"Disks","body":"Read-only.","scheduled_for":"2026-11-28T22:00:00.000Z","scheduled_until":"2026-11-29T00:00:00+01:00",
             "scheduled_remind_prior":true,"scheduled_auto_in_progress":true,"scheduled_auto_completed":true,
             "auto_transition_to_maintenance_state":true,"auto_transition_to_operational_state":false,
             "auto_transition_deliver_notifications_at_start":false,"auto_transition_deliver_notifications_at_end":true,
             "component_ids":["{{{{{Mail}}}}}"],"backfill_date":"string","backfilled":false,"impact":"maintenance"}}
            """);
        Assert.Equal(201, status);
        var plan = api.World.Maintenances[new(Id(planned))].Plan;
        Assert.Equal((true, true, true, false, true, false), (plan.StartsByItself, plan.EndsByItself, plan.MarksComponents, plan.RestoresComponents, plan.QuietAtStart, plan.QuietAtEnd));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(1)), (plan.RemindBefore!.Value, plan.ScheduledUntil - plan.ScheduledFor));
        Assert.Equal(("scheduled", "maintenance"), (Text(planned, "status"), Text(planned, "impact")));
        Assert.False(planned.GetProperty("auto_transition_deliver_notifications_at_start").GetBoolean());

        await Listed("incidents/upcoming", Id(planned));
        await Listed("incidents/scheduled", Id(planned));
        await Listed("incidents/unresolved");
        await Listed("incidents/active_maintenance");

        var (_, begun) = await api.PatchAsync("incidents/" + Id(planned), """{"incident":{"status":"in_progress","scheduled_until":"2026-11-29T03:00:00Z"}}""");
        Assert.Equal(("in_progress", "2026-11-29T03:00:00.000Z"), (Text(begun, "status"), Text(begun, "scheduled_until")));
        await Listed("incidents/active_maintenance", Id(planned));
        Assert.Equal(ComponentStatus.UnderMaintenance, api.World.Components[new(Mail)].State.Status);
        var (same, unchanged) = await api.SendAsync(HttpMethod.Put, "incidents/" + Id(planned), Json("{\"incident\":" + begun.GetRawText() + "}"), TokenScope.Admin);
        Assert.Equal((200, begun.GetRawText()), (same, unchanged.GetRawText()));
    }

    [Fact]
    public async Task A_backfilled_incident_lies_on_its_day_and_names_no_components()
    {
        var (status, past) = await api.PostAsync("incidents", """{"incident":{"name":"Last week","body":"It was away.","backfilled":true,"backfill_date":"2026-11-19"}}""");
        Assert.Equal(201, status);
        Assert.Equal(("resolved", "2026-11-18T23:00:00.000Z"), (Text(past, "status"), Text(past, "resolved_at")));

        foreach (var (body, code) in new[]
        {
            ("""{"incident":{"name":"Last week","backfilled":true}}""", "empty"),
            ("""{"incident":{"name":"Next week","backfilled":true,"backfill_date":"2026-12-24"}}""", "in_future"),
            ($$$$$"""{"incident":{"name":"x","backfilled":true,"backfill_date":"2026-11-19","components":{"{{{{{Mail}}}}}":"operational"}}}""", "backfilled"),
            ("""{"incident":{"name":"x","backfilled":true,"backfill_date":"2026-11-19","status":"identified"}}""", "backfilled"),
        })
        {
            await Refused(api.PostAsync("incidents", body), 422, code);
        }
    }

    [Fact]
    public async Task An_update_is_put_right_and_an_incident_taken_away()
    {
        var (_, opened) = await api.PostAsync("incidents", """{"incident":{"name":"Mail","body":"Loking."}}""");
        var update = Text(opened.GetProperty("incident_updates")[0], "id");
        var path = $"incidents/{Id(opened)}";

        var (status, edited) = await api.PatchAsync($"{path}/incident_updates/{update}", """{"incident_update":{"body":"Looking.","wants_twitter_update":false}}""");
        Assert.Equal((200, "Looking."), (status, Text(edited, "body")));
        Assert.True(api.World.Incidents[new(Id(opened))].Updates[0].Edits.Single().Typo);
        await Refused(api.PatchAsync($"{path}/incident_updates/nothere00000", """{"incident_update":{"body":"x"}}"""), 404, "no_such_update");
        await Refused(api.SendAsync(HttpMethod.Delete, path, null, TokenScope.Post), 403, "access.scope");

        var (gone, before) = await api.SendAsync(HttpMethod.Delete, path, null, TokenScope.Admin);
        Assert.Equal((200, "Mail"), (gone, Text(before, "name")));
        await Refused(api.GetAsync(path), 404, "no_such_incident");
        await Refused(api.SendAsync(HttpMethod.Delete, path, null, TokenScope.Admin), 404, "no_such_incident");
        await Listed("incidents");
    }

    [Fact]
    public async Task A_components_status_is_a_word_where_nothing_is_measured_and_a_pin_where_something_is()
    {
        var (status, mail) = await api.PatchAsync("components/" + Mail, """{"component":{"status":"major_outage"}}""", TokenScope.Post);
        Assert.Equal((200, "major_outage"), (status, Text(mail, "status")));
        Assert.Null(api.World.Components[new(Mail)].Pin);
        var (_, shop) = await api.SendAsync(HttpMethod.Put, "components/" + Shop, Form("component[status]=partial_outage"), TokenScope.Post);
        Assert.Equal("partial_outage", Text(shop, "status"));
        Assert.Equal(TimeSpan.FromHours(4), api.World.Components[new(Shop)].Pin!.Until - api.World.Components[new(Shop)].Pin!.Since);

        await api.PatchAsync("components/" + Shop, """{"component":{"status":"operational"}}""", TokenScope.Post);
        Assert.Null(api.World.Components[new(Shop)].Pin);
        await Refused(api.PatchAsync("components/" + Group, """{"component":{"status":"operational"}}"""), 422, "is_group");
        await Refused(api.PatchAsync("components/" + Mail, """{"component":{"status":"fine"}}"""), 422, "unknown_word");
    }

    [Fact]
    public async Task What_the_settings_file_declares_is_changed_there_and_what_says_the_same_is_taken()
    {
        var (_, shown) = await api.GetAsync("components/" + Homepage);
        var (same, _) = await api.SendAsync(HttpMethod.Put, "components/" + Homepage, Json("{\"component\":" + shown.GetRawText() + "}"), TokenScope.Admin);
        Assert.Equal(200, same);
        await Refused(api.PatchAsync("components/" + Homepage, """{"component":{"name":"Start"}}"""), 422, "declared_in_settings");
        await Refused(api.SendAsync(HttpMethod.Patch, "components/" + Homepage, Form("component[description]=Other"), TokenScope.Admin), 422, "declared_in_settings");
        await Refused(api.PostAsync("components", """{"component":{"name":"New"}}"""), 422, "declared_in_settings");
        await Refused(api.SendAsync(HttpMethod.Delete, "components/" + Homepage, null, TokenScope.Admin), 422, "declared_in_settings");
        await Refused(api.PostAsync("component-groups", $$$$$"""{"component_group":{"name":"New","components":["{{{{{Mail}}}}}"]}}"""), 422, "declared_in_settings");
        var (_, group) = await api.GetAsync("component-groups/" + Group);
        Assert.Equal([Homepage], group.GetProperty("components").EnumerateArray().Select(static one => one.GetString()));
        Assert.Equal(200, (await api.PatchAsync("component-groups/" + Group, $$$$$"""{"component_group":{"name":"Frontend","components":["{{{{{Homepage}}}}}"]}}""")).Status);
        await Refused(api.PatchAsync("/v1/pages/" + PageId, """{"page":{"name":"Other"}}"""), 422, "declared_in_settings");
        Assert.Equal(200, (await api.PatchAsync("/v1/pages/" + PageId, """{"page":{"name":"Heron","time_zone":"Europe/Berlin"}}""")).Status);
    }

    [Fact]
    public async Task Uptime_is_the_number_of_the_page_with_what_was_left_out()
    {
        await api.PatchAsync("components/" + Mail, """{"component":{"status":"major_outage"}}""");
        api.Pass(TimeSpan.FromHours(1));
        await api.PatchAsync("components/" + Mail, """{"component":{"status":"operational"}}""");
        api.Pass(TimeSpan.FromHours(2));

        var (status, uptime) = await api.GetAsync($"components/{Mail}/uptime");

        Assert.Equal(200, status);
        Assert.Equal(3601, uptime.GetProperty("major_outage").GetInt64());
        Assert.InRange(uptime.GetProperty("uptime_percentage").GetDecimal(), 66m, 67m);
        Assert.Contains("did not exist", uptime.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        await Refused(api.GetAsync($"components/{Mail}/uptime?start=2026-11-27&end=2026-11-26"), 400, "bad_range");
        await Refused(api.GetAsync($"components/{Mail}/uptime?start=yesterday"), 400, "bad_range");
        Assert.Equal(200, (await api.GetAsync($"component-groups/{Group}/uptime?start=2026-11-01&end=2026-11-27")).Status);
    }

    [Fact]
    public async Task Lists_have_pages_and_are_searched()
    {
        for (var i = 0; i < 5; i++)
        {
            await api.PostAsync("incidents", $$$"""{"incident":{"name":"Number {{{i}}}","body":"Words {{{i % 2}}}."}}""");
        }

        var (_, second) = await api.GetAsync("incidents?per_page=2&page=2");
        Assert.Equal(["Number 2", "Number 1"], second.EnumerateArray().Select(static one => Text(one, "name")));
        var (_, found) = await api.GetAsync("incidents?q=words%201&limit=100");
        Assert.Equal(["Number 3", "Number 1"], found.EnumerateArray().Select(static one => Text(one, "name")));
        Assert.Empty((await api.GetAsync("incidents?page=9")).Body.EnumerateArray());
        await Refused(api.GetAsync("incidents?page=0"), 400, "bad_page");
        await Refused(api.GetAsync("incidents?limit=-1"), 400, "bad_page");
    }

    [Fact]
    public async Task SEC_28_A_member_that_is_none_of_Statuspages_is_refused_and_nothing_is_done()
    {
        foreach (var body in (string[])
        [
            """{"incident":{"name":"x","body":"y","automatic":true}}""", """{"incident":{"name":"x","body":"y"},"role":"owner"}""",
            """{"incident":{"name":"x","name":"y"}}""", """{"incident":"x"}""", """{"name":"x"}""", "[]", "{", "null",
            "{\"incident\":" + new string('[', 100_000), """{"incident":{"name":"\ud800","body":"x"}}""", """{"incident":{"\ud800":"x"}}""", """{"incident":{"name":["x"]}}""",
        ])
        {
            var (status, said) = await api.PostAsync("incidents", body);
            Assert.True(status is 400 or 422, body);
            Assert.NotEmpty(Text(said, "error"));
        }

        foreach (var form in (string[])["incident=x", "incident[name]=x&incident[name][y]=z", "incident[name=x", "incident[a][b][c][d][e][f][g][h]=1", "incident[name]=x&incident[name]=y"])
        {
            Assert.Equal(400, (await api.SendAsync(HttpMethod.Post, "incidents", Form(form), TokenScope.Admin)).Status);
        }

        Assert.Empty(api.World.Incidents);
    }

    [Fact]
    public async Task Who_may_not_and_what_is_not_there_is_told_in_Statuspages_form()
    {
        await Refused(api.PostAsync("incidents", """{"incident":{"name":"x"}}""", TokenScope.Read), 403, "access.scope");
        await Refused(api.SendAsync(HttpMethod.Get, "incidents", null, TokenScope.Read, static headers => headers.Authorization = null), 401, "access.token");
        await Refused(api.GetAsync("/v1/pages/other0000000/incidents"), 404, "not_found");
        await Refused(api.GetAsync("nothing"), 404, "not_found");
        await Refused(api.GetAsync("/v1"), 404, "not_found");
        await Refused(api.SendAsync(HttpMethod.Post, "incidents", new StringContent("x"), TokenScope.Admin), 415, "body.type");
        var (_, pages) = await api.GetAsync("/v1/pages.json");
        Assert.Equal(PageId, Text(pages[0], "id"));
    }

    [Fact]
    public async Task A_repeat_under_one_key_is_done_once_and_an_older_version_is_refused()
    {
        const string Body = """{"incident":{"name":"x","body":"y"}}""";
        var (_, first) = await api.SendAsync(HttpMethod.Post, "incidents", Json(Body), TokenScope.Post, static headers => headers.Add("Idempotency-Key", "k1"));
        var (_, second) = await api.SendAsync(HttpMethod.Post, "incidents", Json(Body), TokenScope.Post, static headers => headers.Add("Idempotency-Key", "k1"));
        Assert.Equal(Id(first), Id(second));
        await api.PatchAsync("incidents/" + Id(first), """{"incident":{"body":"More."}}""");
        await Refused(
            api.SendAsync(HttpMethod.Patch, "incidents/" + Id(first), Json("""{"incident":{"body":"Again."}}"""), TokenScope.Post, static headers => headers.Add("If-Match", "\"1\"")),
            412, "version_changed");
    }

    [Fact]
    public async Task Who_asks_too_often_waits_and_others_do_not()
    {
        var answers = new List<int>();
        api.TimePasses = false;
        for (var i = 0; i < 70; i++)
        {
            answers.Add((await api.GetAsync("incidents")).Status);
        }

        Assert.Equal(60, answers.Count(static status => status == 200));
        Assert.Equal(10, answers.Count(static status => status == 429));
        Assert.Equal(200, (await api.GetAsync("incidents", TokenScope.Post)).Status);
    }

    [Fact]
    public async Task A_key_in_an_address_is_taken_where_it_was_made_for_that_and_any_other_is_revoked()
    {
        var key = api.KeyForAddresses;
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Get, "components?api_key=" + key, null, TokenScope.Read, static headers => headers.Authorization = null)).Status);
        await Refused(api.SendAsync(HttpMethod.Get, $"components?api_key={key}&q={key}", null, TokenScope.Read, static headers => headers.Authorization = null), 400, "access.token_in_address", isOurs: false);
        await Refused(api.SendAsync(HttpMethod.Get, "components?api_key=" + key, null, TokenScope.Read, static headers => headers.Authorization = null), 400, "access.token_in_address", isOurs: false);

        var other = api.TokenOf(TokenScope.Post);
        Assert.Equal(400, (await api.SendAsync(HttpMethod.Get, "components?api_key=" + other, null, TokenScope.Read, static headers => headers.Authorization = null)).Status);
        await Refused(api.GetAsync("components", TokenScope.Post), 401, "access.token");
    }

    [Fact]
    public async Task A_postmortem_is_drafted_published_taken_back_and_removed()
    {
        var (_, made) = await api.PostAsync("incidents", """{"incident":{"name":"Mail","body":"It broke.","status":"resolved"}}""");
        var path = $"incidents/{Id(made)}/postmortem";
        await Refused(api.GetAsync(path), 404, "no_postmortem");
        await Refused(api.SendAsync(HttpMethod.Put, path + "/publish", null, TokenScope.Post), 422, "no_draft");

        const string Text = "## Summary\n\nA disk was full.\n\n## Root cause\n\nNobody looked.";
        var (drafted, draft) = await api.SendAsync(HttpMethod.Put, path, Json("{\"postmortem\":{\"body_draft\":" + JsonSerializer.Serialize(Text) + "}}"), TokenScope.Post);
        Assert.Equal((200, Text, JsonValueKind.Null), (drafted, ManagementApiTests.Text(draft, "body_draft"), draft.GetProperty("body").ValueKind));
        var (_, published) = await api.SendAsync(HttpMethod.Put, path + "/publish", Json("""{"postmortem":{"notify_subscribers":false}}"""), TokenScope.Post);
        Assert.Equal(Text, ManagementApiTests.Text(published, "body"));
        Assert.False(published.GetProperty("notify_subscribers").GetBoolean());
        Assert.Equal(("postmortem", Text), (ManagementApiTests.Text((await api.GetAsync("incidents/" + Id(made))).Body, "status"), ManagementApiTests.Text((await api.GetAsync("incidents/" + Id(made))).Body, "postmortem_body")));

        await api.SendAsync(HttpMethod.Put, path + "/revert", Form(""), TokenScope.Post);
        Assert.False(api.World.Postmortems[new(Id(made))].IsPublic);
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, path, null, TokenScope.Post)).Status);
        await Refused(api.GetAsync(path), 404, "no_postmortem");
        await Refused(api.GetAsync("incidents/nothere00000/postmortem"), 404, "no_postmortem");
    }

    [Fact]
    public async Task A_template_is_kept_with_its_components()
    {
        var (status, made) = await api.SendAsync(
            HttpMethod.Post, "incident_templates", Form($"template[name]=Mail&template[title]=Mail+is+slow&template[body]=Looking.&template[update_status]=identified&template[component_ids][]={Mail}"), TokenScope.Admin);
        Assert.Equal((201, "identified", Mail), (status, Text(made, "update_status"), Text(made.GetProperty("components")[0], "id")));
        Assert.Equal(Id(made), Id((await api.GetAsync("incident_templates")).Body[0]));
        await Refused(api.PostAsync("incident_templates", """{"template":{"name":"Mail","title":"x","body":"y"}}"""), 422, "name_taken");
        await Refused(api.PostAsync("incident_templates", """{"template":{"name":"Other","title":"{{system}}","body":"y"}}"""), 422, "bad_placeholder");
        await Refused(api.PostAsync("incident_templates", """{"template":{"name":"Other","body":"y"}}""", TokenScope.Post), 403, "access.scope");
    }

    [Fact]
    public async Task Subscribers_are_listed_counted_and_taken_out_by_what_the_facts_know_of_them()
    {
        SubscriberId[] ids = [new("told00000001"), new("asked0000001"), new("gone00000001"), new("left00000001")];
        foreach (var (id, channel, confirmed) in ids.Zip((string[])["email", "webhook", "email", "ntfy"], (bool[])[true, false, true, true]))
        {
            await api.HappensAsync(new SubscriberJoined(At, id, new(channel), confirmed));
        }

        await api.HappensAsync(new SubscriberStopped(At, ids[2], StopReason.Bounced), new SubscriberLeft(At, ids[3]));

        await Subscribed("subscribers", "told00000001");
        await Subscribed("subscribers?state=all", "told00000001", "asked0000001", "gone00000001");
        await Subscribed("subscribers?state=all&type=email&limit=1&page=1", "gone00000001");
        await Subscribed("subscribers?state=unconfirmed", "asked0000001");
        await Subscribed("subscribers/unsubscribed", "left00000001");
        Assert.Equal(1, (await api.GetAsync("subscribers/count", TokenScope.Admin)).Body.GetProperty("email").GetInt32());
        var email = (await api.GetAsync("subscribers/histogram_by_state", TokenScope.Admin)).Body.GetProperty("email");
        Assert.Equal((1, 1, 2), (email.GetProperty("active").GetInt32(), email.GetProperty("quarantined").GetInt32(), email.GetProperty("total").GetInt32()));

        var (changed, shown) = await api.PatchAsync("subscribers/told00000001", $$$$$"""{"subscriber":{"component_ids":["{{{{{Mail}}}}}"]}}""");
        Assert.Equal((200, Mail), (changed, shown.GetProperty("components")[0].GetString()));
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Delete, "subscribers/told00000001", null, TokenScope.Admin)).Status);
        await Subscribed("subscribers");
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Delete, "subscribers/nobody", null, TokenScope.Admin)).Status);

        async Task Subscribed(string path, params string[] expected) =>
            Assert.Equal(expected, (await api.GetAsync(path, TokenScope.Admin)).Body.EnumerateArray().Select(Id));
    }

    [Fact]
    public async Task A_subscriber_is_entered_once_with_an_address_that_no_fact_has()
    {
        var (status, ann) = await api.PostAsync("subscribers", $$$$$"""{"subscriber":{"email":"ann@example.com","component_ids":["{{{{{Mail}}}}}"],"skip_confirmation_notification":true}}""");
        Assert.Equal((201, "email", "ann@example.com", Mail), (status, Text(ann, "mode"), Text(ann, "email"), ann.GetProperty("components")[0].GetString()));
        Assert.Equal("whsec_x", Text(ann.GetProperty("candor"), "signing_key"));
        var (_, hook) = await api.SendAsync(HttpMethod.Post, "subscribers.json", Form("subscriber[endpoint]=https://hooks.example.com/x&subscriber[email]=ops@example.com"), TokenScope.Admin);
        Assert.Equal(("webhook", "https://hooks.example.com/x"), (Text(hook, "mode"), Text(hook, "endpoint")));
        Assert.Equal(Id(ann), Id((await api.PostAsync("subscribers", """{"subscriber":{"email":"ann@example.com"}}""")).Body));
        Assert.Equal(2, api.World.Subscribers.Count);
        Assert.True(api.World.Subscribers.Values.All(static one => one.IsTold));

        var (_, found) = await api.GetAsync("subscribers?q=EXAMPLE.COM/X", TokenScope.Admin);
        Assert.Equal([Id(hook)], found.EnumerateArray().Select(Id));
        var (_, sorted) = await api.GetAsync("subscribers?sort_field=primary&sort_direction=desc", TokenScope.Admin);
        Assert.Equal([Id(hook), Id(ann)], sorted.EnumerateArray().Select(Id));

        // A chat's address is a secret that is answered nowhere, and it is found and known by it.
        const string Chat = "https://hooks.slack.com/services/T0/B0/AbCdWxyz";
        await api.HappensAsync(new SubscriberJoined(DateTimeOffset.UnixEpoch, new("chat00000001"), new("slack"), Confirmed: true));
        api.Addresses[new("chat00000001")] = Chat;
        var (_, chats) = await api.GetAsync("subscribers?q=B0/AbCd", TokenScope.Admin);
        Assert.Equal(("chat00000001", "slack"), (Id(chats[0]), Text(chats[0], "mode")));
        foreach (var same in (string[])[Chat, "hooks.slack.com/…Wxyz"])
        {
            Assert.Equal(200, (await api.PatchAsync("subscribers/chat00000001", $$$$"""{"subscriber":{"endpoint":"{{{{same}}}}"}}""")).Status);
        }

        await Refused(api.PatchAsync("subscribers/chat00000001", """{"subscriber":{"endpoint":"https://hooks.slack.com/services/T0/B0/Other"}}"""), 422, "address_fixed");
        Assert.Equal(200, (await api.PatchAsync("subscribers/" + Id(ann), "{\"subscriber\":" + ann.GetRawText() + "}")).Status);
        await Refused(api.PatchAsync("subscribers/" + Id(ann), """{"subscriber":{"email":"eve@example.com"}}"""), 422, "address_fixed");
        await Refused(api.PatchAsync("subscribers/nobody000000", """{"subscriber":{"component_ids":[]}}"""), 404, "no_such_subscriber");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{"email":"nobody"}}"""), 422, "no_address");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{}}"""), 422, "empty");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{"phone_number":"1","phone_country":"us"}}"""), 422, "no_address");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{"phone_number":"+49151234567","email":"bo@example.com"}}"""), 422, "several");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{"email":"bo@example.com","component_ids":["nothere00000"]}}"""), 422, "no_such_component");
        await Refused(api.PostAsync("subscribers", """{"subscriber":{"email":"bo@example.com"}}""", TokenScope.Post), 403, "access.scope");
        await Refused(api.GetAsync("subscribers?state=asleep", TokenScope.Admin), 400, "unknown_word");
        await Refused(api.GetAsync("subscribers?sort_field=address", TokenScope.Admin), 400, "unknown_word");
    }

    [Fact]
    public async Task A_stranger_asks_at_the_public_address_and_is_told_what_was_asked_for_and_no_more()
    {
        const string Public = "/api/v2/subscribers.json";
        var (status, said) = await api.SendAsync(HttpMethod.Post, Public, Form($"subscriber[email]=ann@example.com&subscriber[component_ids][]={Mail}"), TokenScope.Read, static headers => headers.Authorization = null);
        Assert.Equal((201, PageId, "email", "ann@example.com"), (status, Text(said.GetProperty("page"), "id"), Text(said.GetProperty("subscriber"), "mode"), Text(said.GetProperty("subscriber"), "email")));
        Assert.Equal(["mode", "email", "endpoint", "phone_number", "component_ids", "quarantined_at", "can_select_components"], said.GetProperty("subscriber").EnumerateObject().Select(static one => one.Name));
        var (again, same) = await api.SendAsync(HttpMethod.Post, Public, Form($"subscriber[email]=ann@example.com&subscriber[component_ids][]={Mail}"), TokenScope.Read);
        Assert.Equal((201, said.GetRawText()), (again, same.GetRawText()));
        await api.PostAsync(Public, """{"subscriber":{"endpoint":"https://hooks.example.com/x"}}""");
        Assert.Equal([("email", "ann@example.com"), ("email", "ann@example.com"), ("webhook", "https://hooks.example.com/x")], api.Asked);
        Assert.Empty(api.World.Subscribers);

        await Refused(api.PostAsync(Public, """{"subscriber":{"email":"bo@example.com"}}"""), 429, "too_many");
        await Refused(api.PostAsync(Public, """{"subscriber":{"email":"bo@example.com","component_ids":["nothere00000"]}}"""), 422, "no_such_component");
        await Refused(api.PostAsync(Public, "{"), 400, "body.unreadable");
        await Refused(api.SendAsync(HttpMethod.Delete, Public, Json("""{"subscriber":{"id":"told00000001"}}"""), TokenScope.Read), 422, "by_the_link");
        await Refused(api.SendAsync(HttpMethod.Delete, Public, Json("""{"subscriber":{"email":"ann@example.com"}}"""), TokenScope.Read), 422, "by_the_link");
        await Refused(api.SendAsync(HttpMethod.Delete, Public, Json("{"), TokenScope.Read), 400, "body.unreadable");
        var (left, gone) = await api.SendAsync(HttpMethod.Delete, Public, Form("subscriber[id]=told00000001.0f0f"), TokenScope.Read, static headers => headers.Authorization = null);
        Assert.Equal((200, PageId, "webhook", JsonValueKind.Null), (left, Text(gone.GetProperty("page"), "id"), Text(gone.GetProperty("subscriber"), "mode"), gone.GetProperty("subscriber").GetProperty("endpoint").ValueKind));
        Assert.Equal(405, (await api.GetAsync(Public)).Status);
        await api.HappensAsync(new PageConfigured(At, new(PageId, "Heron", "Europe/Berlin") { OnlyFor = ["staff"], Audiences = ["staff"] }));
        await api.PostAsync(Public, """{"subscriber":{"email":"bo@example.com"}}""");
        Assert.Equal(4, api.Asked.Count);
    }

    [Fact]
    public async Task Many_subscribers_are_taken_out_and_those_whose_side_was_away_are_taken_back()
    {
        SubscriberId[] ids = [new("ann000000001"), new("bounced00001"), new("annoyed00001"), new("left00000001")];
        foreach (var id in ids)
        {
            await api.HappensAsync(new SubscriberJoined(At, id, new("email"), Confirmed: true));
        }

        await api.HappensAsync(
            new SubscriberStopped(At, ids[1], StopReason.Bounced), new SubscriberStopped(At, ids[2], StopReason.Complaint), new SubscriberLeft(At, ids[3]));

        Assert.Equal(202, (await api.PostAsync("subscribers/reactivate", """{"subscribers":"all"}""")).Status);
        Assert.Equal([true, true, false, false], ids.Select(id => api.World.Subscribers[id].IsTold));
        Assert.Equal(202, (await api.PostAsync("subscribers/reactivate", """{"subscribers":["left00000001","annoyed00001"]}""")).Status);
        Assert.Equal([true, true, false, false], ids.Select(id => api.World.Subscribers[id].IsTold));
        Assert.Equal(202, (await api.SendAsync(HttpMethod.Post, "subscribers/unsubscribe", Form("subscribers[]=ann000000001"), TokenScope.Admin)).Status);
        Assert.Equal([false, true, false, false], ids.Select(id => api.World.Subscribers[id].IsTold));
        Assert.Equal(202, (await api.PostAsync("subscribers/unsubscribe", """{"subscribers":"all","type":"webhook","skip_unsubscription_notification":true}""")).Status);
        Assert.True(api.World.Subscribers[ids[1]].IsTold);
        Assert.Equal(202, (await api.PostAsync("subscribers/unsubscribe", """{"subscribers":"all","subscriber_type":"email"}""")).Status);
        Assert.DoesNotContain(api.World.Subscribers.Values, static one => one.IsTold);

        await Refused(api.PostAsync("subscribers/unsubscribe", "{}"), 422, "empty");
        await Refused(api.PostAsync("subscribers/unsubscribe", """{"subscribers":["nobody000000"]}"""), 404, "no_such_subscriber");
        await Refused(api.PostAsync("subscribers/unsubscribe", """{"subscribers":"all","by":"person:x"}"""), 400, "body.unknown_member");
        await api.HappensAsync(new SubscriberJoined(At, new("asked0000001"), new("email"), Confirmed: false));
        Assert.Equal(202, (await api.PostAsync("subscribers/resend_confirmation", """{"subscribers":"all"}""")).Status);
        Assert.Equal(202, (await api.SendAsync(HttpMethod.Post, "subscribers/asked0000001/resend_confirmation", null, TokenScope.Admin)).Status);
        Assert.Equal([new("asked0000001"), new("asked0000001")], api.AskedAgain);
        await Refused(api.SendAsync(HttpMethod.Post, "subscribers/nobody000000/resend_confirmation", null, TokenScope.Admin), 404, "no_such_subscriber");
    }

    [Fact]
    public async Task Subscribers_of_one_incident_are_entered_listed_and_taken_out_and_keep_what_else_they_have()
    {
        var id = Id((await api.PostAsync("incidents", """{"incident":{"name":"Mail","status":"investigating","body":"Looking."}}""")).Body);
        var path = $"incidents/{id}/subscribers";

        var (status, alone) = await api.PostAsync(path, """{"subscriber":{"email":"ada@example.com"}}""");
        Assert.Equal((201, "ada@example.com", "active"), (status, Text(alone, "email"), Text(alone.GetProperty("candor"), "state")));
        var whole = Id((await api.PostAsync("subscribers", """{"subscriber":{"email":"bob@example.com"}}""")).Body);
        Assert.Equal((201, whole), ((await api.SendAsync(HttpMethod.Post, path + ".json", Form("subscriber[email]=bob@example.com"), TokenScope.Admin)) is var (made, both) ? made : 0, Id(both)));

        var wishes = api.World.Subscribers[new(Id(alone))].Wishes;
        Assert.Equal((true, id), (wishes.OnlyIncidents, Assert.Single(wishes.Incidents).Value));
        Assert.False(api.World.Subscribers[new(whole)].Wishes.OnlyIncidents);
        Assert.Equal([Id(alone), whole], (await api.GetAsync(path + "?page=0", TokenScope.Admin)).Body.EnumerateArray().Select(Id));
        Assert.Equal(Id(alone), Id((await api.GetAsync($"{path}/{Id(alone)}", TokenScope.Admin)).Body));
        Assert.Equal(202, (await api.SendAsync(HttpMethod.Post, $"{path}/{whole}/resend_confirmation", null, TokenScope.Admin)).Status);

        foreach (var one in (string[])[Id(alone), whole])
        {
            Assert.Equal(200, (await api.SendAsync(HttpMethod.Delete, $"{path}/{one}", null, TokenScope.Admin)).Status);
        }

        Assert.False(api.World.Subscribers[new(Id(alone))].IsTold);
        Assert.True(api.World.Subscribers[new(whole)].IsTold);
        Assert.Empty((await api.GetAsync(path, TokenScope.Admin)).Body.EnumerateArray());
        await Refused(api.SendAsync(HttpMethod.Delete, $"{path}/{whole}", null, TokenScope.Admin), 404, "no_such_subscriber");
        await Refused(api.GetAsync($"{path}/{whole}", TokenScope.Admin), 404, "not_found");
        await Refused(api.PostAsync("incidents/nothere00000/subscribers", """{"subscriber":{"email":"ada@example.com"}}"""), 404, "no_such_incident");
        await Refused(api.PostAsync(path, """{"subscriber":{"email":"ada@example.com"}}""", TokenScope.Post), 403, "access.scope");
    }

    [Fact]
    public async Task Readers_of_what_is_private_are_let_in_by_a_link_changed_and_taken_out()
    {
        await api.HappensAsync(new ComponentChanged(At, api.World.Components[new(Mail)].Definition with { OnlyFor = ["staff"] }));
        var groups = (await api.GetAsync("page_access_groups", TokenScope.Admin)).Body;
        Assert.Equal(["staff", "office"], groups.EnumerateArray().Select(static one => Text(one, "name")));
        var (staff, office) = (Id(groups[0]), Id(groups[1]));
        Assert.Contains(Mail, Ids(groups[0], "component_ids"));
        Assert.DoesNotContain(Mail, Ids(groups[1], "component_ids"));

        var (status, made) = await api.PostAsync("page_access_users", $$$"""{"page_access_user":{"email":"Ada@Example.com","page_access_group_ids":["{{{staff}}}"]}}""");
        Assert.Equal((201, "ada@example.com", staff), (status, Text(made, "email"), Assert.Single(Ids(made, "page_access_group_ids"))));
        Assert.Empty(Ids(made.GetProperty("candor"), "joined"));
        var url = Text(made.GetProperty("candor").GetProperty("invitations")[0], "url");
        Assert.StartsWith("https://status.example.com/enter/", url, StringComparison.Ordinal);
        Assert.Equal(("token:", "reader.invited", "audience:staff"), (api.Audit.Entries[^1].Actor[..6], api.Audit.Entries[^1].Act, api.Audit.Entries[^1].Subject));

        // The link is one that lets in, and is told to nobody again.
        Assert.Null((await api.Desk.Readers.UseAsync(url.Split('/')[^1], "correct horse battery", TestContext.Current.CancellationToken)).Refusal);
        var (_, shown) = await api.GetAsync("page_access_users/" + Id(made), TokenScope.Admin);
        Assert.Equal(staff, Assert.Single(Ids(shown.GetProperty("candor"), "joined")));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("candor").GetProperty("invitations").ValueKind);
        Assert.Contains(Mail, (await api.GetAsync($"page_access_users/{Id(made)}/components", TokenScope.Admin)).Body.EnumerateArray().Select(Id));
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Put, "page_access_users/" + Id(made), Json("{\"page_access_user\":" + shown.GetRawText() + "}"), TokenScope.Admin)).Status);
        Assert.Equal(200, (await api.PostAsync($"components/{Mail}/page_access_users", $$$"""{"page_access_user_ids":["{{{Id(made)}}}"]}""")).Status);
        Assert.Equal(200, (await api.PostAsync($"page_access_groups/{staff}/components", $$$"""{"component_ids":["{{{Mail}}}"]}""")).Status);

        foreach (var (asked, code) in new[]
        {
            (api.PostAsync("page_access_users", """{"page_access_user":{"email":"no address"}}"""), "no_address"),
            (api.PostAsync("page_access_users", $$$"""{"page_access_user":{"email":"a@example.com","page_access_group_ids":["{{{office}}}"]}}"""), "not_found"),
            (api.PostAsync("page_access_users", """{"page_access_user":{"email":"a@example.com","external_login":"a"}}"""), "no_external_login"),
            (api.PatchAsync("page_access_users/" + Id(made), """{"page_access_user":{"email":"b@example.com"}}"""), "address_fixed"),
            (api.PatchAsync("page_access_users/" + Id(made), $$$"""{"page_access_user":{"component_ids":["{{{Shop}}}"]}}"""), "declared_in_settings"),
            (api.PostAsync("page_access_groups", """{"page_access_group":{"name":"new"}}"""), "declared_in_settings"),
            (api.PostAsync($"page_access_groups/{office}/components", $$$"""{"component_ids":["{{{Mail}}}"]}"""), "declared_in_settings"),
            (api.PatchAsync("page_access_groups/" + staff, """{"page_access_group":{"page_access_user_ids":["nobody000000"]}}"""), "not_found"),
        })
        {
            await Refused(asked, code == "not_found" ? 404 : 422, code);
        }

        await Refused(api.PostAsync("page_access_users", """{"page_access_user":{"email":"a@example.com"}}""", TokenScope.Post), 403, "access.scope");
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, "page_access_users/" + Id(made), null, TokenScope.Admin)).Status);
        Assert.Empty(api.Desk.Register!.Roster.Members);
        Assert.Empty(api.Desk.Register!.Roster.ReaderSessions);
        await Refused(api.GetAsync("page_access_users/" + Id(made), TokenScope.Admin), 404, "not_found");
    }

    [Fact]
    public async Task A_metric_is_defined_told_read_changed_and_removed()
    {
        var (_, providers) = await api.GetAsync("metrics_providers");
        var provider = Id(providers[0]);
        Assert.Equal((201, provider), ((await api.PostAsync("metrics_providers", """{"metrics_provider":{"type":"Self"}}""")).Status, Id((await api.GetAsync("metrics_providers/" + provider)).Body)));
        var (status, made) = await api.PostAsync(
            $"metrics_providers/{provider}/metrics",
            """{"metric":{"name":"Orders","metric_identifier":"orders.rate","transform":"average","suffix":"/min","y_axis_min":0,"y_axis_max":500,"y_axis_hidden":false,"display":true,"decimal_places":0,"tooltip_description":"Booked."}}""");
        Assert.Equal((201, "Orders", "orders.rate", "/min", provider), (status, Text(made, "name"), Text(made, "metric_identifier"), Text(made, "suffix"), Text(made, "metrics_provider_id")));
        Assert.Equal(JsonValueKind.Null, made.GetProperty("most_recent_data_at").ValueKind);
        var id = new MetricId(Id(made));

        var at = At.ToUnixTimeSeconds();
        var (told, point) = await api.PostAsync($"metrics/{id}/data", $$$"""{"data":{"timestamp":{{{at}}},"value":41.5}}""", TokenScope.Post);
        Assert.Equal((201, 41.5), (told, point.GetProperty("data").GetProperty("value").GetDouble()));
        Assert.Equal(201, (await api.SendAsync(HttpMethod.Post, $"metrics/{id}/data.json", Form($"data[timestamp]={at + 1}&data[value]=-2e1"), TokenScope.Post)).Status);
        var (many, all) = await api.PostAsync("metrics/data", $$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at + 2}}},"value":1},{"timestamp":{{{at + 3}}},"value":2}]}}""", TokenScope.Post);
        Assert.Equal((202, 2), (many, all.GetProperty(id.Value).GetArrayLength()));
        Assert.Equal([41.5, -20, 1, 2], api.Told[id].Select(static one => one.Value));
        Assert.Equal("2026-11-26T09:00:03.000Z", Text((await api.GetAsync("metrics/" + id)).Body, "most_recent_data_at"));

        var (_, shown) = await api.GetAsync("metrics/" + id);
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Put, "metrics/" + id, Json("{\"metric\":" + shown.GetRawText() + "}"), TokenScope.Admin)).Status);
        Assert.Equal("Orders a minute", Text((await api.PatchAsync("metrics/" + id, """{"metric":{"name":"Orders a minute"}}""")).Body, "name"));
        Assert.Equal("/min", api.World.Metrics[id].Definition.Suffix);
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Delete, $"metrics/{id}/data", null, TokenScope.Post)).Status);
        Assert.Empty(api.Told);
        Assert.Equal((200, "Orders a minute"), ((await api.SendAsync(HttpMethod.Delete, "metrics/" + id, null, TokenScope.Admin)) is var (gone, was) ? gone : 0, "Orders a minute"));
        await Refused(api.GetAsync("metrics/" + id), 404, "no_such_metric");
        Assert.Empty((await api.GetAsync("metrics")).Body.EnumerateArray());
    }

    [Fact]
    public async Task Values_that_cannot_be_taken_keep_all_of_their_request_out()
    {
        var provider = Id((await api.GetAsync("metrics_providers")).Body[0]);
        var id = Id((await api.PostAsync($"metrics_providers/{provider}/metrics", """{"metric":{"name":"Orders"}}""")).Body);
        var at = At.ToUnixTimeSeconds();

        foreach (var (body, code, status) in new[]
        {
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at}}},"value":1}],"nothere00000":[{"timestamp":{{{at}}},"value":1}]}}""", "no_such_metric", 404),
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at}}},"value":1},{"timestamp":{{{at + 3_600}}},"value":1}]}}""", "bad_time", 422),
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at - (32 * 86_400)}}},"value":1}]}}""", "bad_time", 422),
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at}}},"value":"NaN"}]}}""", "bad_point", 422),
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at}}},"value":1e999}]}}""", "bad_point", 422),
            ($$$"""{"data":{"{{{id}}}":[{"timestamp":{{{at}}}}]}}""", "bad_point", 422),
            ("{\"data\":{\"" + id + "\":[" + string.Join(',', Enumerable.Repeat($$"""{"timestamp":{{at}},"value":1}""", 3_001)) + "]}}", "too_many", 422),
        })
        {
            await Refused(api.PostAsync("metrics/data", body, TokenScope.Post), status, code);
        }

        Assert.Empty(api.Told);
        await Refused(api.PostAsync("metrics/data", "{}", TokenScope.Read), 403, "access.scope");
        await Refused(api.PostAsync($"metrics_providers/{provider}/metrics", """{"metric":{"name":"x"}}""", TokenScope.Post), 403, "access.scope");
        await Refused(api.PostAsync("metrics_providers", """{"metrics_provider":{"type":"Datadog"}}"""), 422, "no_provider");
        await Refused(api.SendAsync(HttpMethod.Delete, "metrics_providers/" + provider, null, TokenScope.Admin), 422, "no_provider");
        await Refused(api.GetAsync("metrics_providers/nothere00000"), 404, "not_found");
        foreach (var metric in (string[])["""{"y_axis_min":5,"y_axis_max":5}""", """{"decimal_places":9}""", """{"suffix":"a suffix that is long"}""", """{"transform":"max"}""", """{"name":""}"""])
        {
            Assert.Equal(422, (await api.PostAsync($"metrics_providers/{provider}/metrics", "{\"metric\":" + metric + "}")).Status);
        }
    }

    [Fact]
    public async Task What_is_not_kept_is_empty_or_missing_and_nothing_is_taken_that_would_be_lost()
    {
        Assert.Empty((await api.GetAsync("subscribers?page=0&type=email&state=active", TokenScope.Admin)).Body.EnumerateArray());
        Assert.Equal(0, (await api.GetAsync("subscribers/count", TokenScope.Admin)).Body.GetProperty("email").GetInt32());
        Assert.Equal(0, (await api.GetAsync("subscribers/histogram_by_state", TokenScope.Admin)).Body.GetProperty("sms").GetProperty("total").GetInt32());
        await Refused(api.GetAsync("/v1/organizations/o/users", TokenScope.Admin), 403, "access.person_only");
        await Refused(api.GetAsync("subscribers"), 403, "access.scope");
    }

    [Fact]
    public async Task The_widget_takes_the_place_and_the_colours_that_it_is_given()
    {
        var (status, shown) = await api.SendAsync(HttpMethod.Patch, "status_embed_config", Json(
            """{"status_embed_config":{"position":"top-right","incident_background_color":"#C21","maintenance_text_color":"#eeeeee"}}"""), TokenScope.Admin);
        Assert.Equal(200, status);
        Assert.Equal(("top-right", "#cc2211", "#eeeeee"), (Text(shown, "position"), Text(shown, "incident_background_color"), Text(shown, "maintenance_text_color")));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("incident_text_color").ValueKind);
        Assert.Equal(new(WidgetCorner.TopRight) { IncidentBackground = "#cc2211", MaintenanceText = "#eeeeee" }, api.World.Widget);
        var act = Assert.Single(api.World.Audit);
        Assert.Equal(("widget.configured", PageId), (act.Act, act.Target));
        Assert.Equal(act.By.Value, "token:" + act.Token);

        // What is sent back as it was read changes nothing and is nobody's act; a form says "nothing" with an empty text.
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Put, "status_embed_config", Json($"{{\"status_embed_config\":{shown.GetRawText()}}}"), TokenScope.Admin)).Status);
        Assert.Single(api.World.Audit);
        await api.SendAsync(HttpMethod.Patch, "status_embed_config.json", Form("status_embed_config[incident_background_color]="), TokenScope.Admin);
        Assert.Equal(new(WidgetCorner.TopRight) { MaintenanceText = "#eeeeee" }, api.World.Widget);
        await api.SendAsync(HttpMethod.Patch, "status_embed_config", Json("""{"status_embed_config":{"position":null}}"""), TokenScope.Admin);
        Assert.Equal(WidgetCorner.BottomLeft, api.World.Widget.Corner);

        foreach (var wrong in (string[])["\"position\":\"middle\"", "\"incident_text_color\":\"red\"", "\"incident_text_color\":\"#12345g\"", "\"incident_text_color\":\"url(//x)\"", "\"incident_text_color\":7"])
        {
            Assert.Equal(422, (await api.SendAsync(HttpMethod.Patch, "status_embed_config", Json("{\"status_embed_config\":{" + wrong + "}}"), TokenScope.Admin)).Status);
        }

        await Refused(api.SendAsync(HttpMethod.Patch, "status_embed_config", Json("""{"status_embed_config":{}}"""), TokenScope.Post), 403, "access.scope");
        Assert.Equal(3, api.World.Audit.Length);
    }

    private static IEnumerable<string> Ids(JsonElement one, string member) => one.GetProperty(member).EnumerateArray().Select(static id => id.GetString()!);

    internal static string Id(JsonElement one) => Text(one, "id");

    internal static string Text(JsonElement one, string member) => one.GetProperty(member).GetString()!;

    private async Task Listed(string path, params string[] ids) =>
        Assert.Equal(ids, (await api.GetAsync(path)).Body.EnumerateArray().Select(Id));

    private static async Task Refused(Task<(int Status, JsonElement Body)> asked, int status, string code, bool isOurs = true)
    {
        var (was, said) = await asked;
        if (!isOurs)
        {
            // Refused before it is known which route is asked for.
            Assert.Equal((status, code), (was, Text(said, "code")));
            return;
        }

        Assert.Equal((status, code), (was, Text(said.GetProperty("candor"), "code")));
        Assert.EndsWith(".", Text(said, "error"), StringComparison.Ordinal);
    }

    /// <summary>Without what differs between two incidents: ids and moments.</summary>
    private static string Without(JsonElement incident)
    {
        var text = incident.GetRawText().Replace(Id(incident), "", StringComparison.Ordinal);
        foreach (var member in (string[])["created_at", "updated_at", "started_at", "display_at", "id", "shortlink", "incident_id", "candor", "old_status"])
        {
            text = System.Text.RegularExpressions.Regex.Replace(
                text, $"\"{member}\":(\"[^\"]*\"|null|\\{{[^}}]*\\}})", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        }

        return text;
    }
}
