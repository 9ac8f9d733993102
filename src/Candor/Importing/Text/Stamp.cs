namespace Candor.Importing.Text;

/// <summary>A time as it is written: whatever is missing stays missing until an <see cref="Almanac"/> places it.</summary>
internal sealed record Stamp
{
    public int? Year { get; init; }

    public int Month { get; init; }

    public int Day { get; init; }

    public DayOfWeek? Weekday { get; init; }

    public TimeOnly? Clock { get; init; }

    public SaidZone? Zone { get; init; }

    /// <summary>"3 years ago": how long before the text was copied.</summary>
    public TimeSpan? Ago { get; init; }

    /// <summary>The words themselves.</summary>
    public string Said { get; init; } = "";

    /// <summary>Month and day could be the other way round: 03/04/2026.</summary>
    public bool DayOrMonth { get; init; }

    public bool HasDate => Day > 0;
}
