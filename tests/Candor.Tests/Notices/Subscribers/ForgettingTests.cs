using Candor.Notices.Subscribers;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>No address outlives its reason by more than 30 days.</summary>
public sealed class ForgettingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_left_and_who_never_confirmed_are_destroyed_after_thirty_days_and_nobody_else()
    {
        await using var rig = await SubscriberRig.StartAsync();
        foreach (var address in new[] { "told@example.com", "left@example.com", "silent@example.com" })
        {
            await rig.AskAsync(address);
        }

        await rig.Desk.ConfirmAsync(rig.The("told@example.com").Id, rig.The("told@example.com").Wishes, Ct);
        await rig.Desk.LeaveAsync(rig.The("left@example.com").Id, Ct);
        var forgetting = new Forgetting(rig.Desk, rig.Time, NullLogger.Instance);

        rig.Time.Advance(TimeSpan.FromDays(29));
        await forgetting.LookAsync(Ct);
        Assert.Equal(3, rig.Contacts.Rows.Count);

        rig.Time.Advance(TimeSpan.FromDays(2));
        await forgetting.LookAsync(Ct);
        Assert.Equal(rig.The("told@example.com").Id, Assert.Single(rig.Contacts.Rows).Key);
        Assert.Equal(2, rig.World.Subscribers.Values.Count(static one => one.Erased));
    }

    [Fact]
    public async Task An_address_that_a_crash_left_behind_its_erasure_goes_at_the_next_look()
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync("ada@example.com");
        await rig.HappensAsync(new SubscriberErased(rig.Time.GetUtcNow(), rig.The("ada@example.com").Id));

        await new Forgetting(rig.Desk, rig.Time, NullLogger.Instance).LookAsync(Ct);

        Assert.Empty(rig.Contacts.Rows);
    }

    [Fact]
    public void An_address_of_which_the_journal_does_not_know_yet_is_kept_for_a_while()
    {
        var kept = new Contact("ada@example.com") { KeptSince = NoticeWorld.Noon };

        Assert.False(Forgetting.IsOver(World.Empty, new("sub000000001"), kept, NoticeWorld.Noon.AddDays(30)));
        Assert.True(Forgetting.IsOver(World.Empty, new("sub000000001"), kept, NoticeWorld.Noon.AddDays(31)));
        Assert.False(Forgetting.IsOver(World.Empty, new("sub000000001"), kept with { KeptSince = null }, NoticeWorld.Noon.AddDays(400)));
    }
}
