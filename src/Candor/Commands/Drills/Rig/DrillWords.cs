using System.Text;

namespace Candor.Commands.Drills.Rig;

/// <summary>What the page says of Candor itself.</summary>
internal static class DrillWords
{
    /// <summary>How long it took until the page says something, or no longer says it; the most where it never came.</summary>
    public static async Task<TimeSpan> UntilAsync(DrillServer server, string words, bool isSaid, TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) is var elapsed && elapsed < atMost)
        {
            if (Encoding.UTF8.GetString(await server.ReadAsync("/status.json", cancellation)).Contains(words, StringComparison.Ordinal) == isSaid)
            {
                return elapsed;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellation);
        }

        return atMost;
    }
}
