using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>How long a component was in each state, within some stretch of time.</summary>
internal readonly record struct StateTimes
{
    /// <summary>What a second of partial outage takes away, in tenths. Statuspage's weight, so that numbers compare.</summary>
    public const int PartialOutageTenths = 3;

    public TimeSpan Operational { get; init; }

    public TimeSpan Degraded { get; init; }

    public TimeSpan PartialOutage { get; init; }

    public TimeSpan MajorOutage { get; init; }

    public TimeSpan Maintenance { get; init; }

    /// <summary>Time that nobody could see, or for which nothing is recorded although the component existed.</summary>
    public TimeSpan Unknown { get; init; }

    /// <summary>Announced maintenance takes from the uptime like an outage; else it is left out of both sides.</summary>
    public bool MaintenanceCounts { get; init; }

    /// <summary>The time that counts: seen, and not announced maintenance unless that counts too.</summary>
    public TimeSpan Counted =>
        Operational + Degraded + PartialOutage + MajorOutage + (MaintenanceCounts ? Maintenance : TimeSpan.Zero);

    public TimeSpan Total => Operational + Degraded + PartialOutage + MajorOutage + Maintenance + Unknown;

    /// <summary>
    /// Uptime in percent with two decimals, or null where no time counts. Rounded down, in whole numbers: a second of
    /// outage never rounds up to 100.
    /// </summary>
    public decimal? Percent
    {
        get
        {
            if (Counted == TimeSpan.Zero)
            {
                return null;
            }

            var good = (Operational.Ticks + Degraded.Ticks) * (Int128)10
                + PartialOutage.Ticks * (Int128)(10 - PartialOutageTenths);
            return (long)(good * 10_000 / (Counted.Ticks * (Int128)10)) / 100m;
        }
    }

    public static StateTimes operator +(StateTimes a, StateTimes b) => new()
    {
        Operational = a.Operational + b.Operational,
        Degraded = a.Degraded + b.Degraded,
        PartialOutage = a.PartialOutage + b.PartialOutage,
        MajorOutage = a.MajorOutage + b.MajorOutage,
        Maintenance = a.Maintenance + b.Maintenance,
        Unknown = a.Unknown + b.Unknown,
        MaintenanceCounts = a.MaintenanceCounts || b.MaintenanceCounts,
    };

    public StateTimes Plus(ComponentState state, TimeSpan time) => state switch
    {
        { Known: false } => this with { Unknown = Unknown + time },
        { Status: ComponentStatus.Operational } => this with { Operational = Operational + time },
        { Status: ComponentStatus.UnderMaintenance } => this with { Maintenance = Maintenance + time },
        { Status: ComponentStatus.DegradedPerformance } => this with { Degraded = Degraded + time },
        { Status: ComponentStatus.PartialOutage } => this with { PartialOutage = PartialOutage + time },
        _ => this with { MajorOutage = MajorOutage + time },
    };
}
