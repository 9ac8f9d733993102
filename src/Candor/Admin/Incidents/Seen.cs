using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Incidents;

/// <summary>
/// What somebody has seen of an incident, as a mark that a form carries: all that people said and decided about it. What
/// automation only notes (evidence, reminders, downtimes) is not in it, or a person could not get a word in while monitors
/// flap. Pure.
/// </summary>
internal static class Seen
{
    /// <summary>"3-…": how many updates there were, and a hash of everything.</summary>
    public static string Of(Incident incident)
    {
        var text = new StringBuilder();
        void Say(object? what) => text.Append(CultureInfo.InvariantCulture, $"{what}\u0001");
        Say(incident.Title);
        Say(incident.Status);
        Say(incident.Published);
        Say(incident.HumanLed);
        Say(incident.ImpactOverride);
        Say(incident.StartedAt.UtcTicks);
        Say(incident.Promise?.DueAt.UtcTicks);
        Say(incident.Merged?.Into);
        Say(incident.Removed?.At.UtcTicks);
        foreach (var update in incident.Updates)
        {
            Say(update.Status);
            Say(update.Body);
            Say(update.DisplayAt.UtcTicks);
            Say(update.IsReadable);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{incident.Updates.Length}-{Hash(text.ToString())}");
    }

    /// <summary>How many updates had been seen; none where the mark cannot be read.</summary>
    public static int Updates(string seen) =>
        int.TryParse(seen.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>Refuses whoever decided on something older than what is there.</summary>
    public static Refusal? Against(World world, IncidentId id, string seen) =>
        world.Incidents.TryGetValue(id, out var incident) && Of(incident) != seen
            ? new(
                "version_changed",
                "This incident changed while you wrote, so nothing was published yet. What is new stands below and your text is kept: read, adjust, publish again.")
            : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
