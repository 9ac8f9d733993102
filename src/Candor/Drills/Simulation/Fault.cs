namespace Candor.Drills.Simulation;

/// <summary>What can go wrong in a simulated world.</summary>
internal enum FaultKind
{
    /// <summary>A service refuses connections.</summary>
    Refuses,

    /// <summary>A service accepts nothing and says nothing.</summary>
    Hangs,

    /// <summary>A service resets what it accepted.</summary>
    Resets,

    /// <summary>A service answers late.</summary>
    Slow,

    /// <summary>Our own network is cut: nothing can be reached, control targets included.</summary>
    Blind,

    /// <summary>The resolvers do not answer.</summary>
    NoNames,

    /// <summary>The wall clock jumps.</summary>
    ClockJumps,

    /// <summary>Writes to the journal fail.</summary>
    JournalFails,

    /// <summary>Small files cannot be written.</summary>
    DiskFails,

    /// <summary>The process is killed and started again.</summary>
    Crash,

    /// <summary>The process is stopped in an orderly way and started again.</summary>
    Restart,

    /// <summary>The settings file is edited, well or badly.</summary>
    SettingsEdited,

    /// <summary>A person posts on the page.</summary>
    PersonPosts,

    /// <summary>A component or a monitor is taken out of the settings, or renamed, and put back later.</summary>
    SettingsCut,

    /// <summary>The network of another vantage point is cut.</summary>
    OutpostBlind,
}

/// <summary>Something that goes wrong from one instant until another, counted from the beginning of the simulation.</summary>
/// <param name="Service">The service that it hits; null for what hits the node.</param>
internal sealed record Fault(FaultKind Kind, string? Service, TimeSpan From, TimeSpan Until)
{
    /// <summary>How far the wall clock jumps.</summary>
    public TimeSpan Jump { get; init; }

    /// <summary>Where it is felt; null for everywhere.</summary>
    public string? Place { get; init; }

    /// <summary>What happens to the settings, and to which service's component or monitor.</summary>
    public (Cut What, int Service) Cut { get; init; }

    public bool IsOn(TimeSpan at) => at >= From && at < Until;

    public bool Touches(TimeSpan from, TimeSpan until) => From < until && Until > from;

    public override string ToString() =>
        $"{From:hh\\:mm\\:ss}–{Until:hh\\:mm\\:ss} {Kind}{(Service is null ? "" : $" {Service}")}{(Place is null ? "" : $" at {Place}")}"
        + $"{(Jump == TimeSpan.Zero ? "" : $" by {Jump}")}{(Cut.What == Simulation.Cut.None ? "" : $" {Cut.What} {Cut.Service + 1}")}";
}
