using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Drills.Simulation;

/// <summary>What many runs came to.</summary>
/// <param name="Failing">Runs in which an invariant did not hold, by seed.</param>
/// <param name="Different">Seeds whose second run was not the same as the first.</param>
/// <param name="Repeated">Runs that were done twice.</param>
internal sealed record CampaignReport(
    int Runs, TimeSpan Took, IReadOnlyList<RunOutcome> Failing, IReadOnlyList<ulong> Different, int Repeated, long Events)
{
    /// <summary>Of all runs together: a build that only became faster gives the same seeds the same hash.</summary>
    public required string Hash { get; init; }

    public double RunsPerSecond => Runs / Math.Max(Took.TotalSeconds, 0.001);

    public bool Holds => Failing.Count == 0 && Different.Count == 0;
}

/// <summary>Many seeds, on all cores; each run stays on one thread. A sample of them is run twice and compared.</summary>
internal static class Campaign
{
    private const int RepeatEvery = 50;

    public static CampaignReport Run(
        IReadOnlyList<ulong> seeds, TimeSpan length, TimeProvider time, Action<int> progress, CancellationToken cancellation)
    {
        var failing = new ConcurrentBag<RunOutcome>();
        var different = new ConcurrentBag<ulong>();
        var hashes = new string[seeds.Count];
        var began = time.GetTimestamp();
        int done = 0, repeated = 0;
        long events = 0;
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, seeds.Count, options, i =>
        {
            var outcome = Simulation.Run.Of(seeds[i], length);
            if (outcome.Broken.Count > 0)
            {
                failing.Add(outcome);
            }

            hashes[i] = outcome.Hash;
            Interlocked.Add(ref events, outcome.Events);
            if (i % RepeatEvery == 0)
            {
                Interlocked.Increment(ref repeated);
                if (Simulation.Run.Of(seeds[i], length).Hash != outcome.Hash)
                {
                    different.Add(seeds[i]);
                }
            }

            progress(Interlocked.Increment(ref done));
        });
        return new(
            seeds.Count + repeated, time.GetElapsedTime(began), [.. failing.OrderBy(run => run.Seed)],
            [.. different.Order()], repeated, events)
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', hashes))))[..16],
        };
    }
}
