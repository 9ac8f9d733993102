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
        var channels = world.Told.GetValueOrDefault(Topic.Of(incident.Id), []);
        var (told, failed) = (channels.Sum(static one => one.Count), channels.Sum(static one => one.Failed.Count));
        if (told + failed == 0)
        {
            return null;
        }

        var late = channels.Sum(static one => one.LateCount);
        var words = told == 1 ? "Told 1 subscriber" : string.Create(CultureInfo.InvariantCulture, $"Told {told:N0} subscribers");
        words += late == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {late:N0} late by up to {Lasting.Words(channels.Max(static one => one.LateBy))}");
        return words + (failed == 0 ? "." : string.Create(CultureInfo.InvariantCulture, $"; {failed:N0} could not be reached."));
    }
}
