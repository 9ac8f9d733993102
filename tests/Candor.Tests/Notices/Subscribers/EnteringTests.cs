using Candor.Effects;
using Candor.Notices.Subscribers;
using Candor.State;

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
}
