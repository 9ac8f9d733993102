using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Subscribing.Lists;
using Candor.Tests.Notices;
using Candor.Tests.Notices.Subscribers;

namespace Candor.Tests.Subscribing;

/// <summary>A list comes in whole or not at all, sends nothing unless asked to, and brings nobody back who has left.</summary>
public sealed class ListDeskTests
{
    private static readonly Actor Ada = new("person:ada");

    private const string Chosen =
        "address,components,minimum_impact,maintenance,time_zone,language,digest,reminders\nada@example.com,Homepage,major,no,Europe/Berlin,de,daily,yes\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_bad_row_keeps_all_out_and_leaving_it_out_enters_the_others()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        const string List = "address\nada@example.com\nnobody\ngrace@example.com\nADA@example.com\n";

        var refused = await desk.RunAsync(new() { List = List }, Ada, Ct);
        Assert.Equal("list_faults", refused.Refusal!.Code);
        Assert.Contains("Line 3", refused.Refusal.Sentence, StringComparison.Ordinal);
        Assert.Empty(rig.Contacts.Rows);
        Assert.Empty(rig.World.Subscribers);

        var done = await desk.RunAsync(new() { List = List, LeaveOutBad = true }, Ada, Ct);
        Assert.Equal((true, 2, 1, 1), (done.Done, done.New, done.Faults.Count, done.LeftOut.Count));
        Assert.All(rig.World.Subscribers.Values, static one => Assert.True(one is { IsTold: true, Asked: 0 }));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_does_nothing()
    {
        await using var rig = await SubscriberRig.StartAsync();

        var outcome = await new ListDesk(rig.Desk).RunAsync(new() { List = "address\nteam@example.com\n", DryRun = true }, Ada, Ct);

        Assert.Equal((false, 1, 1), (outcome.Done, outcome.New, outcome.Warnings.Count));
        Assert.Empty(rig.Contacts.Rows);
    }

    [Fact]
    public async Task Asked_to_ask_each_new_one_gets_the_link_and_is_told_nothing_before_it()
    {
        await using var rig = await SubscriberRig.StartAsync();

        await new ListDesk(rig.Desk).RunAsync(new() { List = "address\nada@example.com\n", Ask = true }, Ada, Ct);

        Assert.True(rig.The("ada@example.com") is { IsTold: false, Asked: 1 });
    }

    [Fact]
    public async Task Who_left_stays_away_who_is_told_is_changed_and_the_blocked_are_named()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = "address\nleft@example.com\ntold@example.com\n" }, Ada, Ct);
        await rig.Desk.LeaveAsync(rig.The("left@example.com").Id, Ct);
        Assert.Null(await rig.Desk.BlockAsync("@blocked.example.com", Ct));

        var outcome = await desk.RunAsync(
            new() { List = "address,minimum_impact\nleft@example.com,\ntold@example.com,major\nx@blocked.example.com,\n", LeaveOutBad = true }, Ada, Ct);

        Assert.Equal((0, 1, 1), (outcome.New, outcome.Changed, outcome.LeftOut.Count));
        Assert.Equal((4, "x@blocked.example.com is blocked."), (outcome.Faults[0].Line, outcome.Faults[0].What));
        Assert.False(rig.The("left@example.com").IsTold);
        Assert.True(rig.The("told@example.com") is { IsTold: true, Wishes.MinimumImpact: Impact.Major });
    }

    [Theory]
    [InlineData("address\nada@example.com\n")]
    [InlineData("channel,address,components,minimum_impact,maintenance,time_zone,language,digest,reminders\nemail,ada@example.com,,,,,,,\n")]
    public async Task An_absent_column_and_an_empty_cell_change_nothing_of_what_somebody_has_chosen(string list)
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = Chosen }, Ada, Ct);
        var before = rig.The("ada@example.com").Wishes;

        var outcome = await desk.RunAsync(new() { List = list }, Ada, Ct);

        Assert.Equal((true, 0, 1), (outcome.Done, outcome.Changed, outcome.Same));
        Assert.Empty(outcome.Changes);
        Assert.True(rig.The("ada@example.com").Wishes.SameAs(before));
        Assert.True(before is { MinimumImpact: Impact.Major, Maintenance: false, Digest: DigestEvery.Daily, Language: "de", TimeZone: "Europe/Berlin", Reminders: true });
    }

    [Fact]
    public async Task A_dry_run_says_of_each_what_would_change_and_the_real_one_does_just_that()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = Chosen }, Ada, Ct);
        const string List = "address,components,minimum_impact,digest\nada@example.com,*,,each\n";

        var would = await desk.RunAsync(new() { List = List, DryRun = true }, Ada, Ct);

        Assert.Equal(
            [new(2, "ada@example.com", "components", "Homepage", "the whole page"), new(2, "ada@example.com", "digest", "daily", "each")], would.Changes);
        Assert.True(rig.The("ada@example.com") is { Wishes.Digest: DigestEvery.Daily });
        Assert.Equal(would.Changes, (await desk.RunAsync(new() { List = List }, Ada, Ct)).Changes);
        Assert.True(rig.The("ada@example.com") is { Wishes: { Digest: DigestEvery.Each, Components.IsEmpty: true, MinimumImpact: Impact.Major } });
    }

    [Fact]
    public async Task A_responder_is_taken_off_duty_by_a_no()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = Chosen }, Ada, Ct);

        var outcome = await desk.RunAsync(new() { List = "address,reminders\nada@example.com,no\n" }, Ada, Ct);

        Assert.Equal([new(2, "ada@example.com", "reminders", "yes", "no")], outcome.Changes);
        Assert.False(rig.The("ada@example.com").IsOnDuty);
    }

    [Fact]
    public async Task A_list_that_was_written_brings_back_what_was_chosen_then_and_changes_nothing_of_what_is()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = "address,components\nada@example.com,*\ngrace@example.com,Homepage\n" }, Ada, Ct);
        var before = rig.World.Subscribers.Values.ToDictionary(static one => one.Id, static one => one.Wishes);
        var written = ListForm.Write(rig.World, rig.Desk.WholeAddressOf);
        Assert.Equal(2, (await desk.RunAsync(new() { List = written }, Ada, Ct)).Same);

        await desk.RunAsync(new() { List = Chosen + "grace@example.com,*,minor,no,Asia/Tokyo,en,hourly,yes\n" }, Ada, Ct);
        Assert.DoesNotContain(rig.World.Subscribers.Values, one => one.Wishes.SameAs(before[one.Id]));

        Assert.Equal(2, (await desk.RunAsync(new() { List = written }, Ada, Ct)).Changed);
        Assert.All(rig.World.Subscribers.Values, one => Assert.True(one.Wishes.SameAs(before[one.Id]), "it was not brought back"));
    }

    [Fact]
    public async Task Whoever_follows_single_incidents_alone_is_read_back_as_they_were()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon), NoticeWorld.Opens(NoticeWorld.Noon, new("other0000000")));
        var desk = new ListDesk(rig.Desk);
        var body = new SubscriberBody { Channel = "email", Address = "ada@example.com" };
        Assert.Null((await rig.Desk.FollowAsync(body, NoticeWorld.Outage, Ada, Ct)).Refusal);
        await desk.RunAsync(new() { List = "address\ngrace@example.com\n" }, Ada, Ct);
        Assert.Null((await rig.Desk.FollowAsync(body with { Address = "grace@example.com" }, NoticeWorld.Outage, Ada, Ct)).Refusal);
        var before = rig.World.Subscribers.Values.ToDictionary(static one => one.Id, static one => one.Wishes);
        var written = ListForm.Write(rig.World, rig.Desk.WholeAddressOf);

        var unchanged = await desk.RunAsync(new() { List = written }, Ada, Ct);
        Assert.Equal((0, 2), (unchanged.Changed, unchanged.Same));
        Assert.Equal(1, (await desk.RunAsync(new() { List = "address\nada@example.com\n" }, Ada, Ct)).Same);
        Assert.Null((await rig.Desk.FollowAsync(body, new("other0000000"), Ada, Ct)).Refusal);
        Assert.Equal(1, (await desk.RunAsync(new() { List = "address,components\nada@example.com,*\n" }, Ada, Ct)).Changed);
        Assert.False(rig.The("ada@example.com").Wishes.OnlyIncidents);

        Assert.Equal(
            [("components", "single incidents alone"), ("incidents", NoticeWorld.Outage.Value)],
            (await desk.RunAsync(new() { List = written }, Ada, Ct)).Changes.Select(static one => (one.Field, one.After)));
        Assert.All(rig.World.Subscribers.Values, one => Assert.True(one.Wishes.SameAs(before[one.Id]), "it was not brought back"));
    }

    [Fact]
    public async Task Single_incidents_that_are_not_here_make_nobody_a_subscriber_of_the_whole_page()
    {
        await using var rig = await SubscriberRig.StartAsync();

        var outcome = await new ListDesk(rig.Desk).RunAsync(new() { List = "address,components,incidents\nada@example.com,none,elsewhere000\n" }, Ada, Ct);

        Assert.Equal((0, 1, 2), (outcome.New, outcome.LeftOut.Count, outcome.LeftOut[0].Line));
        Assert.Empty(rig.World.Subscribers);
    }

    [Fact]
    public async Task A_list_that_says_nothing_new_of_a_strangers_address_vouches_for_nobody()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await rig.AskAsync("ada@example.com");
        Assert.Null(await rig.Desk.ConfirmAsync(rig.The("ada@example.com").Id, rig.The("ada@example.com").Wishes, Ct));

        var outcome = await desk.RunAsync(new() { List = ListForm.Write(rig.World, rig.Desk.WholeAddressOf) }, Ada, Ct);

        Assert.Equal((0, 1, true), (outcome.Changed, outcome.Same, rig.The("ada@example.com").EnteredByStranger));
        Assert.Equal(1, (await desk.RunAsync(new() { List = "address,minimum_impact\nada@example.com,major\n" }, Ada, Ct)).Changed);
        Assert.False(rig.The("ada@example.com").EnteredByStranger);
    }

    [Fact]
    public async Task A_component_that_is_gone_by_now_keeps_nobody_out_who_was_told_about_it()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var desk = new ListDesk(rig.Desk);
        await desk.RunAsync(new() { List = Chosen }, Ada, Ct);
        await rig.HappensAsync(new ComponentRemoved(rig.Time.GetUtcNow(), NoticeWorld.Home));

        Assert.Empty((await desk.RunAsync(new() { List = "address\nada@example.com\n" }, Ada, Ct)).Faults);
        Assert.Equal([NoticeWorld.Home], rig.The("ada@example.com").Wishes.Components);
    }

    [Fact]
    public async Task Twenty_thousand_rows_are_one_write_and_one_commit()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var list = "address\n" + string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"reader-{i}@example.com\n"));

        var outcome = await new ListDesk(rig.Desk).RunAsync(new() { List = list }, Ada, Ct);

        Assert.Equal((true, 20_000, 1), (outcome.Done, rig.World.Subscribers.Count, rig.Contacts.Writes));
    }

    [Fact]
    public async Task A_blocked_address_and_a_blocked_domain_are_answered_like_any_other_and_asked_nothing()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.Desk.BlockAsync("ada@example.com", Ct);
        await rig.Desk.BlockAsync("@blocked.example.com", Ct);
        var began = rig.Time.GetUtcNow();

        Assert.Null((await rig.AskAsync("Ada@Example.com")).Refusal);
        Assert.Null((await rig.AskAsync("x@blocked.example.com")).Refusal);

        Assert.Empty(rig.World.Subscribers);
        Assert.InRange(rig.Time.GetUtcNow() - began, TimeSpan.FromMilliseconds(800), TimeSpan.FromMilliseconds(840));
        await rig.Office.Contacts!.UnblockAsync("ada@example.com", Ct);
        await rig.AskAsync("ada@example.com");
        Assert.Single(rig.World.Subscribers);
    }

    [Theory]
    [InlineData("@bad")]
    [InlineData("@*.com")]
    [InlineData("@.example.com")]
    [InlineData("@")]
    [InlineData("@example.com/path")]
    public async Task What_would_block_nobody_is_refused(string what)
    {
        await using var rig = await SubscriberRig.StartAsync();

        Assert.Equal("block", (await rig.Desk.BlockAsync(what, Ct))?.Code);
        Assert.Null(await rig.Desk.BlockAsync("@Bücher.example:8443", Ct));
        Assert.Equal(["@bücher.example:8443"], rig.Office.Contacts!.Blocks.Select(static one => one.What));
    }

    [Fact]
    public async Task Whoever_never_wants_to_be_asked_again_is_not()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync("ada@example.com");
        var subscriber = rig.The("ada@example.com");

        Assert.Null(await rig.Desk.BlockAsync(subscriber, rig.Office.Contacts!.Find(subscriber.Id)!, Ct));
        rig.Time.Advance(TimeSpan.FromDays(3));
        await rig.AskAsync("ada@example.com");

        Assert.True(Assert.Single(rig.World.Subscribers).Value.Erased);
    }
}
