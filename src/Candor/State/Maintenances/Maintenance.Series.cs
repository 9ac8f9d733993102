using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State.Maintenances;

/// <summary>Work that comes again and again, and work of the past.</summary>
internal static partial class MaintenanceDecisions
{
    public static Decision<Event> ScheduleSeries(World world, DateTimeOffset at, Actor by, SeriesId id, ScheduleSeries wish)
    {
        if (world.Series.TryGetValue(id, out var before) && !before.IsOpen)
        {
            return new Refusal("series_ended", $"Series {id} has ended; schedule a new one.", "id");
        }

        var (rule, fault) = Recurrence.Read(wish.Rule);
        var no = Refusing.Unnamed(by)
            ?? Refusing.Text("body", wish.Body, IncidentDecisions.BodyLimit)
            ?? Planned(world, wish.Plan)
            ?? (fault is null ? null : new Refusal("bad_rule", fault, "rule"))
            ?? (TimeZoneInfo.TryFindSystemTimeZoneById(wish.Zone, out _)
                ? null
                : new Refusal("no_such_zone", $"There is no time zone {wish.Zone}; write an IANA name such as Europe/Berlin.", "zone"))
            ?? Lasting(wish.Lasts)
            ?? ((wish.FirstLocal - at.UtcDateTime).Duration() > AheadMost
                ? new Refusal("too_far", "The first occurrence is more than three years away; give a nearer one.", "first_local")
                : null);
        if (no is not null)
        {
            return no;
        }

        var first = DateTime.SpecifyKind(wish.FirstLocal, DateTimeKind.Unspecified);
        if (!rule!.From(first).Any(local => !wish.Except.Contains(local)))
        {
            return new Refusal("never", "The rule never occurs; look at its days and at UNTIL.", "rule");
        }

        var set = new SeriesSet(at, id, rule.ToString(), first, wish.Zone, wish.Lasts, Trimmed(wish.Plan), wish.Body, by)
        {
            Except = [.. wish.Except.Select(local => DateTime.SpecifyKind(local, DateTimeKind.Unspecified)).Distinct().Order()],
            Quiet = !wish.DeliverNotifications,
        };
        return Decision.Of<Event>([set, .. Following(world, at, by, MaintenanceSeries.Of(set), wish.Since)]);
    }

    /// <summary>What is announced already follows a changed series: to the new plan, or away where it occurs no more.</summary>
    private static IEnumerable<Event> Following(World world, DateTimeOffset at, Actor by, MaintenanceSeries series, DateTimeOffset? since)
    {
        var announced = world.OpenMaintenances.Select(id => world.Maintenances[id])
            .Where(one => one.Series == series.Id && one.Status == MaintenanceStatus.Scheduled && !(one.Plan.ScheduledFor < since))
            .OrderBy(one => one.Plan.ScheduledFor).ToList();
        var last = announced.Count == 0 ? at : announced[^1].Plan.ScheduledFor;
        var occurs = series.Occurrences().TakeWhile(one => one.At <= last)
            .ToDictionary(one => MaintenanceClock.IdOf(series, one.Local), one => one.At);
        foreach (var one in announced)
        {
            if (!occurs.TryGetValue(one.Id, out var from))
            {
                yield return new MaintenanceCancelled(at, one.Id, StoredWords.Of(world.Page).SeriesChanged, by);
                continue;
            }

            var plan = series.Plan with { ScheduledFor = from, ScheduledUntil = from + series.Lasts };
            if ((one.Plan.ScheduledFor, one.Plan.ScheduledUntil) != (plan.ScheduledFor, plan.ScheduledUntil))
            {
                yield return new MaintenanceRescheduled(at, one.Id, plan.ScheduledFor, plan.ScheduledUntil, by);
            }

            if (!plan.SaysTheSame(one.Plan with { ScheduledFor = plan.ScheduledFor, ScheduledUntil = plan.ScheduledUntil }))
            {
                yield return new MaintenanceChanged(at, one.Id, plan, by);
            }
        }
    }

    /// <summary>No more occurrences are made. Those that are announced already stay: readers count on them.</summary>
    public static Decision<Event> EndSeries(World world, DateTimeOffset at, Actor by, SeriesId id) =>
        (NoSeries(world, id) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when !world.Series[id].IsOpen => Array.Empty<Event>(),
            null => new Event[] { new SeriesEnded(at, id, by) },
        };

    /// <summary>Enters a maintenance that is over or known elsewhere, with all that was said in it; nobody is notified.</summary>
    public static Decision<Event> Backfill(World world, DateTimeOffset at, Actor by, MaintenanceId id, BackfillMaintenance wish)
    {
        if ((Taken(world, id) ?? Refusing.Unnamed(by) ?? Planned(world, wish.Plan, past: true) ?? Against(world, at, wish)) is { } no)
        {
            return no;
        }

        var first = wish.Updates[0];
        var announced = first.Status is null or MaintenanceStatus.Scheduled;
        var rest = announced ? wish.Updates.Skip(1) : wish.Updates;
        return Decision.Of<Event>(
        [
            new MaintenanceScheduled(at, id, Trimmed(wish.Plan), first.Body, by)
            {
                Quiet = true,
                Backfilled = true,
                DisplayAt = first.At,
                Metadata = wish.Metadata,
                Origin = wish.Origin,
            },
            .. rest.Select((update, i) => new MaintenanceUpdated(at, id, i + 2, update.Status, update.Body, Automatic: false)
            {
                By = by,
                DisplayAt = update.At,
                Quiet = true,
            }),
        ]);
    }

    /// <summary>Why a maintenance of the past cannot be entered, apart from the components it names; null where it can.</summary>
    public static Refusal? Against(World world, DateTimeOffset at, BackfillMaintenance wish) =>
        Refusing.Text("title", wish.Plan.Title, IncidentDecisions.TitleLimit)
        ?? Refusing.Metadata(wish.Metadata)
        ?? (wish.Plan.ScheduledUntil < wish.Plan.ScheduledFor
            ? new Refusal("ends_before_start", "It ends before it begins; give a later end.", "scheduled_until")
            : null)
        ?? (wish.Updates.IsEmpty ? new Refusal("empty", "The maintenance says nothing; give at least one update.", "updates") : null)
        ?? wish.Updates.Select(update => Refusing.Text("body", update.Body, IncidentDecisions.BodyLimit)).FirstOrDefault(bad => bad is not null)
        ?? wish.Updates.Select(update => Refusing.After(
            at, update.At, "in_future", "What is backfilled was said in the past; give earlier times.", "updates")).FirstOrDefault(bad => bad is not null)
        ?? (wish is { Origin: { } origin, OriginIsFree: false } && world.Maintenances.Values.FirstOrDefault(other => other.Origin == origin) is { } made
            ? new Refusal("already_made", $"Maintenance {made.Id} was made from {origin} already; change that one.", "origin")
            : null);

    private static Refusal? NoSeries(World world, SeriesId id) => world.Series.ContainsKey(id)
        ? null
        : new("no_such_series", $"There is no series {id}; list the series to see their ids.", "id");

    private static Refusal? Lasting(TimeSpan lasts) => lasts > TimeSpan.Zero && lasts <= LongestLasts
        ? null
        : new("out_of_range", $"It lasts nothing or longer than {LongestLasts.Days} days; give another length.", "lasts");
}
