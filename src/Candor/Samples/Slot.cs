namespace Candor.Samples;

/// <summary>One stretch of time of one series while it is in memory.</summary>
internal sealed class Slot(Series series, Tier tier, int index, bool whole)
{
    public Series Series => series;

    public Tier Tier => tier;

    public int Index => index;

    public Rollup Rollup { get; set; } = new();

    /// <summary>
    /// True when the roll-up is all there is, so that storing it replaces. False when older readings may be stored
    /// already (late samples, or the time before the store was read), so that storing it adds.
    /// </summary>
    public bool Whole { get; set; } = whole;

    /// <summary>The number of the write that was to come when this first differed from the store; 0: it does not differ.</summary>
    public long DirtySince { get; set; }

    public DateTimeOffset DirtyAt { get; set; }
}
