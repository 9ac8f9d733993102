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
    private World told = World.Empty;
    private bool getsAll;
    private string gate = "";

    public Position Position => source.Position;

    public Brief Current()
    {
        var brief = source.Current();
        if (!ReferenceEquals(seen, brief.World))
        {
            See(brief.World);
        }

        return brief with { World = shown, WhoIsTold = told, Audience = audience, Gate = gate, IsClosed = gate == AudienceView.ClosedGate };
    }

    public ValueTask WaitAsync(Position after, CancellationToken cancellation) => source.WaitAsync(after, cancellation);

    private void See(World world)
    {
        var view = new AudienceView(audience, world);
        if (seen is not { } last)
        {
            (shown, gate, getsAll) = (view.Of(world), view.Gate(world), view.GetsAll(world));
        }
        else if (!ShowTheSame(last, world))
        {
            var (before, next) = (gate, view.Of(world));
            (gate, getsAll) = (view.Gate(world), view.GetsAll(world));
            shown = gate == before ? Kept(last, world, next) : next;
        }

        told = getsAll ? PublicFacts.WithTold(shown, world) : shown;
        seen = world;
    }

    /// <summary>Who may read what is part of it, also of what is gone.</summary>
    private static bool ShowTheSame(World one, World other) =>
        ReferenceEquals(one.FormerlyOnlyFor, other.FormerlyOnlyFor) && PublicFacts.Of(one) == PublicFacts.Of(other);

    private World Kept(World before, World now, World next)
    {
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
