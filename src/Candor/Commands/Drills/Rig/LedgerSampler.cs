using System.Text.Json;

namespace Candor.Commands.Drills.Rig;

/// <summary>Looks at the ledger once a second: whether it adds up, how often a channel's process was started again.</summary>
internal sealed class LedgerSampler(DrillServer server, TimeProvider time)
{
    private readonly Dictionary<string, (int Restarts, int Ambiguous, int Before)> seen = new(StringComparer.Ordinal);

    public int Samples { get; private set; }

    /// <summary>Samples in which accepted was not sent, failed, pending and withheld together.</summary>
    public int Violations { get; private set; }

    public int RestartsOf(string channel) => seen.GetValueOrDefault(channel).Restarts;

    /// <summary>Over every run of the core: each begins to count anew.</summary>
    public int AmbiguousOf(string channel) => seen.GetValueOrDefault(channel) is var one ? one.Before + one.Ambiguous : 0;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await LookAsync(stopping);
            await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
        }
    }

    public async Task LookAsync(CancellationToken stopping)
    {
        foreach (var channel in (string[])["email", "webhook"])
        {
            if (await server.LedgerAsync(channel, stopping) is { } ledger)
            {
                Samples++;
                var counts = ledger.GetProperty("counts");
                Violations += Count(counts, "accepted") == Count(counts, "sent") + Count(counts, "failed") + Count(counts, "pending") + Count(counts, "withheld") ? 0 : 1;
                var (ambiguous, before) = (Count(ledger, "ambiguous"), seen.GetValueOrDefault(channel));
                seen[channel] = (
                    Count(ledger, "restarts"), ambiguous, ambiguous < before.Ambiguous ? before.Before + before.Ambiguous : before.Before);
            }
        }
    }

    public static int Count(JsonElement within, string name) => within.GetProperty(name).GetInt32();
}
