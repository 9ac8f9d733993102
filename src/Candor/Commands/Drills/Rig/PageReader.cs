using System.Collections.Concurrent;

namespace Candor.Commands.Drills.Rig;

/// <summary>A reader who looks at a page fifty times a second and notes how long it took, phase by phase.</summary>
internal sealed class PageReader(Func<CancellationToken, Task> look, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> phases = new();
    private volatile string phase = "";
    private int failed;

    public int Failed => failed;

    public string Phase
    {
        set => phase = value;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await look(stopping);
                phases.GetOrAdd(phase, static _ => new()).Enqueue(time.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref failed);
            }

            var left = Every - time.GetElapsedTime(began);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, CancellationToken.None);
        }
    }

    /// <summary>In milliseconds, over these phases together.</summary>
    public double P99(params IReadOnlyList<string> named) => Percentile(Of(named), 0.99);

    /// <summary>The same, for what nineteen of twenty wait at most.</summary>
    public double P95(params IReadOnlyList<string> named) => Percentile(Of(named), 0.95);

    public static double Percentile(IReadOnlyList<double> all, double share) =>
        all.Count == 0 ? 0 : all.Order().ElementAt(Math.Min(all.Count - 1, (int)(all.Count * share)));

    private List<double> Of(IReadOnlyList<string> named) => [.. named.SelectMany(one => phases.GetValueOrDefault(one, new()))];
}
