using Candor.Journal;
using Candor.State;

namespace Candor.Pages.Audiences;

/// <summary>
/// What one audience may know, as a source of briefs. Belongs to one publisher. What did not change between two briefs is
/// handed out as the same objects, because pages are keyed by them.
/// </summary>
internal sealed class AudienceBriefs(IBriefSource source, string? audience) : IBriefSource
{
    private World? seen;
    private World shown = World.Empty;
    private string gate = "";

    public Position Position => source.Position;

    public Brief Current()
    {
        var brief = source.Current();
        if (!ReferenceEquals(seen, brief.World))
        {
            See(brief.World);
        }

        return brief with { World = shown, Audience = audience, Gate = gate, IsClosed = gate == AudienceView.ClosedGate };
    }

    public ValueTask WaitAsync(Position after, CancellationToken cancellation) => source.WaitAsync(after, cancellation);

    private void See(World world)
    {
        var view = new AudienceView(audience, world);
        var (next, before) = (view.Of(world), gate);
        gate = view.Gate(world);
        shown = gate == before && seen is { } last ? Kept(last, world, next) : next;
        seen = world;
    }

    private World Kept(World before, World now, World next)
    {
        if (ReferenceEquals(next, now))
        {
            return next;
        }

        var same = ReferenceEquals(before.Incidents, now.Incidents);
        var sameWork = ReferenceEquals(before.Maintenances, now.Maintenances);
        return next with
        {
            Incidents = same ? shown.Incidents : next.Incidents,
            OpenIncidents = same ? shown.OpenIncidents : next.OpenIncidents,
            Postmortems = same && ReferenceEquals(before.Postmortems, now.Postmortems) ? shown.Postmortems : next.Postmortems,
            Maintenances = sameWork ? shown.Maintenances : next.Maintenances,
            OpenMaintenances = sameWork ? shown.OpenMaintenances : next.OpenMaintenances,
        };
    }
}
