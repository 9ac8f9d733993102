namespace Candor.Importing.Reading;

/// <summary>Puts what was said in order, oldest first. The given order is never trusted, but it decides between equals.</summary>
internal static class Chronicle
{
    public static List<T> OldestFirst<T>(IEnumerable<T> given, Func<T, DateTimeOffset?> timeOf)
    {
        var items = given.ToList();
        var times = items.Select(timeOf).OfType<DateTimeOffset>().ToList();
        if (times.Count > 1 ? times[0] > times[^1] : times.Count == 0)
        {
            items.Reverse(); // newest first is what most write
        }
        else if (times.Count > 1 && times.TrueForAll(t => t == times[0]))
        {
            items.Reverse();
        }

        var last = DateTimeOffset.MinValue;
        return [.. items.Select(item => (Item: item, At: last = timeOf(item) ?? last)).OrderBy(pair => pair.At).Select(pair => pair.Item)];
    }

    public static DateTimeOffset? Least(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? least = null;
        foreach (var time in times)
        {
            least = time is null || least < time ? least : time;
        }

        return least;
    }
}
