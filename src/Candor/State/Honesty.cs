using System.Collections.Immutable;

namespace Candor.State;

/// <summary>
/// How soon and how steadily readers were told of an incident: figures about ourselves, shown whether they flatter or
/// not. Only what was public counts, and from the moment it was.
/// </summary>
/// <param name="DetectedAt">When monitors knew of it; null where none did, and people told it first.</param>
/// <param name="FirstWordAt">When readers were first told.</param>
/// <param name="LastWordAt">When they were last told something, the postmortem apart.</param>
/// <param name="Silence">The longest stretch without a word while it lasted; null where it lasted no time.</param>
internal sealed record Honesty(
    DateTimeOffset? DetectedAt, DateTimeOffset FirstWordAt, DateTimeOffset LastWordAt, Interval<TimeSpan>? Silence)
{
    /// <summary>Null for an incident that was written up when it was over: nobody was told anything while it lasted.</summary>
    public static Honesty? Of(World world, Incident incident, DateTimeOffset now)
    {
        var words = WordsOf(incident);
        return words.IsEmpty || words[0].At > incident.ResolvedAt
            ? null
            : new(DetectedAtOf(world, incident, now), words[0].At, words[^1].At, SilenceOf(words, now));
    }

    /// <summary>What was said, oldest first, each with the moment from which readers could see it.</summary>
    public static ImmutableArray<(DateTimeOffset At, IncidentUpdate Update)> WordsOf(Incident incident) =>
    [
        .. incident.Updates
            .Where(update => update.Status != IncidentStatus.Postmortem)
            .Select(update => (update.At > incident.PublishedAt ? update.At : incident.PublishedAt ?? update.At, update)),
    ];

    /// <summary>The components that it names and that a monitor watches.</summary>
    public static IEnumerable<Component> WatchedOf(World world, Incident incident) => incident.AffectedComponents
        .Select(id => world.Components.GetValueOrDefault(id))
        .OfType<Component>()
        .Where(component => world.MonitorsOf(component.Definition).Any());

    private static DateTimeOffset? DetectedAtOf(World world, Incident incident, DateTimeOffset now)
    {
        if (incident.Automatic)
        {
            return incident.CreatedAt;
        }

        var trouble = WatchedOf(world, incident)
            .SelectMany(component => component.History.Between(incident.StartedAt, incident.ResolvedAt ?? now))
            .Where(interval => interval.Value is { Known: true, Status: > ComponentStatus.UnderMaintenance })
            .Select(interval => interval.From)
            .ToList();
        return trouble.Count == 0 ? null : trouble.Min();
    }

    private static Interval<TimeSpan>? SilenceOf(ImmutableArray<(DateTimeOffset At, IncidentUpdate Update)> words, DateTimeOffset now)
    {
        Interval<TimeSpan>? longest = null;
        for (var i = 0; i < words.Length; i++)
        {
            var until = i + 1 < words.Length ? words[i + 1].At : now;
            var silent = until - words[i].At;
            if (words[i].Update.Status != IncidentStatus.Resolved && silent > TimeSpan.Zero && !(longest?.Value >= silent))
            {
                longest = new(words[i].At, i + 1 < words.Length ? until : null, silent);
            }
        }

        return longest;
    }
}
