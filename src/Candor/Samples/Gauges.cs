namespace Candor.Samples;

/// <summary>What one series measured besides time: the newest value of each name, and how it moved this hour.</summary>
internal sealed class Gauges
{
    /// <summary>A plugin may print any number of values; the rest are left out.</summary>
    public const int NamesMax = 32;

    // Most probes measure nothing else, and there are thousands of them.
    private Dictionary<string, Gauge>? byName;

    public IEnumerable<Gauge> All => byName?.Values ?? Enumerable.Empty<Gauge>();

    /// <summary>The gauge of a name, made when it is new; null where there are too many.</summary>
    public Gauge? Named(string name)
    {
        byName ??= new(StringComparer.Ordinal);
        if (!byName.TryGetValue(name, out var gauge) && byName.Count < NamesMax)
        {
            byName[name] = gauge = new(name);
        }

        return gauge;
    }
}
