using System.Collections.Immutable;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>One day of a component, in the page's zone; <see cref="Times"/> adds up to less than a day where it did not exist yet.</summary>
internal readonly record struct UptimeDay(DateOnly Date, StateTimes Times)
{
    /// <summary>Not seeing for less than this does not colour a day; it is still counted as not seen.</summary>
    private static readonly TimeSpan UnknownShown = TimeSpan.FromMinutes(5);

    /// <summary>The component did not exist on that day.</summary>
    public bool Absent => Times.Total == TimeSpan.Zero;

    /// <summary>The worst that happened on the day, which is what a bar shows.</summary>
    public ComponentState Worst => Times switch
    {
        { MajorOutage.Ticks: > 0 } => new(ComponentStatus.MajorOutage),
        { PartialOutage.Ticks: > 0 } => new(ComponentStatus.PartialOutage),
        { Degraded.Ticks: > 0 } => new(ComponentStatus.DegradedPerformance),
        var t when t.Unknown >= UnknownShown || t.Unknown == t.Total => new(ComponentStatus.Operational, Known: false),
        { Maintenance.Ticks: > 0 } => new(ComponentStatus.UnderMaintenance),
        _ => new(ComponentStatus.Operational),
    };
}

/// <summary>
/// Uptime from a component's own history. The one place where it is computed, so that every page, feed and API says
/// the same number: (operational + degraded + 0.7 × partial outage) ÷ (all of these + major outage). Time that nobody
/// could see, announced maintenance and the time before the component existed are left out of both sides. An owner may
/// have maintenance counted like a major outage instead.
/// </summary>
internal static class Uptime
{
    public const int Days = 90;

    /// <summary>The last <paramref name="count"/> days in the zone, oldest first, today included and unfinished.</summary>
    /// <param name="seenUntil">What the history says after this instant is not evidence any more: it counts as unknown.</param>
    public static ImmutableArray<UptimeDay> Of(
        Component component, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset seenUntil, int count = Days,
        bool maintenanceCounts = false)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var days = ImmutableArray.CreateBuilder<UptimeDay>(count);
        var from = StartOf(today.AddDays(1 - count), zone);
        var intervals = component.History.Between(from, now);
        var next = 0;
        for (var date = today.AddDays(1 - count); date <= today; date = date.AddDays(1))
        {
            var until = StartOf(date.AddDays(1), zone);
            until = until < now ? until : now;
            var times = Within(intervals, ref next, from, until, component.CreatedAt, seenUntil);
            days.Add(new(date, times with { MaintenanceCounts = maintenanceCounts }));
            from = until;
        }

        return days.MoveToImmutable();
    }

    /// <summary>All time between two instants, for figures that are not by day.</summary>
    public static StateTimes Between(Component component, DateTimeOffset from, DateTimeOffset until, DateTimeOffset seenUntil)
    {
        var next = 0;
        return from < until
            ? Within(component.History.Between(from, until), ref next, from, until, component.CreatedAt, seenUntil)
            : default;
    }

    public static StateTimes Sum(IEnumerable<UptimeDay> days) =>
        days.Aggregate(default(StateTimes), (sum, day) => sum + day.Times);

    /// <summary>The instant at which a day begins; where the clocks skip midnight, the first instant that there is.</summary>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    // The intervals are oldest first and the stretches ask in order, so each is visited once and a little.
    private static StateTimes Within(
        IReadOnlyList<Interval<ComponentState>> intervals, ref int next,
        DateTimeOffset from, DateTimeOffset until, DateTimeOffset createdAt, DateTimeOffset seenUntil)
    {
        var times = default(StateTimes);
        var seen = TimeSpan.Zero;
        for (; next < intervals.Count && intervals[next].From < until; next++)
        {
            var (start, end, state) = intervals[next];
            var stop = Earlier(end ?? until, until);
            var length = Length(Later(start, Later(from, createdAt)), Earlier(stop, seenUntil));
            times = times.Plus(state, length);
            seen += length;
            if (end is null || end > until)
            {
                break;
            }
        }

        // Whatever of the component's life is left has no evidence.
        return times.Plus(ComponentState.NeverSeen, Length(Later(createdAt, from), until) - seen);
    }

    private static TimeSpan Length(DateTimeOffset from, DateTimeOffset until) =>
        until > from ? until - from : TimeSpan.Zero;

    private static T Later<T>(T a, T b)
        where T : IComparable<T> => a.CompareTo(b) >= 0 ? a : b;

    private static T Earlier<T>(T a, T b)
        where T : IComparable<T> => a.CompareTo(b) <= 0 ? a : b;
}
