using Candor.Drills.Simulation;

namespace Candor.Tests.Drills;

public sealed class VirtualThreadTests
{
    [Fact]
    public void Time_passes_only_when_nothing_is_left_to_do_and_timers_come_in_order()
    {
        var heard = new List<string>();
        Under(thread =>
        {
            var time = new VirtualTime(thread, DateTimeOffset.UnixEpoch);
            async Task SayAsync(string word, int seconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), time, CancellationToken.None);
                heard.Add($"{word} at {time.Elapsed.TotalSeconds}");
            }

            var all = Task.WhenAll(SayAsync("c", 3), SayAsync("a", 1), SayAsync("b", 1));
            thread.RunUntil(thread.Now + TimeSpan.FromSeconds(10).Ticks);
            Assert.True(all.IsCompletedSuccessfully);
        });

        Assert.Equal(["a at 1", "b at 1", "c at 3"], heard);
    }

    [Fact]
    public void A_process_that_dies_does_nothing_more()
    {
        var done = false;
        Under(thread =>
        {
            var time = new VirtualTime(thread, DateTimeOffset.UnixEpoch);
            async Task WorkAsync()
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
                done = true;
            }

            var work = WorkAsync();
            thread.Die();
            thread.RunUntil(thread.Now + TimeSpan.FromSeconds(10).Ticks);
            Assert.False(work.IsCompleted);
        });

        Assert.False(done);
    }

    [Fact]
    public void What_leaves_the_thread_is_found_out()
    {
        string? escaped = null;
        Under(thread =>
        {
            var other = new Thread(() => thread.Post(static _ => { }, null));
            other.Start();
            other.Join();
            escaped = thread.Escaped;
        });

        Assert.NotNull(escaped);
    }

    [Fact]
    public void The_wall_clock_jumps_and_the_steady_one_does_not() => Under(thread =>
    {
        var time = new VirtualTime(thread, DateTimeOffset.UnixEpoch);
        var began = time.GetTimestamp();

        time.Jump = TimeSpan.FromHours(-1);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(-1), time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, time.GetElapsedTime(began));
    });

    private static void Under(Action<VirtualThread> act)
    {
        var before = SynchronizationContext.Current;
        var thread = new VirtualThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            act(thread);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
