using Candor.Probing;
using Candor.State;

namespace Candor.Tests.Probing;

public class WheelTests
{
    [Fact]
    public void What_is_due_comes_out_in_order_and_once()
    {
        var wheel = new Wheel<string>(100);
        wheel.Add("b", 205);
        wheel.Add("a", 203);
        wheel.Add("far", 100 + (3 * 8_192));
        Assert.Equal(203, wheel.Next());
        Assert.Empty(Advanced(wheel, 202));
        Assert.Equal(["a", "b"], Advanced(wheel, 205));
        Assert.Empty(Advanced(wheel, 100 + (3 * 8_192) - 1));
        Assert.Equal(["far"], Advanced(wheel, 100 + (3 * 8_192)));
        Assert.Null(wheel.Next());
    }

    [Fact]
    public void What_is_late_when_added_comes_next()
    {
        var wheel = new Wheel<string>(100);
        wheel.Add("late", 7);
        Assert.Equal(101, wheel.Next());
        Assert.Equal(["late"], Advanced(wheel, 101));
    }

    [Fact]
    public void What_is_removed_does_not_come()
    {
        var wheel = new Wheel<string>(100);
        wheel.Add("a", 150);
        wheel.Add("late", 7);
        Assert.True(wheel.Remove("a", 150));
        Assert.True(wheel.Remove("late", 7));
        Assert.False(wheel.Remove("a", 150));
        Assert.Equal(0, wheel.Count);
        Assert.Null(wheel.Next());
        Assert.Empty(Advanced(wheel, 200));
    }

    [Fact]
    public void A_long_pause_brings_everything_that_came_due()
    {
        var wheel = new Wheel<int>(0);
        for (var i = 0; i < 10_000; i++)
        {
            wheel.Add(i, 1 + (i * 3));
        }

        var due = new List<(int Item, long Due)>();
        wheel.Advance(40_000, due);
        Assert.Equal(Enumerable.Range(0, 10_000), due.Select(d => d.Item));
    }

    /// <summary>Compared with a plain sorted list over random adds, removals and steps.</summary>
    [Fact]
    public void It_agrees_with_a_sorted_list()
    {
        var random = new Random(7);
        var (wheel, list) = (new Wheel<int>(0), new SortedSet<(long Due, int Item)>());
        for (var (i, now) = (0, 0L); i < 20_000; i++)
        {
            if (random.Next(3) == 0 && list.Count > 0)
            {
                var (due, item) = list.ElementAt(random.Next(Math.Min(list.Count, 20)));
                Assert.True(wheel.Remove(item, due));
                list.Remove((due, item));
            }

            var at = now + random.Next(-5, 20_000);
            wheel.Add(i, at);
            list.Add((at, i));
            Assert.True(wheel.Next() <= Math.Max(list.Min.Due, now + 1), "it would oversleep");
            now += random.Next(30);
            var came = new List<(int Item, long Due)>();
            wheel.Advance(now, came);
            var expected = list.TakeWhile(e => e.Due <= now).ToList();
            if (now == wheel.Now && expected.Count > 0 && random.Next(30) == 0)
            {
                Assert.Equal(expected.Select(e => e.Due), came.Select(c => c.Due));
            }

            foreach (var (item, due) in came)
            {
                Assert.True(due <= now && list.Remove((due, item)), "it came early or twice");
            }
        }
    }

    [Fact]
    public void Places_are_stable_and_even()
    {
        const long Interval = 4_000;
        var counts = new int[20];
        for (var i = 0; i < 10_000; i++)
        {
            var offset = Spread.Offset(new($"monitor-{i}"), VantageId.Local, Interval);
            Assert.Equal(offset, Spread.Offset(new($"monitor-{i}"), VantageId.Local, Interval));
            counts[offset * counts.Length / Interval]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 400, 600));
    }

    [Theory]
    [InlineData(0, 10, 3, 3)]
    [InlineData(3, 10, 3, 13)]
    [InlineData(4, 10, 3, 13)]
    [InlineData(12, 10, 3, 13)]
    [InlineData(1, 10, 9, 9)]
    public void The_next_place_is_the_first_after_now(long now, long interval, long offset, long next) =>
        Assert.Equal(next, Spread.Next(now, interval, offset));

    private static List<string> Advanced(Wheel<string> wheel, long to)
    {
        var due = new List<(string Item, long Due)>();
        wheel.Advance(to, due);
        return [.. due.Select(d => d.Item)];
    }
}
