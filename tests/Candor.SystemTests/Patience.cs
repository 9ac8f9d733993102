using System.Diagnostics;

namespace Candor.SystemTests;

/// <summary>Waiting for what real processes do: looks again until it is so, or says what it saw last.</summary>
public static class Patience
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns how long it took.</summary>
    public static async Task<TimeSpan> UntilAsync(
        Func<Task<bool>> isSo, TimeSpan within, Func<string> otherwise, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (clock.Elapsed > within)
            {
                Assert.Fail($"Not so within {within.TotalSeconds:F1} s: {otherwise()}");
            }

            await Task.Delay(LookAgain, cancellation);
        }

        return clock.Elapsed;
    }
}
