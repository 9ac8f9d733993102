using Candor.Effects;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Notices.Subscribers;

public sealed class EnteringTests
{
    private static readonly SubscriberBody Ada = new() { Channel = "email", Address = "ada@example.com" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A drill on a busy machine was answered with an error of ours.</summary>
    [Fact]
    public async Task Many_that_come_before_the_addresses_are_read_are_asked_to_come_again()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var starting = new SubscriberDesk(() => rig.Journal, static () => null, new SystemRandomness(), rig.Time);

        var (done, refusal) = await starting.EnterManyAsync(new() { Subscribers = [Ada] }, new Actor("token:me"), Ct);
        Assert.Null(done);
        Assert.Equal("notices.starting", refusal?.Code);

        (done, refusal) = await rig.Desk.EnterManyAsync(new() { Subscribers = [Ada] }, new Actor("token:me"), Ct);
        Assert.Null(refusal);
        Assert.Equal(1, done!.Entered);
    }

    [Fact]
    public async Task Whoever_left_complained_or_is_never_to_be_written_to_is_not_brought_back_by_others()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var by = new Actor("token:crm");
        SubscriberBody[] all = [Ada, Ada with { Address = "bob@example.com" }, Ada with { Address = "eve@example.com" }, Ada with { Address = "joe@example.com" }];
        await rig.Desk.EnterManyAsync(new() { Subscribers = all }, by, Ct);
        await rig.HappensAsync([new SubscriberLeft(rig.Time.GetUtcNow(), rig.The("ada@example.com").Id)]);
        await rig.HappensAsync([new SubscriberStopped(rig.Time.GetUtcNow(), rig.The("bob@example.com").Id, StopReason.Complaint)]);
        await rig.HappensAsync([new SubscriberStopped(rig.Time.GetUtcNow(), rig.The("joe@example.com").Id, StopReason.Bounced)]);
        await rig.Desk.BlockAsync("eve@example.com", Ct);

        var (done, _) = await rig.Desk.EnterManyAsync(new() { Subscribers = all }, by, Ct);

        Assert.Equal(["left", "left", "blocked"], done!.Refused.Select(static one => one.Code));
        Assert.Equal("left", (await rig.Desk.EnterAsync(Ada, by, Ct)).Refusal?.Code);
        Assert.Equal("blocked", (await rig.Desk.EnterAsync(Ada with { Address = "eve@example.com" }, by, Ct)).Refusal?.Code);
        Assert.False(rig.The("ada@example.com").IsTold);
        Assert.False(rig.The("bob@example.com").IsTold);

        // Where messages only did not arrive, entering again is trying again; and operators may change their minds.
        Assert.True(rig.The("joe@example.com").IsTold);
        await rig.HappensAsync([new SubscriberLeft(rig.Time.GetUtcNow(), rig.The("joe@example.com").Id) { By = by }]);
        Assert.Null((await rig.Desk.EnterAsync(Ada with { Address = "joe@example.com" }, by, Ct)).Refusal);
        Assert.True(rig.The("joe@example.com").IsTold);
    }

    [Fact]
    public async Task Whoever_took_their_leave_of_somebody_who_was_taken_out_stays_away_also_from_single_incidents()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));
        var (by, incident) = (new Actor("token:crm"), NoticeWorld.OutageTopic.Incident!.Value);
        await rig.Desk.EnterAsync(Ada, by, Ct);
        var id = rig.The("ada@example.com").Id;
        await rig.Journal.CommitAsync(world => SubscriberDecisions.Leave(world, rig.Time.GetUtcNow(), id, by), Ct);
        Assert.Null((await rig.Desk.FollowAsync(Ada, incident, by, Ct)).Refusal);

        await rig.Journal.CommitAsync(world => SubscriberDecisions.Leave(world, rig.Time.GetUtcNow(), id, by), Ct);
        await rig.Journal.CommitAsync(world => SubscriberDecisions.Leave(world, rig.Time.GetUtcNow(), id, by: null), Ct);

        Assert.Equal("left", (await rig.Desk.FollowAsync(Ada, incident, by, Ct)).Refusal?.Code);
        Assert.Equal("left", (await rig.Desk.EnterAsync(Ada, by, Ct)).Refusal?.Code);
        await rig.Journal.CommitAsync(world => SubscriberDecisions.Stop(world, rig.Time.GetUtcNow(), id, StopReason.Complaint), Ct);
        Assert.Equal(StopReason.Complaint, rig.The("ada@example.com").Stopped);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_called_a_message_unwanted_or_wants_never_to_be_asked_is_recognised_after_erasing_though_the_address_is_gone(bool complained)
    {
        await using var rig = await SubscriberRig.StartAsync();
        var by = new Actor("token:crm");
        await rig.Desk.EnterAsync(Ada, by, Ct);
        var there = rig.The("ada@example.com");
        if (complained)
        {
            await rig.Journal.CommitAsync(world => SubscriberDecisions.Stop(world, rig.Time.GetUtcNow(), there.Id, StopReason.Complaint), Ct);
            Assert.Null(await rig.Desk.EraseAsync(there.Id, by, Ct));
        }
        else
        {
            Assert.Null(await rig.Desk.BlockAsync(there, rig.Office.Contacts!.Find(there.Id)!, Ct));
        }

        Assert.Equal("blocked", (await rig.Desk.EnterAsync(Ada with { Address = "ADA@example.com" }, by, Ct)).Refusal?.Code);
        Assert.Null((await rig.AskAsync("ada@example.com")).Refusal);
        Assert.True(Assert.Single(rig.World.Subscribers).Value.Erased);
        Assert.Equal((1, 0), (rig.Office.Contacts!.Recognised, rig.Office.Contacts.Blocks.Count()));
        Assert.Empty(rig.Office.Contacts.All);

        // What is left is as good after a restart, and is taken away by whoever names the address.
        await rig.Office.Contacts.UnblockAsync("ada@example.com", Ct);
        Assert.Null((await rig.Desk.EnterAsync(Ada, by, Ct)).Refusal);
    }

    [Fact]
    public async Task Components_are_taken_by_name_as_by_id_and_the_one_that_is_none_is_pointed_at()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var by = new Actor("token:crm");

        Assert.Null((await rig.Desk.EnterAsync(Ada with { Components = ["homepage"] }, by, Ct)).Refusal);
        Assert.Equal([NoticeWorld.Home], rig.The("ada@example.com").Wishes.Components);
        Assert.Equal(
            ("no_such_component", "components/1"),
            (await rig.Desk.EnterAsync(Ada with { Components = [NoticeWorld.Home.Value, "Nowhere"] }, by, Ct)).Refusal is { } no ? (no.Code, no.Field) : default);
        var (done, _) = await rig.Desk.EnterManyAsync(new() { Subscribers = [Ada with { Components = ["Nowhere"] }, Ada with { Components = ["MAIL"] }] }, by, Ct);
        Assert.Equal((1, "no_such_component", 0), (done!.Known, done.Refused.Single().Code, done.Refused.Single().Index));

        // A stranger learns no id by a name.
        Assert.Equal("There is no component Mail; list the components to see their ids.", (await rig.AskAsync("x@example.com", components: "Mail")).Refusal?.Sentence);
    }

    [Fact]
    public async Task An_address_with_capitals_is_blocked_and_freed_as_its_channel_reads_it()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var by = new Actor("token:crm");
        var chat = new SubscriberBody { Channel = "slack", Address = "https://hooks.slack.com/services/T0/B0/AbC" };

        Assert.Null(await rig.Desk.BlockAsync(" HTTPS://Hooks.Slack.com/services/T0/B0/AbC", Ct));
        Assert.Equal("blocked", (await rig.Desk.EnterAsync(chat, by, Ct)).Refusal?.Code);
        Assert.Equal([chat.Address], rig.Office.Contacts!.Blocks.Select(static one => one.What));
        Assert.False(await rig.Desk.UnblockAsync("https://hooks.slack.com/services/T0/B0/abc", Ct));
        Assert.True(await rig.Desk.UnblockAsync(chat.Address, Ct));
        Assert.Null((await rig.Desk.EnterAsync(chat, by, Ct)).Refusal);

        // Whoever blocked it by their link is freed by whoever types it.
        var there = rig.The(chat.Address, "slack");
        Assert.Null(await rig.Desk.BlockAsync(there, rig.Office.Contacts.Find(there.Id)!, Ct));
        Assert.Equal("blocked", (await rig.Desk.EnterAsync(chat, by, Ct)).Refusal?.Code);
        Assert.True(await rig.Desk.UnblockAsync(chat.Address, Ct));
        Assert.False(await rig.Desk.UnblockAsync(chat.Address, Ct));
        Assert.Null((await rig.Desk.EnterAsync(chat, by, Ct)).Refusal);

        // As an earlier version wrote it.
        await rig.Office.Contacts.BlockAsync("https://example.com/Hook/aBc", rig.Time.GetUtcNow(), Ct);
        await rig.Office.Contacts.BlockAsync("https://example.com/hook/abc", rig.Time.GetUtcNow(), Ct);
        Assert.True(await rig.Desk.UnblockAsync("https://example.com/Hook/aBc", Ct));
        Assert.Empty(rig.Office.Contacts.Blocks);
    }

    [Fact]
    public async Task Who_was_erased_without_a_complaint_may_be_entered_again()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.Desk.EnterAsync(Ada, new("token:crm"), Ct);
        await rig.Desk.EraseAsync(rig.The("ada@example.com").Id, new("token:crm"), Ct);

        Assert.Null((await rig.Desk.EnterAsync(Ada, new("token:crm"), Ct)).Refusal);
    }

    [Fact]
    public async Task An_address_of_several_people_is_named_to_whoever_enters_it()
    {
        await using var rig = await SubscriberRig.StartAsync();

        var (done, _) = await rig.Desk.EnterManyAsync(new() { Subscribers = [Ada, Ada with { Address = "team@example.com" }] }, new("token:crm"), Ct);

        Assert.Equal((1, SharedMailboxes.Warning("email", "team@example.com")), (Assert.Single(done!.Warnings).Index, done.Warnings[0].Detail));
        Assert.Equal(done.Warnings[0].Detail, SubscriberDesk.WarningOf(Ada with { Address = " Team@example.com" }));
        Assert.Null(SubscriberDesk.WarningOf(Ada));
    }

    [Theory]
    [InlineData("\u001b[31mX\u0007\r\nfoo")]
    [InlineData("xx-\u202eYY")]
    [InlineData("")]
    [InlineData("de_DE")]
    public async Task A_language_has_the_form_of_one(string language)
    {
        await using var rig = await SubscriberRig.StartAsync();

        Assert.Equal("no_language", (await rig.Desk.EnterAsync(Ada with { Language = language }, new("token:crm"), Ct)).Refusal?.Code);
        Assert.Null((await rig.Desk.EnterAsync(Ada with { Language = "zh-Hant-TW" }, new("token:crm"), Ct)).Refusal);
    }

    [Fact]
    public async Task A_stranger_learns_nothing_from_what_somebody_had_chosen_that_is_gone()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));
        var (by, incident) = (new Actor("token:crm"), NoticeWorld.OutageTopic.Incident!.Value);
        await rig.Desk.EnterAsync(Ada, by, Ct);
        await rig.Desk.FollowAsync(Ada, incident, by, Ct);
        await rig.HappensAsync([new IncidentRemoved(rig.Time.GetUtcNow(), incident, "It was a test.", by)]);

        Assert.Null(await rig.Desk.AskAsync(Ada, about: null, Ct));
        Assert.Null(await rig.Desk.AskAsync(Ada with { Address = "nobody@example.com" }, about: null, Ct));
    }

    [Fact]
    public async Task Whoever_is_told_keeps_what_they_chose_and_since_when()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var by = new Actor("token:crm");
        await rig.Desk.EnterAsync(Ada with { Digest = DigestEvery.Daily, TimeZone = "Asia/Tokyo", MinimumImpact = Impact.Major, Maintenance = false }, by, Ct);
        var before = rig.The("ada@example.com");
        rig.Time.Advance(TimeSpan.FromHours(5));

        Assert.Null((await rig.Desk.EnterAsync(Ada, by, Ct)).Refusal);
        Assert.Equal(before, rig.The("ada@example.com"));

        Assert.Null((await rig.Desk.EnterAsync(Ada with { Maintenance = true }, by, Ct)).Refusal);
        Assert.Equal(before with { Wishes = before.Wishes with { Maintenance = true } }, rig.The("ada@example.com"));
    }
}
