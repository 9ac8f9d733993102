using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>
/// What time alone makes of digests: whiles that begin and end by the clock on the wall, closed where something was said in
/// them and somebody waits for it. Pure; closing is a fact, so a restart neither repeats nor forgets one.
/// </summary>
internal static class DigestClock
{
    /// <summary>More than the whiles of two days, beyond which nothing is looked at again.</summary>
    public const int Kept = 60;

    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);

    public static IEnumerable<Event> Due(World world, DateTimeOffset now) => world.OnDigest.IsEmpty ? [] :
        ((DigestEvery[])[DigestEvery.Hourly, DigestEvery.Daily]).Select(every => DueOf(world, every, now)).OfType<Event>();

    /// <summary>The last beginning of a while that is not after a moment.</summary>
    public static DateTimeOffset StartOf(DigestEvery every, DateTimeOffset moment, string zoneName)
    {
        var utc = moment.ToUniversalTime();
        if (every == DigestEvery.Hourly)
        {
            return new(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero);
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var found) ? found : TimeZoneInfo.Utc;
        var today = LocalTime.InstantOf(LocalTime.WallOf(utc, zone).Date + Morning, zone);
        return today <= utc ? today : LocalTime.InstantOf(LocalTime.WallOf(utc, zone).Date.AddDays(-1) + Morning, zone);
    }

    /// <summary>When the last while of a kind ended, or null.</summary>
    public static DateTimeOffset? ClosedUntil(World world, DigestEvery every) => world.Digests.LastOrDefault(one => one.Every == every)?.Until;

    private static DigestClosed? DueOf(World world, DigestEvery every, DateTimeOffset now)
    {
        var until = StartOf(every, now, world.Page.TimeZone);
        if (ClosedUntil(world, every) >= until
            || !world.OnDigest.Any(id => world.Subscribers[id].Wishes.Digest == every))
        {
            return null;
        }

        var from = ClosedUntil(world, every) ?? StartOf(every, until.AddTicks(-1), world.Page.TimeZone);
        return IsSaid(world, from) ? new DigestClosed(now, every, from, until) : null;
    }

    private static bool IsSaid(World world, DateTimeOffset after) =>
        world.Incidents.Values.Any(one => one.UpdatedAt > after) || world.Maintenances.Values.Any(one => one.UpdatedAt > after);
}
