using System.Collections.Immutable;
using System.Globalization;
using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Mirrors.Outside;

/// <summary>One address at which readers get the page, and what was last read there. Immutable.</summary>
/// <param name="Address">The page's own, or a mirror's.</param>
internal sealed record ReaderAddress(Uri Address)
{
    /// <summary>Every word up to this position was read back there; -1 before the first time.</summary>
    public long ReadTo { get; init; } = -1;

    /// <summary>When it was last read, well or not; null: not yet.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What readers get there instead of what was published; null while they get that.</summary>
    public string? Wrong { get; init; }

    /// <summary>For how long, at least, readers have not had what was published.</summary>
    public TimeSpan WrongFor { get; init; }

    /// <summary>The monotonic stamp of the reading with which it went wrong.</summary>
    public long? WrongFrom { get; init; }

    /// <summary>Up to which word incidents were read back, and when that was first so.</summary>
    public ImmutableDictionary<IncidentId, ReadWord> Words { get; init; } = ImmutableDictionary<IncidentId, ReadWord>.Empty;

    /// <summary>Long enough to be told: one lost packet, or a cache that is a moment behind, is not.</summary>
    public bool IsFault(TimeSpan within) => Wrong is not null && WrongFor >= within;

    /// <summary>What came of reading the pages. Pure.</summary>
    /// <param name="stamp">Monotonic, of now.</param>
    public ReaderAddress Read(
        IReadOnlyList<PageReading> readings, PublishedPages published, TimeSpan within, DateTimeOffset now, long stamp, Func<long, TimeSpan> elapsed)
    {
        var (wrong, readTo, behind) = Judge(readings, published, within);
        if (wrong is null)
        {
            return this with { ReadTo = Math.Max(ReadTo, readTo), ReadAt = now, Wrong = null, WrongFor = TimeSpan.Zero, WrongFrom = null };
        }

        var from = WrongFrom ?? stamp;
        var lasted = elapsed(from);
        return this with { ReadAt = now, Wrong = wrong, WrongFrom = from, WrongFor = lasted > behind ? lasted : behind };
    }

    /// <summary>Which of the words that stood in the journal at a position are read back by now.</summary>
    public ReaderAddress Prove(PendingWords pending, DateTimeOffset now) => pending.Position > ReadTo ? this : this with
    {
        Words = Words.SetItems(pending.Words
            .Where(word => Words.GetValueOrDefault(word.Key).Seq < word.Value)
            .Select(word => KeyValuePair.Create(word.Key, new ReadWord(word.Value, now)))),
    };

    private static (string? Wrong, long ReadTo, TimeSpan Behind) Judge(IReadOnlyList<PageReading> readings, PublishedPages published, TimeSpan within)
    {
        var readTo = long.MaxValue;
        foreach (var reading in readings)
        {
            if (reading.Trouble is { } trouble)
            {
                return (trouble, -1, TimeSpan.Zero);
            }

            if (published.Find(reading.Path, reading.Hash!) is not { } found)
            {
                return (Strange(reading), -1, TimeSpan.Zero);
            }

            if (found.Behind > within)
            {
                return ($"{reading.Path} is old: something newer has stood here for {Language.English.Spans.Words(found.Behind)}", -1, found.Behind);
            }

            readTo = Math.Min(readTo, found.Position);
        }

        return (null, readTo, TimeSpan.Zero);
    }

    private static string Strange(PageReading reading) => reading.HasMirrorsWords
        ? "it is a mirror that does not hear this publisher, or shows a bulletin, and says so on its pages"
        : string.Create(CultureInfo.InvariantCulture, $"{reading.Path} is not what was published here within the last {PublishedPages.Remembered.TotalMinutes:0} min");
}

/// <summary>A word of an incident that readers get.</summary>
internal readonly record struct ReadWord(int Seq, DateTimeOffset At);

/// <summary>What the journal held at a position: the newest word of each incident that is open or was lately.</summary>
internal sealed record PendingWords(long Position, ImmutableDictionary<IncidentId, int> Words);
