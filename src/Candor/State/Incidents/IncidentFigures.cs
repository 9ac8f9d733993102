namespace Candor.State.Incidents;

/// <summary>How honest and how quick we were, from the facts alone. Null: it has not happened (yet), or nobody knows.</summary>
/// <param name="ToDetect">From the beginning of the trouble until it was known here.</param>
/// <param name="ToFirstWord">From the beginning of the trouble until readers could read of it.</param>
/// <param name="ToResolve">From the beginning of the trouble until it was said to be over.</param>
/// <param name="Measured">All downtimes together.</param>
/// <param name="LongestSilence">The longest time without a word while it was open; the last one still grows.</param>
internal sealed record IncidentFigures(
    TimeSpan? ToDetect, TimeSpan? ToFirstWord, TimeSpan? ToResolve, TimeSpan Measured, Silence? LongestSilence)
{
    /// <summary>Silences from this on are worth a question.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromMinutes(60);

    public DateTimeOffset? FirstWordAt { get; init; }

    public DateTimeOffset? LastWordAt { get; init; }

    public static IncidentFigures Of(Incident incident, DateTimeOffset now)
    {
        var words = WordsOf(incident).ToList();
        var began = incident.StartedAt;
        DateTimeOffset? detected = incident.Backfilled ? null : incident.CreatedAt;
        return new(
            After(began, detected),
            words.Count == 0 ? null : After(began, words[0]),
            After(began, incident.ResolvedAt),
            incident.Downtimes.Aggregate(TimeSpan.Zero, (sum, one) => sum + (After(one.Began, one.Ended ?? incident.ClosedAt ?? now) ?? TimeSpan.Zero)),
            // At the very instant of its beginning there has been none yet.
            SilencesOf(incident, now).Select(silence => (Silence?)silence).MaxBy(silence => silence!.Value.Lasted))
        {
            FirstWordAt = words.Count == 0 ? null : words[0],
            LastWordAt = words.Count == 0 ? null : words[^1],
        };
    }

    /// <summary>The times between two words while it was open, in order; the first is the one before the first word.</summary>
    public static IEnumerable<Silence> SilencesOf(Incident incident, DateTimeOffset now)
    {
        var before = incident.StartedAt;
        var end = incident.ClosedAt ?? now;
        foreach (var word in WordsOf(incident).Where(word => word < end).Append(end))
        {
            if (word > before)
            {
                yield return new(before, word);
                before = word;
            }
        }
    }

    /// <summary>When readers could read something new, oldest first.</summary>
    private static IEnumerable<DateTimeOffset> WordsOf(Incident incident) => incident.Published
        ? incident.Updates.Where(update => update.IsReadable)
            .Select(update => incident.Backfilled ? update.DisplayAt : update.At)
            .Order()
        : [];

    private static TimeSpan? After(DateTimeOffset from, DateTimeOffset? until) => until switch
    {
        null => null,
        { } at => at > from ? at - from : TimeSpan.Zero,
    };
}

/// <summary>A time without a word.</summary>
internal readonly record struct Silence(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Lasted => Until - From;
}
