using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>A channel that is stopped is looked at when something can come of it, and not for its own sake.</summary>
public sealed class WakingTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly Handover Refused = Handover.Refused(Blame.Channel, "sender_refused", "550") with { MayBeOwn = true };

    private readonly Dispatch dispatch = new(new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)), static () => 0.5);

    [Fact]
    public void Where_nothing_is_ready_it_sleeps_until_something_is()
    {
        Stop();
        Offer(2, readyAfter: 300);

        Assert.Equal(Start + TimeSpan.FromSeconds(300), dispatch.NextAt(Start + TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void While_its_probe_is_under_way_only_the_answer_wakes_it()
    {
        Stop();
        Offer(2, readyAfter: 0);
        Offer(3, readyAfter: 0);
        Assert.True(dispatch.TryTake(Start + TimeSpan.FromSeconds(60), out _));

        Assert.Null(dispatch.NextAt(Start + TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Where_none_that_is_ready_may_go_it_looks_once_a_second()
    {
        // Its own destination answers nobody either.
        for (var number = 11; number <= 15; number++)
        {
            Offer(number, readyAfter: 0);
            Assert.True(dispatch.TryTake(Start, out var stream));
            dispatch.Answered(stream, Handover.TryAgain(Blame.Destination, "server_unavailable", "421"), Start + TimeSpan.FromSeconds(30));
        }

        Stop(destination: "other.example");
        Offer(2, readyAfter: 0);
        var due = Start + TimeSpan.FromSeconds(31);
        Assert.False(dispatch.TryTake(due, out _));

        Assert.True(dispatch.NextAt(due) >= due + TimeSpan.FromSeconds(1), $"it looks again at once: {dispatch.NextAt(due)}");
    }

    private void Stop(string destination = "one.example")
    {
        Offer(1, readyAfter: 0, destination);
        Assert.True(dispatch.TryTake(Start, out var stream));
        dispatch.Answered(stream, Refused, Start);
        Assert.True(dispatch.IsStopped);
    }

    private void Offer(int number, int readyAfter, string destination = "one.example") => dispatch.Offer(
        new(IdOf(number), OutageTopic), destination, Lane.Fresh, new(IsOver: false, Noon), Start + TimeSpan.FromSeconds(readyAfter));
}
