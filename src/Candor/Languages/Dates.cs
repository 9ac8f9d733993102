namespace Candor.Languages;

/// <summary>Days and clocks as people write them. A date never goes without its year.</summary>
internal abstract class Dates
{
    /// <summary>"February 29, 2024"</summary>
    public abstract string Day(DateOnly day);

    /// <summary>"Feb 29, 2024"</summary>
    public abstract string Short(DateTimeOffset local);

    /// <summary>"February 2024"</summary>
    public abstract string Month(DateOnly month);

    /// <summary>"09:54", or "9:54 AM" for whom twelve hours are what the zone's people use, where the language's do so too.</summary>
    public abstract string Time(DateTimeOffset local, bool twelveHours);
}
