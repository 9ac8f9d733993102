using Candor.Effects;
using Microsoft.Extensions.Logging;

namespace Candor.Watching;

/// <summary>
/// Keeps loops running. A loop that throws, or ends though nobody asked it to, is logged, counted, shown and started
/// again after a pause that doubles and is jittered; after a good minute it counts as well. Nothing ends in silence.
/// </summary>
internal sealed class Supervisor(
    SelfLog self, LoopMetrics metrics, TimeProvider time, IRandomness randomness, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);

    /// <summary>Runs the loop until stopping; never throws.</summary>
    /// <param name="loop">A name from a closed set, for people and metrics: "judging".</param>
    /// <param name="consequence">What readers should know while it is down, or null where they need not.</param>
    public async Task RunAsync(
        string loop, string? consequence, Func<CancellationToken, Task> body, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var fault = await RunOnceAsync(loop, body, failures > 0, stopping);
            if (stopping.IsCancellationRequested)
            {
                break;
            }

            failures = time.GetElapsedTime(started) >= Good ? 1 : failures + 1;
            metrics.Restarted(loop);
            SupervisorLog.Restarting(logger, loop, failures, fault);
            self.Raise(
                Key(loop),
                consequence is null ? Gravity.Private : Gravity.Public,
                consequence ?? $"The {loop} loop has failed and is being started again.",
                $"The {loop} loop has failed {failures} times in a row: {fault.Message}");
            await PauseAsync(failures, stopping);
        }
    }

    private static string Key(string loop) => $"loop:{loop}";

    private async Task<Exception> RunOnceAsync(
        string loop, Func<CancellationToken, Task> body, bool failedBefore, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var proving = failedBefore ? ProveAsync(loop, ended.Token) : Task.CompletedTask;
        try
        {
            // What a loop does before it first waits must not hold up those that are started after it.
            await Task.Yield();
            await body(stopping);
            return new InvalidOperationException("It ended although nobody had asked it to.");
        }
        catch (Exception fault)
        {
            return fault;
        }
        finally
        {
            Cancel(ended);
            await proving;
        }
    }

    // CancelAsync would run its callbacks on another thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    /// <summary>A loop that has run for a good minute after a failure is well again.</summary>
    private async Task ProveAsync(string loop, CancellationToken ended)
    {
        try
        {
            await Task.Delay(Good, time, ended);
            self.Clear(Key(loop));
            SupervisorLog.WellAgain(logger, loop);
        }
        catch (OperationCanceledException)
        {
            // It failed again before the minute was over, or the node stops.
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stopping)
    {
        var longest = FirstPause * Math.Pow(2, Math.Min(failures - 1, 12));
        longest = longest < LongestPause ? longest : LongestPause;
        try
        {
            // Half of it is certain, half is jitter: a fault that strikes all nodes does not restart them in step.
            await Task.Delay(longest * (0.5 + (randomness.NextDouble() / 2)), time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The node stops; the loop above sees it.
        }
    }
}
