using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.State;

internal sealed record MonitorAdded(DateTimeOffset At, MonitorDefinition Monitor) : Event(At);

internal sealed record MonitorChanged(DateTimeOffset At, MonitorDefinition Monitor) : Event(At);

internal sealed record MonitorRemoved(DateTimeOffset At, MonitorId Monitor) : Event(At);

/// <summary>The judge's verdict on a monitor changed (or its evidence did, noticeably).</summary>
/// <param name="At">When the deciding reading was taken, or the evidence lapsed.</param>
/// <param name="Since">When the state began, as far as the evidence goes: the first of the bad readings in a row.</param>
internal sealed record MonitorJudged(
    DateTimeOffset At, MonitorId Monitor, Verdict Verdict, DateTimeOffset Since, Evidence Evidence) : Event(At);

/// <summary>What is checked: the kind of probe, what it is aimed at (for people), and the probe's own options as canonical JSON.</summary>
internal sealed record Check(string Kind, string Target, string Options)
{
    /// <summary>The address that is read as readers get it, so that a cache may answer; null where that is not so.</summary>
    public string? Front { get; init; }

    /// <summary>The address whose origin must answer, past every cache; null where that is not so.</summary>
    public string? Behind { get; init; }

    /// <summary>What it finds is told in somebody else's words: an alert's, or a plugin's.</summary>
    [JsonIgnore]
    public bool SpeaksForOthers => Kind is "alert" or "command";
}

/// <summary>What the owner says of a monitor.</summary>
internal sealed record MonitorDefinition(MonitorId Id, Check Check, TimeSpan Every, TimeSpan Timeout, JudgingRules Rules)
{
    /// <summary>Vantage points that probe it; empty means all.</summary>
    public ImmutableArray<VantageId> From { get; init; } = [];

    /// <summary>Parents: a failure within theirs joins their incident. Acyclic.</summary>
    public ImmutableArray<MonitorId> DependsOn { get; init; } = [];

    /// <summary>The regions that its components tell apart and from which one of its places looks; it is judged in each.</summary>
    public ImmutableArray<string> Regions { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>How many readings it takes. Defaults in one place: <see cref="Default"/>.</summary>
/// <param name="DownAfter">Bad majorities in a row before "down".</param>
/// <param name="UpAfter">Good majorities in a row before "up".</param>
/// <param name="MinLive">Live vantage points below which the verdict is unknown; null: 1, or 2 where three or more are configured.</param>
internal sealed record JudgingRules(int DownAfter, int UpAfter, int? MinLive)
{
    public static readonly JudgingRules Default = new(DownAfter: 2, UpAfter: 2, MinLive: null);
}

/// <summary>What a verdict rests on, in numbers and one phrase.</summary>
/// <param name="Bad">Live vantage points that see it bad.</param>
/// <param name="Live">Vantage points that can be believed and have fresh readings.</param>
/// <param name="Configured">Vantage points that should be looking.</param>
/// <param name="Reason">"connection refused", "answered 503", "timed out after 10 s"; empty when all is well.</param>
/// <param name="LastReadingAt">The newest reading that counted, or null where none did.</param>
internal sealed record Evidence(int Bad, int Live, int Configured, string Reason, DateTimeOffset? LastReadingAt)
{
    /// <summary>What each place saw, in the order of the settings; null where one place is all there is.</summary>
    public IReadOnlyList<PlaceSight>? Places { get; init; }

    /// <summary>What the places of each region come to; null where regions are not told apart.</summary>
    public IReadOnlyList<RegionSight>? Regions { get; init; }
}

/// <summary>What one place saw of a monitor when it was judged. Unknown: it could not see, or had nothing fresh to say.</summary>
internal sealed record PlaceSight(VantageId Place, Verdict Saw);

/// <summary>What the places of one region come to together, by the rules that hold for all places.</summary>
/// <param name="Since">When that began, as far as the evidence goes.</param>
/// <param name="Bad">Its live places that see it bad, of <paramref name="Live"/> that can be believed and <paramref name="Configured"/> in all.</param>
internal sealed record RegionSight(string Region, Verdict Saw, DateTimeOffset Since, int Bad, int Live, int Configured)
{
    /// <summary>One phrase; empty when all is well.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>The last that was not unknown.</summary>
    public Verdict LastKnown { get; init; } = Verdict.Unknown;
}

/// <summary>A monitor as the facts have it.</summary>
internal sealed record Monitor(MonitorDefinition Definition, DateTimeOffset CreatedAt)
{
    [JsonIgnore]
    public MonitorId Id => Definition.Id;

    public Verdict Verdict { get; init; } = Verdict.Unknown;

    public DateTimeOffset Since { get; init; } = CreatedAt;

    public DateTimeOffset JudgedAt { get; init; } = CreatedAt;

    public Evidence? Evidence { get; init; }

    /// <summary>The last verdict that was not unknown, for "last known".</summary>
    public Verdict LastKnown { get; init; } = Verdict.Unknown;

    [JsonConverter(typeof(TimelineConverter<Verdict>))]
    public Timeline<Verdict> History { get; init; } = Timeline<Verdict>.Empty;

    /// <summary>What is seen of it from a region; null where that was never judged, or is judged no more.</summary>
    public RegionSight? SeenFrom(string region) => Definition.Regions.Contains(region)
        ? Evidence?.Regions?.FirstOrDefault(sight => sight.Region == region)
        : null;

    /// <summary>Whether it is seen to fail for this reason, from anywhere.</summary>
    public bool Says(string reason) => Evidence is { } seen && (seen.Reason == reason || seen.Regions?.Any(sight => sight.Reason == reason) == true);

    public Monitor With(MonitorJudged e) => this with
    {
        Verdict = e.Verdict,
        Since = e.Since,
        JudgedAt = e.At,
        Evidence = e.Evidence,
        LastKnown = e.Verdict == Verdict.Unknown ? LastKnown : e.Verdict,
        History = e.Verdict == Verdict && History.Count > 0 ? History : History.Append(e.Since, e.Verdict),
    };
}
