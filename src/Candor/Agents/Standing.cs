namespace Candor.Agents;

/// <summary>What the core knows of an agent besides its key. All but the first two numbers begins anew with each start of the core.</summary>
internal sealed record Standing
{
    public static readonly Standing Unheard = new();

    /// <summary>The key that <see cref="Accepted"/> counts for; chunks of another key begin at 1 again.</summary>
    public string Key { get; init; } = "";

    /// <summary>The highest chunk that was taken.</summary>
    public long Accepted { get; init; }

    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>How far its calendar is ahead of ours.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How old the newest reading was when it arrived; null while it sends none.</summary>
    public TimeSpan? Lag { get; init; }

    public string Version { get; init; } = "";

    /// <summary>Whether it goes by the plan that it should.</summary>
    public bool IsInStep { get; init; }

    public int Waiting { get; init; }

    public long Dropped { get; init; }

    public string Words { get; init; } = "";

    /// <summary>Readings that came too late to be evidence and were kept as history, since this start.</summary>
    public long Late { get; init; }

    /// <summary>Chunks in a row that bore numbers that were taken before. One or two are answers that were lost on the way.</summary>
    public int Repeated { get; init; }

    /// <summary>Readings that nobody had asked for (a plan that has changed), or that could not be dated, since this start.</summary>
    public long Ignored { get; init; }
}
