namespace Candor.Notices.Sending;

/// <summary>Exponential backoff with full jitter: whole crowds that failed together do not come back together.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <param name="tries">Tries so far, from 1.</param>
    /// <param name="chance">From 0 up to 1.</param>
    /// <param name="asked">What their side asked for; never less than that, and never more than is left of the horizon.</param>
    public static TimeSpan After(int tries, TimeSpan most, double chance, TimeSpan? asked)
    {
        var ceiling = TimeSpan.FromSeconds(Math.Min(most.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 30))));
        var jittered = ceiling * chance;
        return asked is { } wish && wish > jittered ? wish : jittered;
    }

    /// <summary>
    /// Where a server has too much of what is fresh: at first hardly longer than an answer takes, because its rate is cut and there
    /// may be room at once; then more, up to the first of the pauses above, because there is none.
    /// </summary>
    /// <param name="triedFor">Since the first try.</param>
    public static TimeSpan AfterOneTooMany(TimeSpan triedFor, double chance, TimeSpan? asked) =>
        After(tries: 1, triedFor, chance, asked);
}
