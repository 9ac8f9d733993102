namespace Candor.State.Maintenances;

/// <summary>
/// Which instant a wall clock means, where clocks are put forward and back, as RFC 5545 has it:
/// 1. a time that is skipped is read by the offset before the gap: 02:30 becomes the instant that clocks then call 03:30;
/// 2. a time that comes twice means the first of the two.
/// </summary>
internal static class LocalTime
{
    public static DateTimeOffset InstantOf(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // Tried rather than asked for: the platform calls no time invalid where a country skipped a whole day.
        var before = At(wall, zone.GetUtcOffset(new DateTimeOffset(wall.AddDays(-1), TimeSpan.Zero)));
        var after = At(wall, zone.GetUtcOffset(new DateTimeOffset(wall.AddDays(1), TimeSpan.Zero)));
        return (WallOf(before, zone) == wall, WallOf(after, zone) == wall) switch
        {
            (true, true) => before < after ? before : after,
            (false, true) => after,
            _ => before,
        };
    }

    /// <summary>What the clocks of a zone show at an instant.</summary>
    public static DateTime WallOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, zone).DateTime, DateTimeKind.Unspecified);

    private static DateTimeOffset At(DateTime wall, TimeSpan offset) => new DateTimeOffset(wall, offset).ToUniversalTime();
}
