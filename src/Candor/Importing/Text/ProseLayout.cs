using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>The last resort: sentences of a report that name a time of day.</summary>
internal static class ProseLayout
{
    private const double Worth = 0.2;

    // A report that tells one time after another outweighs a single line that happens to begin with one.
    private const double WorthMore = 0.05;
    private const double WorthMost = 0.5;
    private const int EntriesMax = 100;

    public static Reading Read(Draft draft)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>();
        Stamp? day = null;
        foreach (var (line, sentence) in Sentences.Of(draft))
        {
            var stamps = StampScanner.All(sentence).Select(found => found.Stamp).ToList();
            day = stamps.Find(stamp => stamp.HasDate) ?? day;
            if (stamps.Find(stamp => stamp.Clock is not null) is { } told)
            {
                entries.Add(new(line, null, told, sentence) { Under = day });
            }

            if (entries.Count == EntriesMax)
            {
                break;
            }
        }

        return entries.Count == 0 ? Reading.Nothing
            : new(entries.ToImmutable(), Math.Min(Worth + ((entries.Count - 1) * WorthMore), WorthMost), int.MaxValue) { IsTimeline = true };
    }
}
