namespace Candor.Importing;

/// <summary>What a person knows that the source may not say. The clock is the caller's: reading has none.</summary>
/// <param name="Now">Relative times ("about 24 hours ago") and dates without a year are counted from here.</param>
internal sealed record ImportHints(DateTimeOffset Now)
{
    /// <summary>The zone of times that name none, as a person gave it.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Taken, and said to be taken, where neither the source nor a person names a zone: the page's own.</summary>
    public TimeZoneInfo PageZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The day on which the incident began, as a person gave it.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The time of day at which it began, where a person gave one.</summary>
    public TimeOnly? Clock { get; init; }

    public string? Title { get; init; }
}
