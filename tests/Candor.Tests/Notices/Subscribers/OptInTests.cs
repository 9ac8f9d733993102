using System.Globalization;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Notices;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>Strangers who want an address told: section 3.3 of the promises, "subscription bombing" and "unsubscribing others".</summary>
public sealed class OptInTests
{
    private const string Ada = "ada@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_was_asked_for_is_told_nothing_before_its_link_was_used()
    {
        await using var rig = await SubscriberRig.StartAsync();

        Assert.Null((await rig.AskAsync("Ada@Example.com")).Refusal);

        Assert.Equal((false, true, 1), (rig.The(Ada).IsTold, rig.The(Ada).IsWrittenTo, rig.The(Ada).Asked));
        var (subscriber, _) = rig.Desk.Behind(rig.LinkOf(Ada, LinkUse.Manage), LinkUse.Manage)!.Value;
        Assert.Null(await rig.Desk.ConfirmAsync(subscriber.Id, subscriber.Wishes with { MinimumImpact = Impact.Major }, Ct));
        Assert.Equal((true, Impact.Major), (rig.The(Ada).IsTold, rig.The(Ada).Wishes.MinimumImpact));
    }

    [Fact]
    public async Task What_a_stranger_entered_stays_a_strangers_until_an_operator_enters_it()
    {
        const string hook = "http://10.0.0.1/hook";
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(hook, "webhook");
        var id = rig.The(hook, "webhook").Id;
        Assert.True(rig.The(hook, "webhook").EnteredByStranger);

        // Nothing that goes by the link is an operator's word: confirming, leaving, coming back; and neither is sending it again.
        await rig.Desk.ConfirmAsync(id, new("webhook"), Ct);
        await rig.Desk.LeaveAsync(id, Ct);
        await rig.Desk.ConfirmAsync(id, new("webhook"), Ct);
        await rig.Desk.AskForAsync(id, new("token:t"), Ct);
        Assert.Equal((true, true), (rig.The(hook, "webhook").IsTold, rig.The(hook, "webhook").EnteredByStranger));

        var confirmed = rig.The(hook, "webhook").ConfirmedAt;
        rig.Time.Advance(TimeSpan.FromHours(1));
        await rig.Desk.EnterAsync(new() { Channel = "webhook", Address = hook }, new("token:t"), Ct);
        Assert.Equal((true, false), (rig.The(hook, "webhook").IsTold, rig.The(hook, "webhook").EnteredByStranger));
        Assert.Equal(confirmed, rig.The(hook, "webhook").ConfirmedAt);
    }

    [Fact]
    public async Task A_list_that_says_something_of_a_strangers_address_vouches_for_it_as_well()
    {
        const string hook = "http://10.0.0.1/hook";
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(hook, "webhook");
        await rig.Desk.ConfirmAsync(rig.The(hook, "webhook").Id, new("webhook"), Ct);

        Assert.Null(await rig.Desk.EnterListAsync([new() { Channel = "webhook", Address = hook }], ask: true, new("token:t"), Ct));
        Assert.True(rig.The(hook, "webhook").EnteredByStranger);
        Assert.Null(await rig.Desk.EnterListAsync([new() { Channel = "webhook", Address = hook, Maintenance = false }], ask: true, new("token:t"), Ct));

        Assert.Equal((true, false), (rig.The(hook, "webhook").IsTold, rig.The(hook, "webhook").EnteredByStranger));
    }

    [Fact]
    public async Task What_an_operator_entered_stays_theirs_until_it_is_taken_out()
    {
        const string hook = "http://10.0.0.1/hook";
        await using var rig = await SubscriberRig.StartAsync();
        Assert.Null(await rig.Desk.EnterListAsync([new() { Channel = "webhook", Address = hook }], ask: true, new("token:t"), Ct));
        rig.Time.Advance(TimeSpan.FromDays(2));
        await rig.AskAsync(hook, "webhook");
        Assert.Equal((2, false), (rig.The(hook, "webhook").Asked, rig.The(hook, "webhook").EnteredByStranger));

        var id = rig.The(hook, "webhook").Id;
        await rig.Desk.ConfirmAsync(id, new("webhook"), Ct);
        await rig.Desk.LeaveAsync(id, Ct);
        await rig.Desk.ConfirmAsync(id, new("webhook"), Ct);
        Assert.False(rig.The(hook, "webhook").EnteredByStranger);

        await rig.Desk.TakeOutAsync(id, new("token:t"), Ct);
        rig.Time.Advance(TimeSpan.FromDays(2));
        await rig.AskAsync(hook, "webhook");
        Assert.Equal((3, true), (rig.The(hook, "webhook").Asked, rig.The(hook, "webhook").EnteredByStranger));
    }

    [Fact]
    public async Task A_stranger_enters_no_pager_that_only_an_operator_may()
    {
        await using var rig = await SubscriberRig.StartAsync();

        Assert.Equal("no_channel", (await rig.AskAsync("0123456789abcdef0123456789abcdef", "pagerduty")).Refusal?.Code);
        Assert.Empty(rig.World.Subscribers);
        Assert.Null((await rig.AskAsync("https://hooks.slack.com/services/T/B/x", "slack")).Refusal);
        Assert.False(rig.The("https://hooks.slack.com/services/T/B/x", "slack").IsTold);
    }

    [Fact]
    public async Task Ten_thousand_sign_ups_of_one_address_are_one_mail()
    {
        await using var rig = await SubscriberRig.StartAsync();
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Null(await rig.Desk.AskAsync(new() { Channel = "email", Address = i % 2 == 0 ? Ada : "ADA@example.COM" }, null, Ct));
        }

        Assert.Equal((1, 1), (rig.The(Ada).Asked, rig.Contacts.Rows.Count));
        rig.Time.Advance(TimeSpan.FromHours(24));
        await rig.AskAsync(Ada);
        Assert.Equal(2, rig.The(Ada).Asked);
    }

    [Fact]
    public async Task Ten_thousand_addresses_from_one_place_are_twenty_and_the_others_are_told_when()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var began = rig.Time.GetUtcNow();
        TimeSpan? wait = null;
        for (var i = 0; i < 10_000; i++)
        {
            wait = (await rig.AskAsync($"reader-{i}@example.com")).Wait ?? wait;
        }

        // Twenty at once, and one more every ten minutes; how long the answers took here is up to the machine.
        Assert.InRange(rig.World.Subscribers.Count, 20, 20 + (int)((rig.Time.GetUtcNow() - began) / TimeSpan.FromMinutes(10)));
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Null((await rig.AskAsync("else@example.com", from: "203.0.113.9")).Wait);
    }

    [Fact]
    public async Task Many_places_of_one_network_have_a_cap_as_well()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var began = rig.Time.GetUtcNow();
        for (var i = 0; i < 400; i++)
        {
            await rig.AskAsync($"reader-{i}@example.com", from: $"2001:db8:1:{i:x}::1");
        }

        // A hundred at once, and one more every two minutes; how long the answers took here is up to the machine.
        Assert.InRange(rig.World.Subscribers.Count, 100, 100 + (int)((rig.Time.GetUtcNow() - began) / TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task One_web_host_is_not_flooded_by_way_of_us()
    {
        await using var rig = await SubscriberRig.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await rig.AskAsync($"https://victim.example.com/{i}", "webhook", from: $"198.51.{i}.1");
        }

        Assert.Equal(5, rig.World.Subscribers.Count);
    }

    [Theory]
    [InlineData("slack", "https://hooks.slack.com/services/T{0}/B/x")]
    [InlineData("discord", "https://discord.com/api/webhooks/{0}/token")]
    [InlineData("teams", "https://prod-1.westeurope.logic.azure.com/workflows/{0}/triggers/manual/paths/invoke?sig=a")]
    [InlineData("ntfy", "status-{0}")]
    public async Task Readers_at_a_service_that_everybody_uses_do_not_stand_in_one_line(string channel, string address)
    {
        await using var rig = await SubscriberRig.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            Assert.Null((await rig.AskAsync(string.Format(CultureInfo.InvariantCulture, address, i), channel, from: $"198.51.{i}.1")).Refusal);
        }

        Assert.Equal(12, rig.World.Subscribers.Count);
    }

    [Fact]
    public async Task One_conversation_at_such_a_service_is_not_flooded_by_way_of_us()
    {
        await using var rig = await SubscriberRig.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await rig.AskAsync($"https://hooks.slack.com/services/T/B/x?{i}", "slack", from: $"198.51.{i}.1");
        }

        Assert.Equal(5, rig.World.Subscribers.Count);
    }

    [Fact]
    public async Task New_known_and_confirmed_addresses_are_answered_alike_and_after_the_same_time()
    {
        // The test's clock runs on while the desk works: on a busy machine an answer may miss its beat by that. Without a beat,
        // three answers would hardly ever be on one.
        var onBeat = false;
        for (var tries = 0; tries < 10 && !onBeat; tries++)
        {
            await using var rig = await SubscriberRig.StartAsync();
            await rig.AskAsync("known@example.com");
            await rig.AskAsync("told@example.com");
            await rig.Desk.ConfirmAsync(rig.The("told@example.com").Id, rig.The("told@example.com").Wishes, Ct);

            var answers = new List<(AskOutcome Said, TimeSpan After)>();
            foreach (var address in new[] { "new@example.com", "known@example.com", "told@example.com" })
            {
                var began = rig.Time.GetUtcNow();
                answers.Add((await rig.AskAsync(address), rig.Time.GetUtcNow() - began));
            }

            Assert.Single(answers.Select(static one => one.Said).Distinct());
            Assert.All(answers, static one => Assert.InRange(one.After, TimeSpan.FromMilliseconds(400), TimeSpan.MaxValue));
            onBeat = answers.TrueForAll(static one => one.After.TotalMilliseconds % 400 <= 20);
        }

        Assert.True(onBeat);
    }

    [Fact]
    public async Task Asking_for_an_address_that_is_told_changes_nothing_of_it_and_sends_its_link_once_a_day()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);
        await rig.Desk.ConfirmAsync(rig.The(Ada).Id, rig.The(Ada).Wishes, Ct);
        rig.Time.Advance(TimeSpan.FromDays(2));
        var before = rig.The(Ada);

        await rig.Desk.AskAsync(new() { Channel = "email", Address = Ada, MinimumImpact = Impact.Critical, Maintenance = false }, null, Ct);
        await rig.AskAsync(Ada);

        Assert.Equal(before with { Asked = 2, AskedAt = rig.The(Ada).AskedAt }, rig.The(Ada));
        Assert.True(rig.The(Ada).IsTold);
    }

    [Theory]
    [InlineData("mail00000000")]
    [InlineData("nothing00000")]
    public async Task What_is_for_some_readers_only_is_answered_like_what_does_not_exist(string component)
    {
        await using var rig = await SubscriberRig.StartAsync();

        var refusal = (await rig.AskAsync(Ada, components: component)).Refusal!;

        Assert.Equal(("no_such_component", $"There is no component {component}; list the components to see their ids."), (refusal.Code, refusal.Sentence));
        Assert.Empty(rig.Contacts.Rows);
    }

    [Theory]
    [InlineData("ada@example.com\r\nBcc: all@example.com")]
    [InlineData("\"ada\\\r\n\"@example.com")]
    [InlineData("ada@example.com>\u0000")]
    [InlineData("ada")]
    [InlineData("")]
    public async Task What_could_end_a_header_is_no_address(string address)
    {
        await using var rig = await SubscriberRig.StartAsync();

        Assert.Equal("address", (await rig.AskAsync(address)).Refusal!.Code);
        Assert.Empty(rig.Contacts.Rows);
    }

    [Fact]
    public async Task Whoever_left_comes_back_by_their_link_or_by_asking_again()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);
        var id = rig.The(Ada).Id;
        await rig.Desk.ConfirmAsync(id, rig.The(Ada).Wishes, Ct);
        await rig.Desk.LeaveAsync(id, Ct);
        Assert.Equal((false, false), (rig.The(Ada).IsTold, rig.The(Ada).IsWrittenTo));

        await rig.Desk.ConfirmAsync(id, rig.The(Ada).Wishes, Ct);
        Assert.True(rig.The(Ada).IsTold);

        await rig.Desk.LeaveAsync(id, Ct);
        rig.Time.Advance(TimeSpan.FromDays(2));
        await rig.AskAsync(Ada);
        Assert.Equal((false, true), (rig.The(Ada).IsTold, rig.The(Ada).IsWrittenTo));
    }

    [Fact]
    public async Task Whoever_asks_for_one_incident_is_told_of_it_alone_once_they_confirm()
    {
        await using var rig = await SubscriberRig.StartAsync(Opened("incident0001"));
        Assert.Null((await rig.AskAsync(Ada, new IncidentId("incident0001"))).Refusal);

        Assert.Equal((false, true, true), (rig.The(Ada).IsTold, rig.The(Ada).IsWrittenTo, rig.The(Ada).Wishes.OnlyIncidents));
        await rig.Desk.ConfirmAsync(rig.The(Ada).Id, rig.The(Ada).Wishes, Ct);
        Assert.Equal([new IncidentId("incident0001")], rig.The(Ada).Wishes.Incidents);
    }

    [Fact]
    public async Task Asking_for_one_incident_takes_nothing_from_whoever_is_told_already()
    {
        await using var rig = await SubscriberRig.StartAsync(Opened("incident0001"));
        await rig.AskAsync(Ada);
        await rig.Desk.ConfirmAsync(rig.The(Ada).Id, rig.The(Ada).Wishes, Ct);
        rig.Time.Advance(TimeSpan.FromDays(2));
        var before = rig.The(Ada);

        Assert.Null((await rig.AskAsync(Ada, new IncidentId("incident0001"))).Refusal);

        // The link goes to the address; what the incident is told by is ticked there, by whoever holds it.
        Assert.Equal(before with { Asked = 2, AskedAt = rig.The(Ada).AskedAt }, rig.The(Ada));
    }

    [Theory]
    [InlineData("nothing00000")]
    [InlineData("private00000")]
    [InlineData("hidden000000")]
    [InlineData("unpublished0")]
    [InlineData("../../etc")]
    public async Task An_incident_that_not_every_reader_sees_is_answered_like_one_that_is_not_there(string incident)
    {
        await using var rig = await SubscriberRig.StartAsync(
            Opened("private00000") with { OnlyFor = ["staff"] },
            Opened("hidden000000") with { Components = [new(NoticeWorld.Mail, ComponentStatus.MajorOutage, NoticeWorld.Noon)] },
            Opened("unpublished0") with { Published = false });

        var refusal = (await rig.AskAsync(Ada, new IncidentId(incident))).Refusal!;

        Assert.Equal(("no_such_incident", "There is no such incident on this page any more."), (refusal.Code, refusal.Sentence));
        Assert.Empty(rig.Contacts.Rows);
    }

    [Theory]
    [InlineData("nothing00000", null)]
    [InlineData(null, "nothing00000")]
    public async Task A_blocked_address_is_answered_like_any_other_also_where_something_else_is_wrong(string? component, string? incident)
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.Desk.BlockAsync("blocked@example.com", Ct);
        IncidentId? about = incident is null ? null : new(incident);
        string[] components = component is null ? [] : [component];

        var free = await rig.AskAsync(Ada, about, components: components);
        var blocked = await rig.AskAsync("blocked@example.com", about, components: components);

        Assert.NotNull(free.Refusal);
        Assert.Equal(free, blocked);
        Assert.Null((await rig.AskAsync("blocked@example.com")).Refusal);
        Assert.Empty(rig.World.Subscribers);
    }

    private static IncidentOpened Opened(string id) => new(
        NoticeWorld.Noon, new(id), "Homepage is down", NoticeWorld.Noon, Automatic: false, Published: true, "We are looking into it.",
        [new(NoticeWorld.Home, ComponentStatus.MajorOutage, NoticeWorld.Noon)]);
}
