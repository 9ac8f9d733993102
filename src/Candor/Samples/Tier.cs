namespace Candor.Samples;

/// <summary>The widths that readings are rolled up to. The numbers are on disk for ever.</summary>
internal enum Tier
{
    /// <summary>Kept 48 hours, shown for one day.</summary>
    QuarterHour = 0,

    /// <summary>Kept 90 days, shown for one week.</summary>
    Hour = 1,

    /// <summary>Kept for ever, shown for 90 days. Days are of UTC, whatever the page's time zone.</summary>
    Day = 2,
}

internal static class Tiers
{
    /// <summary>Raw readings are kept as long as the finest roll-up.</summary>
    public static readonly TimeSpan RawKept = TimeSpan.FromHours(48);

    public static readonly IReadOnlyList<Tier> All = [Tier.QuarterHour, Tier.Hour, Tier.Day];

    public static TimeSpan Width(this Tier tier) => tier switch
    {
        Tier.QuarterHour => TimeSpan.FromMinutes(15),
        Tier.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>How many slots a chart shows.</summary>
    public static int Shown(this Tier tier) => tier switch
    {
        Tier.QuarterHour => 96,
        Tier.Hour => 168,
        _ => 90,
    };

    /// <summary>How long a slot is kept; null is for ever.</summary>
    public static TimeSpan? Kept(this Tier tier) => tier switch
    {
        Tier.QuarterHour => RawKept,
        Tier.Hour => TimeSpan.FromDays(90),
        _ => null,
    };

    /// <summary>Slots are numbered from 1970.</summary>
    public static int SlotOf(this Tier tier, DateTimeOffset at) =>
        (int)(at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks).FloorDivide(tier.Width().Ticks);

    public static DateTimeOffset StartOf(this Tier tier, int slot) => DateTimeOffset.UnixEpoch + (slot * tier.Width());

    /// <summary>The oldest slot that a chart drawn now begins with.</summary>
    public static int FirstShown(this Tier tier, DateTimeOffset now) => tier.SlotOf(now) - tier.Shown() + 1;

    /// <summary>A stored slot that is later was spoilt, or written under a clock that was wrong; it would hide what is measured from now on.</summary>
    public static int LastBelieved(this Tier tier, DateTimeOffset now) => tier.SlotOf(now.AddDays(1));

    private static long FloorDivide(this long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
