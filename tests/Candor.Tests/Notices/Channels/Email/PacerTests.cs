using Candor.Notices.Channels.Email;
using Candor.Testing;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class PacerTests
{
    private readonly ManualTimeProvider time = new(new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero));

    [Fact]
    public void Without_a_rate_nobody_waits() =>
        Assert.All(Enumerable.Range(0, 1_000).Select(_ => new Pacer(null, time).WaitAsync(default)), static t => Assert.True(t.IsCompleted));

    [Fact]
    public void Turns_are_spread_and_none_is_saved_up()
    {
        var pacer = new Pacer(10, time);
        time.Advance(TimeSpan.FromMinutes(1));
        var turns = Enumerable.Range(0, 21).Select(_ => pacer.WaitAsync(TestContext.Current.CancellationToken)).ToList();

        Assert.Equal(1, turns.Count(static t => t.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(11, turns.Count(static t => t.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(turns, static t => Assert.True(t.IsCompletedSuccessfully));
    }
}
