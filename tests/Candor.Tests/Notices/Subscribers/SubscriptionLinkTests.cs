using Candor.Notices.Subscribers;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>A link is good for its own subscription, for its own use, until it is replaced or its subscriber is forgotten.</summary>
public sealed class SubscriptionLinkTests
{
    private const string Ada = "ada@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_to_leave_by_opens_nothing_else_and_nobody_elses_link_leads_here()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);
        await rig.AskAsync("grace@example.com");
        var (manage, leave) = (rig.LinkOf(Ada, LinkUse.Manage), rig.LinkOf(Ada, LinkUse.Leave));

        Assert.NotNull(rig.Desk.Behind(manage, LinkUse.Manage));
        Assert.NotNull(rig.Desk.Behind(leave, LinkUse.Leave));
        Assert.Null(rig.Desk.Behind(leave, LinkUse.Manage));
        Assert.Null(rig.Desk.Behind(manage, LinkUse.Leave));
        var others = rig.LinkOf("grace@example.com", LinkUse.Manage);
        Assert.Null(rig.Desk.Behind($"{rig.The(Ada).Id}.{others.Split('.')[1]}", LinkUse.Manage));
        Assert.Equal(32, others.Split('.')[1].Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("sub000000001.")]
    [InlineData("sub000000001.zz")]
    [InlineData("sub000000001.é")]
    [InlineData("../../etc.aa")]
    [InlineData("a.b.c")]
    public async Task What_is_no_link_leads_nowhere(string text)
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);

        Assert.Null(rig.Desk.Behind(text, LinkUse.Manage));
        Assert.Null(rig.Desk.Behind(rig.LinkOf(Ada, LinkUse.Manage) + new string('a', 10_000), LinkUse.Manage));
    }

    [Fact]
    public async Task A_new_link_leaves_those_from_before_nothing_but_the_button_of_mails_that_were_delivered()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);
        var (before, leave) = (rig.LinkOf(Ada, LinkUse.Manage), rig.LinkOf(Ada, LinkUse.Leave));
        var (subscriber, contact) = rig.Desk.Behind(before, LinkUse.Manage)!.Value;

        var after = await rig.Desk.RenewLinkAsync(subscriber, contact, Ct);

        Assert.Null(rig.Desk.Behind(before, LinkUse.Manage));
        Assert.NotNull(rig.Desk.Behind(leave, LinkUse.Leave));
        Assert.Null(rig.Desk.Behind(leave, LinkUse.Manage));
        Assert.Null(rig.Desk.Behind(leave, LinkUse.Acknowledge));
        Assert.NotNull(rig.Desk.Behind(after.ToString(), LinkUse.Manage));
    }

    [Fact]
    public async Task Whoever_is_erased_is_gone_with_the_key_and_the_link_and_may_come_as_somebody_new()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Ada);
        var (id, link) = (rig.The(Ada).Id, rig.LinkOf(Ada, LinkUse.Manage));

        Assert.Null(await rig.Desk.EraseAsync(id, by: null, Ct));

        Assert.Empty(rig.Contacts.Rows);
        Assert.Null(rig.Desk.Behind(link, LinkUse.Manage));
        Assert.True(rig.World.Subscribers[id].Erased);
        await rig.AskAsync(Ada);
        Assert.NotEqual(id, rig.The(Ada).Id);
    }

    [Fact]
    public async Task A_new_key_signs_beside_the_one_before_and_the_third_ends_the_first()
    {
        await using var rig = await SubscriberRig.StartAsync();
        const string Hook = "https://receiver.example.com/hook";
        await rig.AskAsync(Hook, "webhook");
        var first = rig.Office.Contacts!.Find(rig.The(Hook, "webhook").Id)!.SigningKeys;
        await Renew();
        var second = rig.Office.Contacts!.Find(rig.The(Hook, "webhook").Id)!.SigningKeys;
        await Renew();
        var third = rig.Office.Contacts!.Find(rig.The(Hook, "webhook").Id)!.SigningKeys;

        Assert.Equal((1, 2, 2), (first.Length, second.Length, third.Length));
        Assert.Equal(first[0], second[1]);
        Assert.Equal(second[0], third[1]);

        Task Renew() => rig.Desk.RenewKeyAsync(rig.The(Hook, "webhook"), rig.Office.Contacts!.Find(rig.The(Hook, "webhook").Id)!, Ct);
    }
}
