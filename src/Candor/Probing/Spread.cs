using Candor.State;

namespace Candor.Probing;

/// <summary>Where in its interval a check has its place: the same at every start, and even over many checks. Pure.</summary>
internal static class Spread
{
    /// <summary>A number in [0, interval) that depends on nothing but the ids.</summary>
    public static long Offset(MonitorId monitor, VantageId vantage, long interval)
    {
        var hash = 14_695_981_039_346_656_037UL; // FNV-1a
        foreach (var c in monitor.Value)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ '@') * 1_099_511_628_211UL;
        foreach (var c in vantage.Value)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        // FNV's low bits alone are not even enough for names that differ in their last letter.
        hash ^= hash >> 33;
        hash *= 0xFF51_AFD7_ED55_8CCDUL;
        hash ^= hash >> 33;
        return (long)(hash % (ulong)interval);
    }

    /// <summary>The first tick after <paramref name="now"/> on a grid of the interval, shifted by the offset.</summary>
    public static long Next(long now, long interval, long offset)
    {
        var since = (now - offset) % interval;
        since += since < 0 ? interval : 0;
        return now + interval - since;
    }
}
