namespace Candor.Pages;

/// <summary>Renders one page from a brief; null where the brief has no such page, which is a fault of the plan.</summary>
internal delegate Task<Rendition?> RenderPage(Brief brief, CancellationToken cancellation);

/// <summary>One page to be had: where it is, when it has to be rendered again, and how.</summary>
/// <param name="Key">All that its bytes depend on, apart from the time; an equal key means equal bytes.</param>
/// <param name="MaxAge">After this it is rendered again though the key is the same, because it names ages.</param>
internal sealed record PagePlan(string Path, object Key, TimeSpan MaxAge, RenderPage Render)
{
    /// <summary>It says how things are now, so it needs a version for the time when nobody can vouch for that.</summary>
    public bool SpeaksOfNow { get; init; }

    /// <summary>Readers wait for it: it is up before the pages that are not are rendered.</summary>
    public bool Urgent { get; init; }

    /// <summary>What it is about, where that is less than its key: readers wait only when this has changed.</summary>
    public object? Subject { get; init; }

    /// <summary>Kept on disk, so that it can be served at once after a start.</summary>
    public bool Saved { get; init; }
}
