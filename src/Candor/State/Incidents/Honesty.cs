using System.Collections.Immutable;
using Candor.State.Postmortems;

namespace Candor.State.Incidents;

/// <summary>
/// How soon and how steadily readers were told of an incident: figures about ourselves, shown whether they flatter or
/// not. Only what was public counts, and from the moment it was.
/// </summary>
/// <param name="DetectedAt">When monitors knew of it; null where none did, and people told it first.</param>
/// <param name="FirstWordAt">When readers were first told.</param>
/// <param name="LastWordAt">When they were last told something, the postmortem apart.</param>
/// <param name="Silence">The longest stretch without a word while it lasted, the one before the first included; null where it lasted no time.</param>
internal sealed record Honesty(
    DateTimeOffset? DetectedAt, DateTimeOffset FirstWordAt, DateTimeOffset LastWordAt, Interval<TimeSpan>? Silence)
{
    /// <summary>
    /// Null for an incident that was written up when it was over: nobody was told anything while it lasted. A word that
    /// was taken away as a mistake told nobody anything, so it does not shorten a silence.
    /// </summary>
    public static Honesty? Of(World world, Incident incident, DateTimeOffset now)
    {
        var words = WordsOf(world, incident).RemoveAll(word => word.Update.Removed is not null);
        return words.IsEmpty || incident.Backfilled || words[0].At > incident.ResolvedAt
            ? null
            : new(DetectedAtOf(world, incident, now), words[0].At, words[^1].At, SilenceOf(incident.StartedAt, words, now));
    }

    /// <summary>
    /// What was said, oldest first, each with the moment from which readers could see it: here, and in the incidents that
    /// went on here until they did.
    /// </summary>
    public static ImmutableArray<Word> WordsOf(World world, Incident incident) =>
    [
        .. AbsorbedBy(world, incident)
            .SelectMany(other => WordsOf(world, other).Where(word => word.At < other.Merged?.At))
            .Concat(OwnWordsOf(world, incident))
            .OrderBy(word => word.At),
    ];

    private static IEnumerable<Word> OwnWordsOf(World world, Incident incident)
    {
        var source = incident.SplitFrom is { } from ? world.Incidents.GetValueOrDefault(from) : null;
        return incident.PublishedAt is { } published
            ? incident.Updates
                .Where(update => update.Status != IncidentStatus.Postmortem)
                .Select(update => new Word(BeforeSplit(source, incident, update) ?? Later(update.At, published), update))
            : [];
    }

    /// <summary>What a split took along was readable where it stood before.</summary>
    private static DateTimeOffset? BeforeSplit(Incident? source, Incident incident, IncidentUpdate update) =>
        source?.PublishedAt is { } published
            && source.Updates.FirstOrDefault(old => old.MovedTo == incident.Id && old.DisplayAt == update.DisplayAt) is { } moved
            ? Later(moved.At, published)
            : null;

    private static IEnumerable<Incident> AbsorbedBy(World world, Incident incident) =>
        incident.Absorbed.Select(id => world.Incidents.GetValueOrDefault(id)).OfType<Incident>();

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>The components that it names and that a monitor watches.</summary>
    public static IEnumerable<Component> WatchedOf(World world, Incident incident) => incident.AffectedComponents
        .Select(id => world.Components.GetValueOrDefault(id))
        .OfType<Component>()
        .Where(component => world.MonitorsOf(component.Definition).Any());

    private static DateTimeOffset? DetectedAtOf(World world, Incident incident, DateTimeOffset now)
    {
        var detected = AbsorbedBy(world, incident).Select(other => DetectedAtOf(world, other, other.Merged?.At ?? now));
        return detected.Append(incident.Automatic ? incident.CreatedAt : SeenAt(world, incident, now)).Min();
    }

    private static DateTimeOffset? SeenAt(World world, Incident incident, DateTimeOffset now) => WatchedOf(world, incident)
        .SelectMany(component => component.History.Between(incident.StartedAt, incident.ClosedAt ?? now))
        .Where(interval => interval.Value is { Known: true, Status: > ComponentStatus.UnderMaintenance })
        .Min(interval => (DateTimeOffset?)interval.From);

    /// <summary>The first silence is the one before the first word.</summary>
    private static Interval<TimeSpan>? SilenceOf(DateTimeOffset began, ImmutableArray<Word> words, DateTimeOffset now)
    {
        var before = words[0].At - began;
        Interval<TimeSpan>? longest = before > TimeSpan.Zero ? new(began, words[0].At, before) : null;
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

/// <summary>Something that was said, and from when on readers could see it.</summary>
internal readonly record struct Word(DateTimeOffset At, IncidentUpdate Update);
