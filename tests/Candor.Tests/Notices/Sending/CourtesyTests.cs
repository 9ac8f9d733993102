using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

/// <summary>A channel that waits for readers of the page, step by step of five milliseconds, and takes all that it may.</summary>
public class CourtesyTests
{
    private const int StepsInASecond = 200;
    private readonly Courtesy courtesy = new();
    private int step;
    private double read;

    [Fact]
    public void Where_nobody_reads_nothing_is_held_back()
    {
        Assert.All(Steps(seconds: 3, readings: 0), static room => Assert.Equal(int.MaxValue, room));
        Assert.False(courtesy.Waits);
    }

    [Fact]
    public void A_few_who_look_hold_nobody_up() =>
        Assert.All(Steps(seconds: 3, readings: Courtesy.ReadFrom / 2), static room => Assert.Equal(int.MaxValue, room));

    [Fact]
    public void While_many_read_a_thousand_a_second_begin_evenly()
    {
        Steps(seconds: 1, readings: 50);

        var rooms = Steps(seconds: 10, readings: 50);

        Assert.InRange(rooms.Sum(static room => (long)room), (10 * Courtesy.PerSecond) - 10, (10 * Courtesy.PerSecond) + 10);
        Assert.InRange(rooms.Max(), 1, 10);
    }

    [Fact]
    public void A_few_thousand_go_at_once_and_whoever_comes_after_them_waits()
    {
        Steps(seconds: 1, readings: 50);
        (step, read) = (step + (60 * StepsInASecond), read + (60 * 50));

        var rooms = Steps(seconds: 1, readings: 50);

        Assert.Equal(Courtesy.AtOnce, rooms[0]);
        Assert.InRange(rooms.Skip(1).Max(), 1, 10);
    }

    [Fact]
    public void Who_may_not_begin_another_waits_a_little()
    {
        Steps(seconds: 1, readings: 50);
        Assert.True(courtesy.Waits);

        courtesy.Room(TimeSpan.FromSeconds(step + 1) / StepsInASecond, (long)read);
        Assert.False(courtesy.Waits);
    }

    [Fact]
    public void When_the_readers_have_gone_it_goes_on_at_full_speed()
    {
        Steps(seconds: 3, readings: 50);

        Assert.Equal(int.MaxValue, Steps(seconds: 2, readings: 0)[^1]);
    }

    private List<int> Steps(int seconds, double readings)
    {
        var rooms = new List<int>();
        for (var i = 0; i < seconds * StepsInASecond; i++)
        {
            step++;
            read += readings / StepsInASecond;
            rooms.Add(courtesy.Room(TimeSpan.FromSeconds(step) / StepsInASecond, (long)read));
            courtesy.Took(rooms[^1]);
        }

        return rooms;
    }
}
