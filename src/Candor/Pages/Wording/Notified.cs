using System.Collections.Immutable;
using System.Globalization;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Wording;

/// <summary>How many were told of an incident, how late and how many were not reached: numbers, and nobody's name.</summary>
internal static class Notified
{
    /// <summary>"Told 10,412 subscribers; 9 late by up to 12 min; 3 could not be reached." Null where nobody was to be told.</summary>
    public static string? Of(World world, Incident incident)
    {
        // Subscribers have numbers of their own whatever the channel, so whoever was told word by word and in a digest counts once.
        var topic = Topic.Of(incident.Id);
        var ways = world.Told.GetValueOrDefault(topic, []).AddRange(world.Told.GetValueOrDefault(Topic.OfDigested(topic), []));
        var who = Together(ways, static one => one.Who);
        var (told, failed) = (who.Count, Together(ways, static one => one.Failed).Except(who).Count);
        if (told + failed == 0)
        {
            return null;
        }

        var late = ways.Sum(static one => one.Late) + Together(ways, static one => one.LateWho).Count;
        var words = told == 1 ? "Told 1 subscriber" : string.Create(CultureInfo.InvariantCulture, $"Told {told:N0} subscribers");
        words += late == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {late:N0} late by up to {Lasting.Words(ways.Max(static one => one.LateBy))}");
        return words + (failed == 0 ? "." : string.Create(CultureInfo.InvariantCulture, $"; {failed:N0} could not be reached."));
    }

    private static NumberSet Together(ImmutableArray<ToldBy> ways, Func<ToldBy, NumberSet> of) =>
        ways.Aggregate(NumberSet.Empty, (all, one) => all.Union(of(one)));
}
