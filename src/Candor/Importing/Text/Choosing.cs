namespace Candor.Importing.Text;

/// <summary>Which reading to believe.</summary>
internal static class Choosing
{
    private const int ManyUpdates = 3;
    private const double StrayWorth = 0.3;

    /// <summary>
    /// Updates that were posted, each with its label and its day, outweigh any timeline: a postmortem among them may hold
    /// a longer one. Otherwise the reading that understood most; of equals the first.
    /// </summary>
    public static Reading Best(Draft draft, IReadOnlyList<Reading> readings)
    {
        var posted = draft.Marks.Any(mark => mark is { Posted: true, Rest.Length: 0 });
        var notes = readings.Where(reading => reading.IsTimeline).SelectMany(reading => reading.Entries).Count(entry => entry.Stamp is { HasDate: true, Clock: not null });
        var updates = readings.Where(reading => !reading.IsTimeline && IsOfUpdates(reading)).MaxBy(reading => reading.Score);
        if (updates is { Whole: > 0 } && (posted || draft.UpdatesAt >= 0 || updates.Whole >= ManyUpdates || notes <= updates.Whole * 1.5))
        {
            return updates;
        }

        var best = readings.MaxBy(static reading => reading.Score * (IsStray(reading) ? StrayWorth : 1))!;
        return best.Score > 0 ? best : Reading.Nothing;
    }

    /// <summary>"Update 6:14pm UTC: it is back" in an article: one line that looks like an update makes no page of updates.</summary>
    private static bool IsStray(Reading reading) => reading is { IsTimeline: false, Entries: [{ Stamp: { HasDate: false, Clock: not null } }] };

    private static bool IsOfUpdates(Reading reading) =>
        reading.Entries.Count(entry => entry is { Label: not null, Stamp: { HasDate: true, Clock: not null } }) * 2 > reading.Entries.Length;
}
