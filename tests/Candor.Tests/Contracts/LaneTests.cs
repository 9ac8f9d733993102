using Candor.Journal.Sqlite;

namespace Candor.Tests.Contracts;

public sealed class LaneTests
{
    [Fact]
    public async Task A_lane_with_nothing_to_do_looks_ever_more_rarely()
    {
        var (passes, seventh) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var began = TimeProvider.System.GetTimestamp();
        await using var lane = await Lane<MemoryStream>.StartAsync(
            "idle", static () => new(), TimeSpan.FromMilliseconds(2), _ =>
            {
                if (++passes == 7)
                {
                    seventh.SetResult();
                }
            });

        await seventh.Task;

        // 2 + 4 + … + 128 ms; at an even pace seven passes would have taken 14. A slow machine only makes it longer.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(200));
        Assert.Equal(5, await lane.RunAsync(static _ => 5));
    }
}
