using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;

namespace Candor.Drills.Simulation;

/// <summary>What readers are served is exactly what a world folded afresh from the journal renders to.</summary>
internal static class PageEqualsFold
{
    private const string Summary = "/api/v2/summary.json";

    /// <summary>
    /// Which pages are kept up to date during a run: all in one of 64, the summary in one of 4, none in the others,
    /// because rendering and compressing cost more than all the rest of a node.
    /// </summary>
    public static Func<Brief, IEnumerable<PagePlan>> Front(ulong seed)
    {
        var (whole, some) = (seed % 64 == 0, seed % 4 == 0);
        return brief => !some ? [] : Catalogue.FrontOf(brief)
            .Where(plan => whole || plan.Path == Summary)
            .Select(plan => Plain(plan.Path == Summary ? plan with { MaxAge = TimeSpan.Zero } : plan));
    }

    /// <summary>Its bytes are compared, never sent.</summary>
    private static PagePlan Plain(PagePlan plan) => plan with
    {
        Render = async (brief, cancellation) => await plan.Render(brief, cancellation) is { } page ? page with { Plain = true } : null,
    };

    public static IEnumerable<string> Check(Node.Node node, VirtualThread thread, World folded)
    {
        Publish(node, thread);
        var brief = new AudienceBriefs(node.Briefs, null).Current() with { Now = node.Publisher.Edition.RenderedAt };
        var shown = new AudienceView(null, folded).Of(folded);
        var served = node.Publisher.Edition.Front;
        foreach (var plan in Catalogue.FrontOf(brief).Where(plan => plan.Path == Summary || served.ContainsKey(plan.Path)))
        {
            var expected = Render(plan, brief with { World = shown, WhoIsTold = PublicFacts.WithTold(shown, folded) }, thread);
            if (!Render(plan, brief, thread).AsSpan().SequenceEqual(expected))
            {
                yield return $"{plan.Path} rendered from memory is not what the journal says.";
            }

            if (plan.Path == Summary && served.TryGetValue(plan.Path, out var page)
                && !page.Identity.Bytes.Span.SequenceEqual(expected))
            {
                yield return $"{plan.Path} as it is served is not what the journal says.";
            }
        }
    }

    /// <summary>A new edition, and no time between it and the comparison.</summary>
    private static void Publish(Node.Node node, VirtualThread thread)
    {
        var before = node.Publisher.Edition;
        node.Publisher.Nudge();
        for (var i = 0; i < 1_000 && ReferenceEquals(node.Publisher.Edition, before) && thread.NextDue is { } due; i++)
        {
            thread.RunUntil(due);
        }
    }

    private static byte[] Render(PagePlan plan, Brief brief, VirtualThread thread)
    {
        var rendering = plan.Render(brief, CancellationToken.None);
        thread.Settle();
        return rendering is { IsCompletedSuccessfully: true, Result: { } rendition } ? rendition.Content : [];
    }
}
