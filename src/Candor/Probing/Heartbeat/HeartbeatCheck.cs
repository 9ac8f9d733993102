using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Heartbeat;

/// <summary><c>heartbeat: { every: 24h, grace: 1h, runs_at_most: 3h }</c>: told, not asked.</summary>
internal sealed record HeartbeatCheck(
    TimeSpan Every, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] TimeSpan Grace) : ICheckOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    [JsonIgnore]
    public string Target => $"a heartbeat every {Durations.Write(Every)}";

    /// <summary>How long a job that said "start" may take; null: as long as the next beat is in time.</summary>
    public TimeSpan? RunsAtMost { get; init; }

    public static HeartbeatCheck? Read(Entry monitor, Faults faults)
    {
        if (monitor.Map("heartbeat", faults) is not { } entry)
        {
            return null;
        }

        // Every key is asked for even where one is wrong: a key that nobody asked for is reported as unknown.
        var hasEvery = entry.Required("every", Durations.Between(TimeSpan.FromSeconds(1), Longest), faults, out var every);
        var grace = entry.Value("grace", Durations.Between(TimeSpan.Zero, Longest), DefaultGrace(every), faults);
        var check = new HeartbeatCheck(every, grace)
        {
            RunsAtMost = entry.Find("runs_at_most") is { } runs
                && runs.Read(Durations.Between(TimeSpan.FromSeconds(1), Longest), faults, out var longest)
                ? longest
                : null,
        };
        return hasEvery ? check : null;
    }

    /// <summary>A tenth of the interval, from 10 s to 1 h: jobs start by the clock but do not end by it.</summary>
    private static TimeSpan DefaultGrace(TimeSpan every) =>
        TimeSpan.FromSeconds(Math.Round(Math.Clamp(every.TotalSeconds / 10, 10, 3_600)));
}
