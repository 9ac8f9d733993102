using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>What the owner's mail server is spared for, and what it is not.</summary>
public sealed class OneServerTests
{
    public static TheoryData<string, bool> Answers => new()
    {
        { "timeout", false },
        { "deferred", false },
        { "throttled", true },
        { "server_unavailable", true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void It_is_spared_for_what_it_says_of_itself(string what, bool spared)
    {
        var server = new OneServer(nominal: 1_000);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 200; i++, now += TimeSpan.FromMilliseconds(10))
        {
            server.Answered(now, Handover.Delivered("250"), behind: true);
        }

        server.Answered(now, Of(what), behind: true);

        Assert.Equal(spared, server.IsStressed);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(6, false)]
    public void It_is_spared_no_more_after_minutes_without_a_reason_however_few_were_told_meanwhile(int minutes, bool spared)
    {
        var server = new OneServer(nominal: 1_000);
        server.Answered(TimeSpan.Zero, Of("throttled"), behind: false);
        for (var minute = 1; minute <= minutes; minute++)
        {
            server.Answered(TimeSpan.FromMinutes(minute), Handover.Delivered("250"), behind: false);
        }

        Assert.Equal(spared, server.IsStressed);
        Assert.Equal(!spared, IsFree(server, TimeSpan.FromMinutes(minutes)));
    }

    [Fact]
    public void After_a_quiet_time_the_next_crowd_finds_it_well()
    {
        var server = new OneServer(nominal: 1_000);
        server.Answered(TimeSpan.Zero, Of("throttled"), behind: false);

        Assert.True(IsFree(server, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void When_it_is_back_no_domain_waits_for_a_probe_of_its_own()
    {
        var dispatch = new Dispatch(new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)) { Nominal = 1_000 }, static () => 0.5, new(1_000));
        var domains = Enumerable.Range(1, 5).ToList();
        foreach (var domain in domains)
        {
            // The first is found to be away twenty seconds before the others, so its probe is due that much earlier.
            var now = TimeSpan.FromSeconds(domain == 1 ? 100 : 120);
            for (var i = 0; i < 5; i++)
            {
                Offer(dispatch, domain, number: i, now);
                Assert.True(dispatch.TryTake(now, out var stream));
                dispatch.Answered(stream, Handover.TryAgain(Blame.Destination, "server_unavailable", "421"), now);
            }
        }

        Assert.Equal(5, dispatch.Broken);
        domains.ForEach(domain => Offer(dispatch, domain, number: 9, TimeSpan.FromSeconds(121)));
        Assert.True(dispatch.TryTake(TimeSpan.FromSeconds(131), out var probe));
        Assert.False(dispatch.TryTake(TimeSpan.FromSeconds(131), out _));
        dispatch.Answered(probe, Handover.Delivered("250"), TimeSpan.FromSeconds(132));

        var told = new HashSet<StreamKey> { probe };
        for (var now = TimeSpan.FromSeconds(132); now < TimeSpan.FromSeconds(140); now += TimeSpan.FromMilliseconds(100))
        {
            while (dispatch.TryTake(now, out var stream))
            {
                told.Add(stream);
                dispatch.Answered(stream, Handover.Delivered("250"), now);
            }
        }

        Assert.Equal(5, told.Count);
    }

    private static bool IsFree(OneServer server, TimeSpan now)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (!server.HasRoom(now, fresh: true, borrows: false))
            {
                return false;
            }

            server.Take(now, fresh: true);
        }

        return true;
    }

    private static void Offer(Dispatch dispatch, int domain, int number, TimeSpan now) =>
        dispatch.Offer(new(IdOf((domain * 10) + number), OutageTopic), $"domain{domain}.example", Lane.Fresh, new(IsOver: false, Noon), now);

    private static Handover Of(string what) => what switch
    {
        "timeout" => Handover.TryAgain(Blame.Destination, "timeout", "no answer in time: after RCPT", stress: true),
        "deferred" => Handover.TryAgain(Blame.Recipient, "deferred", "451 4.7.0 greylisted", stress: true),
        "throttled" => Handover.TryAgain(Blame.None, "throttled", "450 4.7.1 too much", stress: true),
        _ => Handover.TryAgain(Blame.Destination, "server_unavailable", "421 4.3.2 busy", stress: true),
    };
}
