using System.Collections.Immutable;
using Candor.State.Incidents;
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

    /// <summary>Changes of mind within two days, beyond which nothing is looked at again; whoever has more of them may hear a word twice.</summary>
    private const int FormerWaysKept = 32;

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

    /// <summary>
    /// How words are told to somebody who wants it another way from now on: what was said in a while that is not over yet by the
    /// new wish, what was said before by the old one, and by itself what the whiles of the new kind began too late for.
    /// </summary>
    public static ImmutableArray<FormerWay> Formerly(World world, Subscriber before, DigestEvery now, DateTimeOffset at)
    {
        var way = before.Wishes.Digest;
        var ways = Until(before.Formerly, way == DigestEvery.Each ? at : ClosedUntil(world, way), way);
        return now == DigestEvery.Each ? ways : Until(ways, world.Digests.FirstOrDefault(one => one.Every == now)?.From, DigestEvery.Each);
    }

    private static ImmutableArray<FormerWay> Until(ImmutableArray<FormerWay> ways, DateTimeOffset? end, DigestEvery way) =>
        end is not { } until || (ways is [.., var last] && last.Until >= until) ? ways : [.. ways.TakeLast(FormerWaysKept - 1), new(until, way)];

    private static DigestClosed? DueOf(World world, DigestEvery every, DateTimeOffset now)
    {
        var until = StartOf(every, now, world.Page.TimeZone);
        if (ClosedUntil(world, every) >= until
            || !world.OnDigest.Any(id => world.Subscribers[id].Wishes.Digest == every))
        {
            return null;
        }

        var from = ClosedUntil(world, every) ?? FirstFrom(world, every, until);
        return IsSaid(world, from) ? new DigestClosed(now, every, from, until) : null;
    }

    /// <summary>Nobody waited for one before; whoever does now was told nothing that was said since they began to.</summary>
    private static DateTimeOffset FirstFrom(World world, DigestEvery every, DateTimeOffset until)
    {
        var last = StartOf(every, until.AddTicks(-1), world.Page.TimeZone);
        var since = world.OnDigest.Select(id => world.Subscribers[id]).Where(one => one.Wishes.Digest == every).Min(static one => one.ToldThisWaySince)!.Value;
        return FirstSaid(world, since) is { } said && said <= last ? StartOf(every, said.AddTicks(-1), world.Page.TimeZone) : last;
    }

    private static DateTimeOffset? FirstSaid(World world, DateTimeOffset after) =>
        world.Incidents.Values.Where(one => one.UpdatedAt > after).SelectMany(SaidOf)
            .Concat(world.Maintenances.Values.Where(one => one.UpdatedAt > after).SelectMany(SaidOf))
            .Where(at => at > after).Min();

    private static IEnumerable<DateTimeOffset?> SaidOf(Incident one) =>
        one.Updates.Select(update => (DateTimeOffset?)(update.At > one.PublishedAt ? update.At : one.PublishedAt ?? update.At)).Append(one.Merged?.At ?? one.Removed?.At);

    private static IEnumerable<DateTimeOffset?> SaidOf(Maintenance one) =>
        one.Updates.Select(static update => (DateTimeOffset?)update.At)
            .Concat(one.Reschedulings.Select(static moving => (DateTimeOffset?)moving.At))
            .Append(one.RemindedAt).Append(one.Cancelled?.At ?? one.Removed?.At);

    private static bool IsSaid(World world, DateTimeOffset after) =>
        world.Incidents.Values.Any(one => one.UpdatedAt > after) || world.Maintenances.Values.Any(one => one.UpdatedAt > after);
}
