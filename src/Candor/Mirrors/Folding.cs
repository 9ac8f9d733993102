using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Mirrors;

/// <summary>
/// What becomes of a bulletin once the publisher is there again: it was said, so it is in the journal, at the time at which
/// it was said. Nobody is notified: it is over an hour later, and a person decides what is still true. Pure.
/// </summary>
internal static class Folding
{
    /// <summary>How long a publisher may have been gone.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(30);

    private static readonly Actor Elsewhere = new("mirror:bulletin");

    /// <summary>What is there already is not said twice.</summary>
    public static Decision<Event> Decide(World world, DateTimeOffset at, Bulletin bulletin)
    {
        var id = new IncidentId(bulletin.Incident);
        var said = bulletin.At < at ? bulletin.At : at;
        if (!world.Incidents.TryGetValue(id, out var incident))
        {
            return IncidentDecisions.Open(world, at, Elsewhere, id, new(bulletin.Title, bulletin.Body, bulletin.Status, [])
            {
                StartedAt = said,
                DeliverNotifications = false,
            });
        }

        var isThere = bulletin.Id == bulletin.Incident || incident.Updates.Any(update => update.DisplayAt == said && update.Body == bulletin.Body);
        return isThere
            ? Decision.Of<Event>([])
            : IncidentDecisions.Post(world, at, Elsewhere, id, new(bulletin.Status, bulletin.Body, []) { DisplayAt = said, DeliverNotifications = false });
    }
}
