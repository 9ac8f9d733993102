using Candor.Notices.Channels;
using Candor.Notices.Sending;

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

    private static Handover Of(string what) => what switch
    {
        "timeout" => Handover.TryAgain(Blame.Destination, "timeout", "no answer in time: after RCPT", stress: true),
        "deferred" => Handover.TryAgain(Blame.Recipient, "deferred", "451 4.7.0 greylisted", stress: true),
        "throttled" => Handover.TryAgain(Blame.None, "throttled", "450 4.7.1 too much", stress: true),
        _ => Handover.TryAgain(Blame.Destination, "server_unavailable", "421 4.3.2 busy", stress: true),
    };
}
