using System.Collections.Immutable;
using Candor.Journal;
using Candor.Judging;
using Candor.Probing;
using Candor.Probing.Alert;
using Candor.State;

namespace Candor.Node;

/// <summary>Keeps probing in step with what the owner declared: whenever the journal says something else, the scheduler is told.</summary>
internal sealed class PlanFollower(Works works)
{
    private const string HeartbeatKind = "heartbeat";
    private ImmutableArray<MonitorDefinition> watched = [];
    private ImmutableArray<string> allowed = [];
    private ImmutableArray<AlertSource> sources = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        await works.Journal.WaitForReadingAsync(works.Time, stopping);
        (watched, allowed, sources) = ([], [], []);
        works.Allow([]);
        while (true)
        {
            var published = works.Journal.Current;
            Follow(published.State);
            await works.Journal.WaitAsync(published.Position, stopping);
        }
    }

    private void Follow(World world)
    {
        if (!allowed.AsSpan().SequenceEqual(world.Policy.EgressAllow.AsSpan()))
        {
            allowed = world.Policy.EgressAllow;
            works.Allow(allowed);
        }

        if (!works.Controls.Targets.SequenceEqual(world.Policy.Controls, StringComparer.Ordinal))
        {
            works.Controls.Targets = world.Policy.Controls;
            works.Controls.Soon();
        }

        ImmutableArray<MonitorDefinition> wanted =
        [
            .. world.Monitors.Values.Select(monitor => monitor.Definition)
                .Where(monitor => Judge.VantagesOf(world, monitor).Contains(VantageId.Local)),
        ];
        if (Same(wanted) && sources.AsSpan().SequenceEqual(world.Policy.AlertSources.AsSpan()))
        {
            return;
        }

        works.Alerts.Expect(world.Policy.AlertSources, AlertBook.WaitingAmong(wanted));
        works.Heartbeats.Expect(wanted.Where(monitor => monitor.Check.Kind == HeartbeatKind).Select(monitor => monitor.Id));
        works.Scheduler.Watch(wanted);
        (watched, sources) = (wanted, world.Policy.AlertSources);
    }

    /// <summary>A definition is replaced as a whole when it changes, so the reference tells.</summary>
    private bool Same(ImmutableArray<MonitorDefinition> wanted)
    {
        if (wanted.Length != watched.Length)
        {
            return false;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (!ReferenceEquals(wanted[i], watched[i]))
            {
                return false;
            }
        }

        return true;
    }
}
