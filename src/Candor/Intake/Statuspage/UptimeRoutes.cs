using System.Globalization;
using Candor.Access;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Intake.Statuspage;

/// <summary>Uptime between two instants, by the formula that the page shows.</summary>
internal static class UptimeRoutes
{
    /// <summary>As Statuspage: without bounds, the last 90 days; at most half a year.</summary>
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(184);

    public static Task ShowAsync(HttpContext context, World world, TimeProvider time)
    {
        var (id, now) = (V1Routes.IdOf(context), time.GetUtcNow());
        if (!world.Components.TryGetValue(new(id), out var component))
        {
            return V1Routes.RefuseAsync(context, ComponentChanges.Missing(id));
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(world.Page.TimeZone);
        var (start, end) = (Bound(context.Request, "start", zone), Bound(context.Request, "end", zone));
        var until = end.Given ? (end.At < now ? end.At : end.At is null ? null : now) : now;
        var from = start.Given ? start.At : until - TimeSpan.FromDays(Uptime.Days);
        if (from is not { } begins || until is not { } ends || begins >= ends || ends - begins > LongestRange)
        {
            return Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new(
                "bad_range", $"start and end are days or instants, in this order and at most {LongestRange.Days} days apart; write such as 2026-11-26.", "start"));
        }

        return V1Routes.WriteAsync(context, StatusCodes.Status200OK, Of(world, component, begins, ends, now), V1Json.Default.V1Uptime);
    }

    /// <summary>A group is its parts together.</summary>
    internal static V1Uptime Of(World world, Component component, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        List<Component> leaves = [.. Leaves(world, component)];
        var counts = world.Policy.Maintenance?.CountsInUptime ?? MaintenancePolicy.Default.CountsInUptime;
        var times = leaves.Aggregate(default(StateTimes), (sum, leaf) => sum + (Uptime.Between(leaf, from, until, now) with { MaintenanceCounts = counts }))
            with { MaintenanceCounts = counts };
        HashSet<ComponentId> ids = [.. leaves.Select(static leaf => leaf.Id)];
        var related = world.Incidents.Values
            .Where(one => one is { Published: true, Removed: null } && one.StartedAt < until && (one.ClosedAt ?? now) > from && one.AffectedComponents.Any(ids.Contains))
            .OrderBy(static one => one.StartedAt).Select(static one => new V1RelatedIncident(one.Id.Value));
        return new(
            from, until, times.Percent, (long)times.MajorOutage.TotalSeconds, (long)times.PartialOutage.TotalSeconds, Warnings(component, from, times),
            component.Id.Value, component.Definition.Name, new([.. related]));
    }

    private static IEnumerable<Component> Leaves(World world, Component component)
    {
        var parts = world.ChildrenOf(component.Id).ToList();
        return parts.Count == 0 ? [component] : parts.SelectMany(part => Leaves(world, part));
    }

    private static List<string> Warnings(Component component, DateTimeOffset from, StateTimes times)
    {
        var warnings = new List<string>();
        if (component.CreatedAt > from)
        {
            warnings.Add("The component did not exist at the beginning of the range; the time before is left out.");
        }

        if (times.Unknown > TimeSpan.Zero)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"For {times.Unknown.TotalSeconds:0} s nobody could see it; that time is left out."));
        }

        return warnings;
    }

    private static (bool Given, DateTimeOffset? At) Bound(HttpRequest request, string name, TimeZoneInfo zone) => request.Query[name] switch
    {
        [] => (false, null),
        [{ } text] when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            (true, Uptime.StartOf(day, zone)),
        [{ } text] when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => (true, at.ToUniversalTime()),
        _ => (true, null),
    };
}
