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

    /// <summary>
    /// What is there already is not said twice, whatever was told first and whatever the clocks say. A character that posting
    /// refuses is left out: nobody is there to mend what was said and signed.
    /// </summary>
    public static Decision<Event> Decide(World world, DateTimeOffset at, Bulletin bulletin)
    {
        bulletin = bulletin.Cleaned();
        var (id, by) = (new IncidentId(bulletin.Incident), new Actor($"mirror:{bulletin.Id}"));
        var said = bulletin.At < at ? bulletin.At : at;
        if (!world.Incidents.TryGetValue(id, out var incident))
        {
            return IncidentDecisions.Open(world, at, by, id, new(bulletin.Title, bulletin.Body, bulletin.Status, [])
            {
                StartedAt = said,
                DisplayAt = said,
                DeliverNotifications = false,
            });
        }

        if (incident.Updates.Any(update => update.By == by))
        {
            return Decision.Of<Event>([]);
        }

        // What was said before the last word is said, and does not take it back.
        var status = incident.Updates.All(update => update.DisplayAt <= said) ? bulletin.Status : (IncidentStatus?)null;
        return IncidentDecisions.Post(world, at, by, id, new(status, bulletin.Body, []) { DisplayAt = said, DeliverNotifications = false });
    }
}
