using System.Collections.Immutable;
using Candor.Effects;

namespace Candor.Judging;

/// <summary>What a stopwatch measures.</summary>
internal enum Stretch
{
    /// <summary>A component is bad without a break.</summary>
    ComponentBad,

    /// <summary>A monitor works without a break.</summary>
    MonitorWell,

    /// <summary>A monitor is held to be down without a break.</summary>
    MonitorDown,

    /// <summary>Everything an incident is about works without a break.</summary>
    IncidentWell,

    /// <summary>Since an incident last got an automatic update.</summary>
    IncidentPosted,

    /// <summary>Since an incident was resolved by itself.</summary>
    IncidentResolved,
}

/// <summary>
/// Running times by the steady clock, so that no jump of the calendar opens or resolves anything early. They begin anew
/// with the process: automation may then act later than it could have, never sooner.
/// </summary>
internal sealed record Stopwatches
{
    public static readonly Stopwatches None = new();

    private ImmutableDictionary<(Stretch, string), TimeSpan> Started { get; init; } =
        ImmutableDictionary<(Stretch, string), TimeSpan>.Empty;

    public Stopwatches Set(Stretch stretch, string id, bool runs, Moment now)
    {
        var key = (stretch, id);
        var running = Started.ContainsKey(key);
        return (running, runs) switch
        {
            (false, true) => this with { Started = Started.Add(key, now.Steady) },
            (true, false) => this with { Started = Started.Remove(key) },
            _ => this,
        };
    }

    public Stopwatches Restart(Stretch stretch, string id, Moment now) =>
        this with { Started = Started.SetItem((stretch, id), now.Steady) };

    /// <summary>
    /// Where what followed could not be stored: no wait has begun that rests on it, and every one has ended whose break was
    /// seen, for what was seen may be stored all the same, or be over before anything is.
    /// </summary>
    public Stopwatches Unstored(Stopwatches next) =>
        this with { Started = Started.RemoveRange(Started.Keys.Where(key => !next.Started.ContainsKey(key))) };

    /// <summary>How long it has run, or null where it does not.</summary>
    public TimeSpan? Elapsed(Stretch stretch, string id, Moment now) =>
        Started.TryGetValue((stretch, id), out var started) ? now.Steady - started : null;
}
