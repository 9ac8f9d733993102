using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;

namespace Candor.Judging;

/// <summary>What the judge knows of a vantage point itself: whether its control targets answer and what turned bad at once.</summary>
internal sealed record Lookout(VantageStatus Status, DateTimeOffset Since, TimeSpan Started)
{
    /// <summary>How long a control target's answer, or a sign of life of a remote vantage point, stays good.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>Targets below which "more than half turned bad together" says nothing.</summary>
    private const int TargetsMin = 3;

    /// <summary>Failures in a row that make a control target one that does not answer.</summary>
    private const int MissesMin = 2;

    public string Reason { get; init; } = "";

    /// <summary>False until there was any evidence of how it is.</summary>
    public bool Determined { get; init; }

    /// <summary>The newest sign of life.</summary>
    public TimeSpan Heard { get; init; } = Started;

    /// <summary>Readings from before this are no evidence: the vantage point was blind.</summary>
    public TimeSpan SeesSince { get; init; } = TimeSpan.MinValue;

    public ImmutableSortedDictionary<string, Control> Controls { get; init; } =
        ImmutableSortedDictionary.Create<string, Control>(StringComparer.Ordinal);

    /// <summary>Monitors that it must watch.</summary>
    public int Targets { get; init; }

    /// <summary>Monitors that turned from good to bad (or to nothing) lately, and when.</summary>
    public ImmutableDictionary<MonitorId, TimeSpan> Turned { get; init; } = ImmutableDictionary<MonitorId, TimeSpan>.Empty;

    /// <summary>Set while so many turned together that it must prove that it sees.</summary>
    public TimeSpan? Tripped { get; init; }

    /// <summary>Monitors that are settled bad and wait for a control target to answer.</summary>
    public ImmutableHashSet<MonitorId> Unwitnessed { get; init; } = [];

    public Lookout Watching(int targets) => targets == Targets ? this : this with { Targets = targets };

    public Lookout Hear(ControlReading reading, Moment now)
    {
        var (before, asked) = (Controls.GetValueOrDefault(reading.Target), now.Steady - reading.Age);
        return this with
        {
            Heard = now.Steady,
            Controls = Controls.SetItem(reading.Target, new(
                asked,
                reading.Answered ? asked : before?.AnsweredAt,
                reading.Answered ? 0 : (before?.Misses ?? 0) + 1,
                reading.Reason)),
        };
    }

    /// <summary>Notes that a monitor stopped answering; once more than half have, together, it must prove that it sees.</summary>
    public Lookout Turn(MonitorId monitor, Moment now)
    {
        var turned = Turned.SetItem(monitor, now.Steady);
        var trips = Tripped is null && Targets >= TargetsMin && turned.Count * 2 > Targets;
        return trips
            ? this with { Turned = turned.Clear(), Tripped = now.Steady }
            : this with { Turned = turned };
    }

    /// <summary>Forgets turns that are too old to be called together with a new one.</summary>
    public Lookout Purge(Moment now)
    {
        if (Turned.IsEmpty)
        {
            return this;
        }

        var old = Turned.Where(turn => now.Steady - turn.Value > Fresh).Select(turn => turn.Key).ToList();
        return old.Count == 0 ? this : this with { Turned = Turned.RemoveRange(old) };
    }

    /// <summary>A target that the settings name no more is not asked any more, so its silence says nothing.</summary>
    public Lookout AskingOnly(ImmutableArray<string> targets)
    {
        var controls = Controls;
        foreach (var (target, _) in Controls)
        {
            controls = targets.Contains(target) ? controls : controls.Remove(target);
        }

        return ReferenceEquals(controls, Controls) ? this : this with { Controls = controls };
    }

    /// <summary>More than half of the control targets that ever answered have answered since.</summary>
    public bool SawSomething(TimeSpan since)
    {
        int usable = 0, answered = 0;
        foreach (var control in Controls.Values)
        {
            if (control.AnsweredAt is { } at)
            {
                usable++;
                answered += at >= since ? 1 : 0;
            }
        }

        return answered * 2 > usable;
    }

    /// <summary>It is known to be so already, and what follows from that has been drawn.</summary>
    public bool Is(VantageStatus status, string reason) =>
        Determined && status != VantageStatus.Blind && status == Status && reason == Reason;

    /// <summary>How it is now; null while nothing tells.</summary>
    public (VantageStatus Status, string Reason)? Assess(bool remote, bool hasControls, Moment now)
    {
        if (remote && now.Steady - Heard > Fresh)
        {
            return (VantageStatus.Blind, "nothing has been heard from it");
        }

        if (!hasControls)
        {
            return (VantageStatus.Live, "");
        }

        // Asked of every vantage point each second and at each reading, so it counts and gathers nothing.
        int tried = 0, missing = 0, usable = 0, failing = 0;
        Control? first = null, firstFailing = null;
        foreach (var (_, control) in Controls)
        {
            if (now.Steady - control.Seen > Fresh)
            {
                continue;
            }

            var isMissing = control.Misses >= MissesMin;
            first ??= control;
            tried++;
            missing += isMissing ? 1 : 0;
            if (control.AnsweredAt is null)
            {
                continue;
            }

            usable++;
            if (isMissing)
            {
                firstFailing ??= control;
                failing++;
            }
        }

        if (tried == 0)
        {
            return now.Steady - Started > Fresh
                ? (VantageStatus.Suspect, "its control targets have not been tried lately")
                : null;
        }

        return failing switch
        {
            _ when usable == 0 => missing == tried ? (VantageStatus.Blind, first!.Reason) : null,
            _ when failing == usable => (VantageStatus.Blind, firstFailing!.Reason),
            > 0 when failing * 2 >= usable => (VantageStatus.Suspect, firstFailing!.Reason),
            _ when Tripped is not null => (VantageStatus.Suspect, "more than half of what it watches failed at once"),
            _ => (VantageStatus.Live, ""),
        };
    }
}

/// <summary>One control target as a vantage point sees it.</summary>
/// <param name="Seen">When it was last tried, by the steady clock.</param>
/// <param name="AnsweredAt">When it last answered; null where it never did, and then it tells nothing.</param>
/// <param name="Misses">Failures in a row.</param>
internal sealed record Control(TimeSpan Seen, TimeSpan? AnsweredAt, int Misses, string Reason);
