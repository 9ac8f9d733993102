namespace Candor.Pages;

/// <summary>What caches and browsers are told.</summary>
internal static class Caching
{
    /// <summary>
    /// Ten seconds take the herd off us. After that a cache asks again and shows the old bytes meanwhile. When we do not
    /// answer it may go on for five minutes, the time after which not knowing is public anyway: a cache cannot say that
    /// its copy is old, so it must not keep a green one for longer.
    /// </summary>
    public const string ShortLived = "public, max-age=10, stale-while-revalidate=30, stale-if-error=300";

    public const string Forever = "public, max-age=31536000, immutable";

    /// <summary>
    /// A page of the past does not change. A day and not a year, so that what the owner had to take out of the journal
    /// has left every cache within a day.
    /// </summary>
    public const string OfPast = "public, max-age=86400, immutable";

    public const string Never = "no-store";

    /// <summary>For one audience: nobody in between keeps it, nor does the browser.</summary>
    public const string Private = "private, no-store";

    /// <summary>For JSON, feeds and pictures: shown alone in a browser they may load nothing and run nothing.</summary>
    public const string NothingMayRun = "default-src 'none'; frame-ancestors *; sandbox";
}
