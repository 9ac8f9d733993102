using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>
/// Asks axe what is wrong with a page, in the page itself: axe's own package for Playwright opens a window for every
/// answer, which takes seconds, because of pages with frames. Ours have none.
/// </summary>
internal static class Axe
{
    private const string Run = """
        async only => {
            const options = only ? { runOnly: { type: "rule", values: [only] } } : {};
            const { violations } = await axe.run(document, options);
            return violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).join(" | ")}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What axe found, a line each.</summary>
    /// <param name="only">The one rule to ask about, or null for all.</param>
    public static async Task<string[]> FaultsAsync(IPage page, string? only = null)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(Run, only);
    }
}
