using System.Collections.Immutable;
using Candor.Languages;
using Candor.Notices.Rules;
using Candor.Pages.Phrases;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Wording;

/// <summary>How many were told of an incident, how late and how many were not reached: numbers, and nobody's name.</summary>
internal static class Notified
{
    /// <summary>"Told 10,412 subscribers; 9 late by up to 12 min; 5 wait; 3 could not be reached." Null where nobody was to be told.</summary>
    public static string? Of(World world, Incident incident, DateTimeOffset now, Language language)
    {
        // Subscribers have numbers of their own whatever the channel, so whoever was told word by word and in a digest counts once.
        var topic = Topic.Of(incident.Id);
        var ways = world.Told.GetValueOrDefault(topic, []).AddRange(world.Told.GetValueOrDefault(Topic.OfDigested(topic), []));
        var who = Together(ways, static one => one.Who);
        var unreached = Together(ways, static one => one.Failed).Except(who);
        var (told, failed) = (who.Count, unreached.Count);
        var waiting = Waiting.Of(world, incident, who.Union(unreached), now);
        if (told + failed + waiting == 0)
        {
            return null;
        }

        var late = ways.Sum(static one => one.Late) + Together(ways, static one => one.LateWho).Count;
        return PageWords.In(language).Told.Notified(told, late, ways.Select(static one => one.LateBy).DefaultIfEmpty().Max(), waiting, failed);
    }

    private static NumberSet Together(ImmutableArray<ToldBy> ways, Func<ToldBy, NumberSet> of) =>
        ways.Aggregate(NumberSet.Empty, (all, one) => all.Union(of(one)));
}
