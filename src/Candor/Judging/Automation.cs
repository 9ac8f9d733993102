using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Judging;

/// <summary>
/// Opens incidents, adds evidence to them and resolves them, pure. Only what is known opens or resolves anything; what a
/// person leads is only added to; one cause makes one incident.
/// </summary>
internal static class Automation
{
    /// <summary>How long after it was resolved an incident is taken up again instead of a new one.</summary>
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromMinutes(10);

    /// <summary>How long a parent works before what still fails below it is a matter of its own.</summary>
    public static readonly TimeSpan LeaveAfter = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ResolveAfterMax = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The facts that follow from the world as the verdicts have left it; and where none do, when the first of them may
    /// without anything else happening before.
    /// </summary>
    /// <param name="answeredBetween">Whether the first was answered, after an instant of the steady clock, between two failures of
    /// the second: <see cref="Bench.AnsweredBetween"/>.</param>
    public static (Stopwatches Watches, ImmutableArray<Event> Events, TimeSpan? NextDue) Run(
        Stopwatches watches, World world, Moment now, Func<IncidentId> newId, Func<MonitorId, MonitorId, TimeSpan, bool> answeredBetween)
    {
        var desk = new Desk(watches, world, now, answeredBetween);
        Read(desk);
        foreach (var incident in desk.Open())
        {
            Leaving.Run(desk, incident.Id);
        }

        Attributing.Run(desk, newId);
        foreach (var incident in desk.Open())
        {
            Telling.Run(desk, incident.Id);
        }

        return (desk.Watches, desk.Events, desk.NextDue);
    }

    /// <summary>The good time an incident needs before it resolves: doubled by each reopening, up to 30 min.</summary>
    public static TimeSpan GoodTime(Policy policy, Incident incident)
    {
        var doubled = policy.ResolveAfter * Math.Pow(2, Math.Min(incident.Reopenings, 16));
        var longest = policy.ResolveAfter > ResolveAfterMax ? policy.ResolveAfter : ResolveAfterMax;
        return doubled > longest ? longest : doubled;
    }

    private static void Read(Desk desk)
    {
        foreach (var component in desk.World.Components.Values)
        {
            desk.Set(Stretch.ComponentBad, component.Id.Value, desk.IsBad(component));
        }

        foreach (var monitor in desk.World.Monitors.Values)
        {
            desk.Set(Stretch.MonitorWell, monitor.Id.Value, Watched.Works(monitor) && !Desk.IsDown(monitor));
            desk.Set(Stretch.MonitorDown, monitor.Id.Value, monitor.Verdict == Verdict.Down);
        }
    }
}
