namespace Candor.Importing.Text;

/// <summary>A time zone as it is written: an offset where the word means one, else a place with its rules.</summary>
/// <param name="Word">As written: "PDT", "US/Pacific", "UTC+2".</param>
/// <param name="Ambiguous">Other places use the same letters; which one was taken is said.</param>
internal sealed record SaidZone(string Word, TimeSpan? Offset, TimeZoneInfo? Place, bool Ambiguous = false)
{
    public static readonly SaidZone Utc = new("UTC", TimeSpan.Zero, null);

    /// <summary>The instant of a day and a time of day. Times that a clock change skips are read as before the change.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly clock)
    {
        var local = day.ToDateTime(clock);
        return Offset is { } offset ? new(local, offset) : At(Place!, local);
    }

    public static DateTimeOffset At(TimeZoneInfo place, DateTime local)
    {
        var offset = place.IsInvalidTime(local) ? place.GetUtcOffset(local.AddHours(-3))
            : place.IsAmbiguousTime(local) ? place.GetAmbiguousTimeOffsets(local).Max()
            : place.GetUtcOffset(local);
        return new(local, offset);
    }
}
