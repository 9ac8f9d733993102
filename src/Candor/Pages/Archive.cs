using System.Collections.Immutable;

namespace Candor.Pages;

/// <summary>
/// Pages of what is over. There may be tens of thousands, so each is rendered once, kept in one encoding, and rendered
/// again only when what it shows changes. Belongs to one loop; the dictionary that it hands out is immutable.
/// </summary>
internal sealed class Archive
{
    private readonly Dictionary<string, object> keys = new(StringComparer.Ordinal);
    private readonly Queue<PagePlan> waiting = new();
    private object? plannedFor;

    public ImmutableDictionary<string, PageBytes> Pages { get; private set; } =
        ImmutableDictionary<string, PageBytes>.Empty.WithComparers(StringComparer.Ordinal);

    public bool HasWork => waiting.Count > 0;

    /// <summary>Every page that was planned is there, if only in yesterday's version.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes everything down: it was made for other eyes.</summary>
    public void Clear()
    {
        keys.Clear();
        waiting.Clear();
        plannedFor = null;
        Pages = Pages.Clear();
        IsComplete = false;
    }

    /// <summary>Works out what is missing. Nothing is enumerated while all that pages of the past show is the same.</summary>
    public void Plan(IEnumerable<PagePlan> plans, Brief brief)
    {
        var basis = (
            brief.World.Incidents, brief.World.Maintenances, brief.World.Postmortems, brief.World.Page, Catalogue.Names(brief.World),
            brief.Now.UtcTicks / TimeSpan.TicksPerHour);
        if (basis.Equals(plannedFor))
        {
            return;
        }

        plannedFor = basis;
        waiting.Clear();
        var planned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            planned.Add(plan.Path);
            if (!keys.TryGetValue(plan.Path, out var key) || !key.Equals(plan.Key))
            {
                waiting.Enqueue(plan);
            }
        }

        IsComplete |= waiting.Count == 0;
        foreach (var gone in keys.Keys.Where(path => !planned.Contains(path)).ToList())
        {
            keys.Remove(gone);
            Pages = Pages.Remove(gone);
        }
    }

    /// <summary>Renders the next few. One that cannot be rendered is left out and its fault returned.</summary>
    public async Task<IReadOnlyList<PageFault>> RenderSomeAsync(Brief brief, int count, CancellationToken cancellation)
    {
        var faults = new List<PageFault>();
        var pages = Pages.ToBuilder();
        for (; count > 0 && waiting.TryDequeue(out var plan); count--)
        {
            try
            {
                if (await plan.Render(brief, cancellation) is { } rendition)
                {
                    pages[plan.Path] = PageBytes.Archived(rendition);
                    keys[plan.Path] = plan.Key;
                }
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                faults.Add(new(plan.Path, brief.Now, fault));
            }
        }

        Pages = pages.ToImmutable();
        IsComplete |= waiting.Count == 0;
        return faults;
    }
}
