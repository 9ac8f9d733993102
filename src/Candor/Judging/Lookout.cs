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
        var before = Controls.GetValueOrDefault(reading.Target);
        return this with
        {
            Heard = now.Steady,
            Controls = Controls.SetItem(reading.Target, new(
                now.Steady,
                reading.Answered ? now.Steady : before?.AnsweredAt,
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

        var tried = Controls.Values.Where(control => now.Steady - control.Seen <= Fresh).ToList();
        if (tried.Count == 0)
        {
            return now.Steady - Started > Fresh
                ? (VantageStatus.Suspect, "its control targets have not been tried lately")
                : null;
        }

        var usable = tried.Where(control => control.AnsweredAt is not null).ToList();
        return usable.Count == 0 ? NeverAnswered(tried) : FromControls(usable);
    }

    private static (VantageStatus Status, string Reason)? NeverAnswered(List<Control> tried) =>
        tried.TrueForAll(control => control.Misses >= MissesMin)
            ? (VantageStatus.Blind, tried[0].Reason)
            : null;

    private (VantageStatus Status, string Reason) FromControls(List<Control> usable)
    {
        var failing = usable.Where(control => control.Misses >= MissesMin).ToList();
        return failing.Count switch
        {
            var n when n == usable.Count => (VantageStatus.Blind, failing[0].Reason),
            var n when n * 2 >= usable.Count => (VantageStatus.Suspect, failing[0].Reason),
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
