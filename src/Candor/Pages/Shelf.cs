namespace Candor.Pages;

/// <summary>A page on the shelf: its bytes, what they were rendered from and when.</summary>
internal sealed record ShelvedPage(PagePlan Plan, DateTimeOffset RenderedAt, PageBytes Bytes)
{
    /// <summary>What is served when nobody can vouch for <see cref="Bytes"/>; may be a version older than they are.</summary>
    public PageBytes? LastKnown { get; init; }

    public DateTimeOffset? PreparedFor { get; init; }
}

/// <summary>A page that could not be rendered, and since when. Its last good bytes stay up meanwhile.</summary>
internal sealed record PageFault(string Path, DateTimeOffset Since, Exception Cause);

/// <summary>What a round of rendering came to.</summary>
/// <param name="News">Paths whose bytes changed because something happened, not only because time went by.</param>
internal sealed record Renewal(IReadOnlyList<string> News, int Rendered);

/// <summary>
/// The rendered pages between two editions. Renders only what is due: another key, or older than its plan allows.
/// Belongs to one loop; not for use from several threads.
/// </summary>
internal sealed class Shelf
{
    /// <summary>For so long the last good bytes stand in for a page that cannot be rendered, if it speaks of now.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, ShelvedPage> pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PageFault> faults = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ShelvedPage> Pages => pages;

    public IReadOnlyCollection<PageFault> Faults => faults.Values;

    /// <summary>Readers wait for this plan's page: what it is about is not what it was.</summary>
    public bool IsUrgent(PagePlan plan) =>
        plan.Urgent && (plan.Subject is null || !plan.Subject.Equals(pages.GetValueOrDefault(plan.Path)?.Plan.Subject));

    /// <summary>Those first that have waited for the longest, and of these the ones that are urgent at times.</summary>
    public IEnumerable<PagePlan> OldestFirst(IEnumerable<PagePlan> plans) => plans
        .OrderBy(plan => pages.GetValueOrDefault(plan.Path)?.RenderedAt ?? DateTimeOffset.MinValue)
        .ThenByDescending(plan => plan.Urgent);

    /// <summary>Renders what is due among the plans, as long as it is wanted: what is left out stays due.</summary>
    public async Task<Renewal> RenewAsync(
        IEnumerable<PagePlan> plans, Brief brief, Func<PagePlan, bool> wanted, CancellationToken cancellation)
    {
        var news = new List<string>();
        var rendered = 0;
        foreach (var plan in plans)
        {
            var before = pages.GetValueOrDefault(plan.Path);
            var same = before is not null && before.Plan.Key.Equals(plan.Key);

            // Rendered later than now: the clock was put back, and nothing is known of its age.
            var isYoung = same && brief.Now >= before!.RenderedAt && brief.Now - before.RenderedAt < plan.MaxAge;
            if (isYoung && !faults.ContainsKey(plan.Path))
            {
                continue;
            }

            if (!wanted(plan))
            {
                break;
            }

            rendered++;
            if (await RenderAsync(plan, brief, before, cancellation) is { } bytes)
            {
                pages[plan.Path] = new(plan, brief.Now, bytes) { LastKnown = before?.LastKnown };
                if (!same && bytes != before?.Bytes)
                {
                    news.Add(plan.Path);
                }
            }
        }

        return new(news, rendered);
    }

    /// <summary>
    /// Renders, for pages that speak of now, what is served when nobody can vouch for them any more: first those whose version
    /// is the oldest.
    /// </summary>
    public async Task PrepareLastKnownAsync(Brief unvouched, Func<PagePlan, bool> wanted, CancellationToken cancellation)
    {
        var due = pages.Values.Where(page => page.Plan.SpeaksOfNow && page.RenderedAt != page.PreparedFor);
        foreach (var page in due.OrderBy(page => page.PreparedFor).ToList())
        {
            if (wanted(page.Plan) && await RenderAsync(page.Plan, unvouched, null, cancellation) is { } bytes)
            {
                pages[page.Plan.Path] = page with { LastKnown = bytes, PreparedFor = page.RenderedAt };
            }
        }
    }

    /// <summary>The bytes to serve for a page now: its own, unless they are too old to be believed.</summary>
    public static PageBytes Servable(ShelvedPage page, DateTimeOffset now) =>
        page.Plan.SpeaksOfNow && page.LastKnown is { } lastKnown && now - page.RenderedAt > GoodFor + page.Plan.MaxAge
            ? lastKnown
            : page.Bytes;

    private async Task<PageBytes?> RenderAsync(
        PagePlan plan, Brief brief, ShelvedPage? before, CancellationToken cancellation)
    {
        try
        {
            var rendition = await plan.Render(brief, cancellation)
                ?? throw new InvalidOperationException($"{plan.Path} was planned, but its renderer knows no such page.");
            faults.Remove(plan.Path);
            return PageBytes.From(rendition, before?.Bytes);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One page that cannot be rendered must not take the others down; the publisher says it loudly.
            faults[plan.Path] = new(plan.Path, faults.GetValueOrDefault(plan.Path)?.Since ?? brief.Now, fault);
            return null;
        }
    }

    /// <summary>Takes everything down: it was made for other eyes.</summary>
    public void Clear()
    {
        pages.Clear();
        faults.Clear();
    }

    /// <summary>Takes pages down that have no plan any more, and says which.</summary>
    public IReadOnlyList<string> ForgetAllBut(IReadOnlyCollection<PagePlan> plans)
    {
        if (plans.Count == pages.Count)
        {
            return [];
        }

        var planned = plans.Select(plan => plan.Path).ToHashSet(StringComparer.Ordinal);
        var gone = pages.Keys.Where(path => !planned.Contains(path)).ToList();
        foreach (var path in gone)
        {
            pages.Remove(path);
            faults.Remove(path);
        }

        return gone;
    }
}
