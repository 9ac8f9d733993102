using System.Collections.Immutable;
using Candor.Notices.Channels;
using Candor.State;
using Candor.Tests.Notices.Subscribers;
using Candor.Watching;

namespace Candor.Tests.Notices;

/// <summary>People are told by a channel, and the settings say nothing of it any more.</summary>
public sealed class UnsetChannelTests
{
    [Fact(Timeout = 60_000)]
    public async Task It_is_said_without_any_room_and_taken_back_with_the_settings()
    {
        await using var rig = await SubscriberRig.StartAsync();
        rig.Office.Configure(ImmutableDictionary<string, ChannelSettings>.Empty);
        await rig.HappensAsync(
            new SubscriberJoined(NoticeWorld.Noon, NoticeWorld.IdOf(1), new("email"), Confirmed: true),
            new SubscriberJoined(NoticeWorld.Noon, NoticeWorld.IdOf(2), new("telegram"), Confirmed: false));
        await InTimeAsync(rig, () => !rig.Self.Problems.IsEmpty);

        var problem = Assert.Single(rig.Self.Problems);
        Assert.Equal(("notices:email", Gravity.Public, "Notices by email " + Problem.NothingGoesOut), (problem.Key, problem.Gravity, problem.Sentence));
        Assert.StartsWith("1 are told by email", problem.Detail, StringComparison.Ordinal);

        rig.Office.Configure(ImmutableDictionary<string, ChannelSettings>.Empty.Add("email", ChannelSettings.None));
        await InTimeAsync(rig, () => rig.Self.Problems.IsEmpty);
    }

    private static async Task InTimeAsync(SubscriberRig rig, Func<bool> condition)
    {
        for (var i = 1; !condition(); i++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (i % 500 == 0)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }
    }
}
