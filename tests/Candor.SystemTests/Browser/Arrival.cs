using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>
/// Waits until a page is there, by asking the page. Playwright's own waiting looks whether a page is loaded and listens for that
/// afterwards: what happens in between it waits for in vain.
/// </summary>
internal static class Arrival
{
    private const string Where = "() => document.readyState === 'complete' ? location.pathname + location.search : ''";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>Everything of the page has been loaded and its scripts have run.</summary>
    /// <param name="path">With its query where it has one; a star at its end stands for anything.</param>
    public static async Task ArriveAtAsync(this IPage page, string path)
    {
        var seen = "";
        await Patience.UntilAsync(
            async () =>
            {
                seen = await WhereAsync(page);
                return path.EndsWith('*') ? seen.StartsWith(path[..^1], StringComparison.Ordinal) : seen == path;
            },
            Within, () => $"waited for {path}, was at {page.Url}, {(seen.Length > 0 ? "which is loaded" : "which is not loaded")}",
            TestContext.Current.CancellationToken);
    }

    /// <summary>Nothing while it is being loaded, and in the moment in which the next page takes its place.</summary>
    private static async Task<string> WhereAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>(Where);
        }
        catch (PlaywrightException e) when (e.Message.Contains("Execution context was destroyed", StringComparison.Ordinal))
        {
            return "";
        }
    }
}
