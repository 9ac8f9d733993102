using Candor.Commands.Drills.Rig;

namespace Candor.Tests.Drills;

public sealed class LateMarksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_waited_for_more_than_five_minutes_has_to_say_so_and_what_did_not_must_not()
    {
        var words = new[] { Noon, Noon.AddMinutes(2), Noon.AddMinutes(20) };

        Assert.Equal(new(0, 0, 0), LateMarks.Of([Mail("a", 1), Mail("a", 3), Mail("a", 21)], words));
        Assert.Equal(new(1, 0, 0), LateMarks.Of([Mail("a", 6, late: true)], words));
        Assert.Equal(new(1, 1, 0), LateMarks.Of([Mail("a", 6)], words));
        Assert.Equal(new(0, 0, 1), LateMarks.Of([Mail("a", 4, late: true)], words));

        // Whoever was told in time waits only for what was said after that.
        Assert.Equal(new(1, 1, 0), LateMarks.Of([Mail("b", 1), Mail("b", 8)], words));
        Assert.Equal(new(1, 1, 0), LateMarks.Of([Mail("b", 1), Mail("B", 21)], words));
        Assert.Equal(new(2, 1, 0), LateMarks.Of([Mail("b", 8), Mail("c", 8, late: true)], words));
    }

    private static TakenMail Mail(string recipient, double minute, bool late = false) =>
        new(recipient, "id", "subject", Noon.AddMinutes(minute)) { IsMarkedLate = late };
}
