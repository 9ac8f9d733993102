using System.Globalization;

namespace Candor.State.Maintenances;

/// <summary>
/// What time alone makes of planned work: occurrences, reminders, beginnings and ends. Pure; drive it with a clock that does
/// not jump. What it decided once it never decides again.
/// </summary>
internal static class MaintenanceClock
{
    /// <summary>How far ahead occurrences of a series are announced.</summary>
    public static readonly TimeSpan AnnounceAhead = TimeSpan.FromDays(30);

    /// <summary>The next occurrence is announced however far it is, up to this.</summary>
    private static readonly TimeSpan NextAhead = TimeSpan.FromDays(400);

    private const int OpenOccurrencesMost = 40;

    public static IEnumerable<Event> Due(World world, DateTimeOffset now)
    {
        foreach (var series in world.Series.Values.Where(series => series.IsOpen).OrderBy(series => series.Id.Value, StringComparer.Ordinal))
        {
            foreach (var happened in Announce(world, series, now))
            {
                yield return happened;
            }
        }

        foreach (var id in world.OpenMaintenances.OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            foreach (var happened in Of(world, world.Maintenances[id], now).ToList())
            {
                // Two that end at once: the second one must know that the first has.
                world = World.Fold(world, happened);
                yield return happened;
            }
        }
    }

    private static IEnumerable<Event> Of(World world, Maintenance maintenance, DateTimeOffset now)
    {
        var (plan, words) = (maintenance.Plan, StoredWords.Of(world.Page));
        return maintenance switch
        {
            { Backfilled: true } => [],
            { Status: MaintenanceStatus.Scheduled } when plan is { StartsByItself: true, EndsByItself: true } && now >= plan.ScheduledUntil =>
                [Say(maintenance, now, MaintenanceStatus.Completed, words.Missed, quiet: true)],
            { Status: MaintenanceStatus.Scheduled } when plan.StartsByItself && now >= plan.ScheduledFor =>
            [
                Say(maintenance, now, MaintenanceStatus.InProgress, words.Begun, plan.QuietAtStart),
                .. MaintenanceEffects.Of(world, now, maintenance, MaintenanceStatus.InProgress),
            ],
            { Status: MaintenanceStatus.Scheduled, RemindedAt: null } when plan.RemindBefore is { } before
                && now >= plan.ScheduledFor - before && now < plan.ScheduledFor =>
                [new MaintenanceReminded(now, maintenance.Id)],
            { Status: MaintenanceStatus.InProgress } when plan is { EndsByItself: true, VerifyFor: not null } && now >= plan.ScheduledUntil =>
                [Say(maintenance, now, MaintenanceStatus.Verifying, words.Verifying, plan.QuietAtEnd)],
            { IsActive: true } when plan.EndsByItself && now >= EndOf(maintenance) =>
            [
                Say(maintenance, now, MaintenanceStatus.Completed, words.Complete, plan.QuietAtEnd),
                .. MaintenanceEffects.Of(world, now, maintenance, MaintenanceStatus.Completed),
            ],
            _ => [],
        };
    }

    /// <summary>Watching lasts its whole time, also where it began late.</summary>
    private static DateTimeOffset EndOf(Maintenance maintenance)
    {
        var plan = maintenance.Plan;
        var verified = maintenance.VerifyingAt + plan.VerifyFor;
        return verified > plan.ScheduledUntil ? verified.Value : plan.ScheduledUntil;
    }

    private static MaintenanceUpdated Say(
        Maintenance maintenance, DateTimeOffset now, MaintenanceStatus status, string body, bool quiet) =>
        new(now, maintenance.Id, maintenance.Updates.Length + 1, status, body, Automatic: true) { Quiet = quiet };

    private static IEnumerable<Event> Announce(World world, MaintenanceSeries series, DateTimeOffset now)
    {
        var open = world.OpenMaintenances.Count(id => world.Maintenances[id].Series == series.Id);
        // Most ticks end here: what comes next is far enough ahead, or nothing is left to make.
        if (open >= OpenOccurrencesMost || series.NextAt is not { } next || next > now + (open == 0 ? NextAhead : AnnounceAhead))
        {
            yield break;
        }

        foreach (var (local, at) in series.Occurrences().SkipWhile(one => one.At < next))
        {
            if (at + series.Lasts <= now)
            {
                continue;
            }

            if (at > now + (open == 0 ? NextAhead : AnnounceAhead) || open >= OpenOccurrencesMost)
            {
                yield break;
            }

            var id = IdOf(series, local);
            if (!world.Maintenances.ContainsKey(id))
            {
                open++;
                yield return new MaintenanceScheduled(
                    now, id, series.Plan with { ScheduledFor = at, ScheduledUntil = at + series.Lasts }, series.Body, Actor.Candor)
                {
                    Series = series.Id,
                    Quiet = series.Quiet,
                };
            }
        }
    }

    /// <summary>From the series and the wall clock: the same occurrence is never made twice, by whomever.</summary>
    public static MaintenanceId IdOf(MaintenanceSeries series, DateTime local) =>
        new(DerivedId.Of(string.Create(CultureInfo.InvariantCulture, $"{series.Id.Value}/{local:yyyyMMddTHHmmss}")));
}
