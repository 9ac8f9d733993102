using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Pages;

/// <summary>When time alone changes what the pages have to say: evidence lapses although nothing happens.</summary>
internal static class EvidenceAge
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(30);

    /// <summary>How many monitors have no fresh reading.</summary>
    public static int Lapsed(Brief brief) => brief.World.Monitors.Values.Count(monitor => LapseOf(brief, monitor) < brief.Now);

    /// <summary>The next instant at which a reading will be too old unless a newer one comes; null where none can.</summary>
    public static DateTimeOffset? NextLapse(Brief brief)
    {
        DateTimeOffset? next = null;
        foreach (var monitor in brief.World.Monitors.Values)
        {
            if (LapseOf(brief, monitor) is { } lapse && lapse >= brief.Now && !(next <= lapse))
            {
                next = lapse;
            }
        }

        return next;
    }

    /// <summary>The newest reading of a monitor that anybody knows of; null where there never was one.</summary>
    public static DateTimeOffset? ReadAt(Brief brief, Monitor monitor) =>
        brief.LastReadings.TryGetValue(monitor.Id, out var newest) ? newest : monitor.Evidence?.LastReadingAt;

    /// <summary>After this the newest reading is no evidence any more; null where there never was one.</summary>
    public static DateTimeOffset? LapseOf(Brief brief, Monitor monitor)
    {
        var window = 3 * monitor.Definition.Every;
        return ReadAt(brief, monitor) + (window > ShortestWindow ? window : ShortestWindow);
    }
}
