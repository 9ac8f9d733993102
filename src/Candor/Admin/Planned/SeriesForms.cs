using System.Collections.Immutable;
using System.Globalization;
using Candor.Admin.Incidents;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary>What is planned already, as a form that changes it begins. Pure.</summary>
internal static class SeriesForms
{
    public static PlanForm Of(Maintenance maintenance, TimeZoneInfo zone, string key) => Of(maintenance.Plan) with
    {
        From = WallClock.Write(maintenance.Plan.ScheduledFor, zone),
        Until = WallClock.Write(maintenance.Plan.ScheduledUntil, zone),
        Key = key,
    };

    /// <param name="since">The occurrence from which on it is changed; null: the whole series.</param>
    public static PlanForm Of(MaintenanceSeries series, Maintenance? since, string key)
    {
        var (first, skipped) = (series.FirstLocal, 0);
        if (since is not null)
        {
            (first, skipped) = series.Occurrences().TakeWhile(one => one.At <= since.Plan.ScheduledFor.AddDays(1))
                .Select(static (one, i) => (one.Local, Skipped: i))
                .FirstOrDefault(one => MaintenanceClock.IdOf(series, one.Local) == since.Id, (Local: series.FirstLocal, Skipped: 0));
        }

        var rule = SeriesDecisions.WithoutFirst(series.Rule, skipped);
        var isKnown = PlannedView.Rules.Any(one => one.Value == rule);
        return Of(series.Plan) with
        {
            Body = series.Body,
            From = WallClock.Write(first),
            Until = WallClock.Write(first + series.Lasts),
            Rule = isKnown ? rule : "own",
            OwnRule = isKnown ? "" : rule,
            Zone = series.Zone,
            Quiet = series.Quiet,
            Key = key,
        };
    }

    /// <summary>What a form carries of the series that its sender saw.</summary>
    public static string SeenOf(MaintenanceSeries series) => series.SetAt.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static PlanForm Of(MaintenancePlan plan) => new()
    {
        Title = plan.Title,
        Starts = plan.StartsByItself,
        Ends = plan.EndsByItself,
        Marks = plan.MarksComponents,
        Outage = plan.ExpectsOutage is true,
        Verify = Minutes(plan.VerifyFor),
        Remind = Minutes(plan.RemindBefore),
        Components = [.. plan.Components.Select(static id => id.Value)],
    };

    private static string Minutes(TimeSpan? span) => span is { } some ? some.TotalMinutes.ToString("0", CultureInfo.InvariantCulture) : "";
}
