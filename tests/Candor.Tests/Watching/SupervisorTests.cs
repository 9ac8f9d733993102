using Candor.Effects;
using Candor.Testing;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Watching;

public sealed class SupervisorTests : IDisposable
{
    private readonly ManualTimeProvider time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Meters meters = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly OneThread thread = new();
    private readonly SelfLog self;
    private readonly Supervisor supervisor;

    public SupervisorTests()
    {
        self = new(time);
        supervisor = new(self, new LoopMetrics(meters), time, new SystemRandomness(), NullLogger.Instance);
    }

    public void Dispose()
    {
        stopping.Dispose();
        meters.Dispose();
    }

    [Fact]
    public async Task A_loop_that_throws_is_started_again_and_the_fault_is_shown()
    {
        var starts = 0;
        var running = Run("probing", "Nobody looks.", _ => throw new InvalidOperationException($"fault {++starts}"), stopping.Token);

        await UntilAsync(() => starts >= 3);

        var problem = Assert.Single(self.Problems);
        Assert.Equal(("Nobody looks.", Gravity.Public), (problem.Sentence, problem.Gravity));
        Assert.Contains("probing", problem.Detail!, StringComparison.Ordinal);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_loop_that_ends_by_itself_counts_as_failed()
    {
        var starts = 0;
        var running = Run(
            "alive",
            null,
            _ =>
            {
                starts++;
                return Task.CompletedTask;
            },
            stopping.Token);

        await UntilAsync(() => starts >= 2);

        Assert.Equal(Gravity.Private, Assert.Single(self.Problems).Gravity);
        Assert.Contains("nobody had asked", self.Problems[0].Detail!, StringComparison.Ordinal);
        await StopAsync(running);
    }

    [Fact]
    public async Task After_a_good_minute_it_is_well_again()
    {
        var starts = 0;
        var running = Run(
            "judging",
            null,
            ct => ++starts == 1 ? throw new InvalidOperationException("once") : Task.Delay(Timeout.InfiniteTimeSpan, time, ct),
            stopping.Token);
        await UntilAsync(() => starts == 2);
        Assert.Single(self.Problems);

        await UntilAsync(() => self.Problems.IsEmpty);

        Assert.Equal(2, starts);
        await StopAsync(running);
    }

    [Fact]
    public async Task Pauses_grow_so_that_a_hopeless_loop_costs_nothing()
    {
        var starts = 0;
        var running = Run("settings", null, _ => throw new InvalidOperationException($"{++starts}"), stopping.Token);

        await UntilAsync(() => time.GetUtcNow() > new DateTimeOffset(2026, 3, 1, 12, 10, 0, TimeSpan.Zero));

        // Doubling from 0.1 s reaches 30 s in nine steps; from then on it is at most four a minute.
        Assert.InRange(starts, 15, 55);
        await StopAsync(running);
    }

    private Task Run(string loop, string? consequence, Func<CancellationToken, Task> body, CancellationToken stop) =>
        thread.Run(() => supervisor.RunAsync(loop, consequence, body, stop));

    /// <summary>Lets everything that can run do so, then moves the clock.</summary>
    private Task UntilAsync(Func<bool> isSo)
    {
        thread.RunUntilIdle();
        for (var step = 0; step < 20_000 && !isSo(); step++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            thread.RunUntilIdle();
        }

        Assert.True(isSo());
        return Task.CompletedTask;
    }

    private async Task StopAsync(Task running)
    {
        await stopping.CancelAsync();
        thread.RunUntilIdle();
        await running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
