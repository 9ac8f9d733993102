using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Rules;

/// <summary>Who was told of an incident up to the moment at which it went on in another one, by number.</summary>
internal readonly record struct MergedAudience(DateTimeOffset At, NumberSet Who);

/// <summary>
/// Incidents that go on in another one. Whoever was told of one is told where it goes on, in its own thread, and all that is
/// said from then on, to its end, in the other one's.
/// </summary>
internal static class Continuing
{
    private const int DepthMost = 32;

    /// <summary>The incident in which it goes on now, where everybody may know of that one; else null.</summary>
    public static Incident? InWhich(World world, Incident incident) =>
        EvenHidden(world, incident) is { } other && MayBeTold(world, other) ? other : null;

    /// <summary>The same, also where that one is for some readers only by now: what was opened by way of it ends with it all the same.</summary>
    public static Incident? EvenHidden(World world, Incident incident)
    {
        var last = incident;
        for (var depth = 0; last.Merged is { Into: var next } && depth < DepthMost; depth++)
        {
            if (!world.Incidents.TryGetValue(next, out var found))
            {
                return null;
            }

            last = found;
        }

        return last != incident && last is { Merged: null, Published: true, Backfilled: false } ? last : null;
    }

    /// <summary>
    /// Where what it went on in is over: the incidents under whose names somebody may have been told so, the one into which it was
    /// merged and the last one. None while that goes on.
    /// </summary>
    public static IEnumerable<Incident> Ended(World world, Incident incident) =>
        EvenHidden(world, incident) is { IsOpen: false } last ? [.. new[] { world.Incidents[incident.Merged!.Into], last }.Distinct()] : [];

    public static bool MayBeTold(World world, Incident incident) =>
        incident is { Published: true, Backfilled: false } && world.IsWhollyForEverybody(incident.AffectedComponents, incident.OnlyFor);

    /// <summary>Everything that went on in it, also by way of others.</summary>
    public static ImmutableArray<IncidentId> Into(World world, Incident incident)
    {
        var all = incident.Absorbed;
        for (var i = 0; i < all.Length && all.Length < DepthMost * DepthMost; i++)
        {
            all = world.Incidents.TryGetValue(all[i], out var one) ? all.AddRange(one.Absorbed.Except(all)) : all;
        }

        return all;
    }

    public static ImmutableArray<MergedAudience> AudiencesOf(World world, Incident incident) =>
    [
        .. incident.Absorbed.Where(id => world.Incidents.TryGetValue(id, out var one) && one.Merged is not null)
            .Select(id => new MergedAudience(world.Incidents[id].Merged!.At, ToldOf(world, id))),
    ];

    /// <summary>Whoever was told of an incident, word by word or in a digest.</summary>
    public static NumberSet ToldOf(World world, IncidentId id)
    {
        var topic = Topic.Of(id);
        return world.Told.GetValueOrDefault(topic, []).AddRange(world.Told.GetValueOrDefault(Topic.OfDigested(topic), []))
            .Aggregate(NumberSet.Empty, static (all, one) => all.Union(one.Who));
    }

    /// <summary>Whether the notice of another incident, that it goes on here, says this to them as well.</summary>
    public static bool IsSaidThere(Subscriber subscriber, TopicView view, Saying said)
    {
        foreach (var (at, who) in view.Merged)
        {
            if (said.At <= at && who.Contains(subscriber.Number))
            {
                return true;
            }
        }

        return false;
    }
}
