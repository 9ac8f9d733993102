using System.Runtime.CompilerServices;
using System.Text;

namespace Candor.Pages.Copies;

/// <summary>The whole page as files: HTML, JSON, feeds, badges and assets, as it was at one instant, and saying so.</summary>
internal static class StaticCopy
{
    private const string Missing = "/404";

    /// <summary>Where a path lies: folders with an index, so that any web host finds it under its own address.</summary>
    public static string FileOf(string path) => path switch
    {
        "/" => "index.html",
        Missing => "404.html",
        _ when path[(path.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal) => path[1..],
        _ => path[1..] + "/index.html",
    };

    /// <param name="files">Addresses of what lies beside the pages and is copied by whoever asks.</param>
    /// <param name="brief">Of the past: nobody vouches for a copy, so it says of what moment it is.</param>
    public static async IAsyncEnumerable<StaticFile> OfAsync(
        Brief brief, IEnumerable<PagePlan> planned, IEnumerable<string> files, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var plans = planned.DistinctBy(plan => plan.Path).ToList();
        var links = new StaticLinks(plans.Select(plan => plan.Path).Concat(files).ToHashSet(StringComparer.Ordinal), brief.World.Page.Url);
        foreach (var plan in plans)
        {
            var rendition = await plan.Render(brief, cancellation)
                ?? throw new InvalidOperationException($"{plan.Path} was planned, but its renderer knows no such page.");
            var file = FileOf(plan.Path);

            // A host serves the page for what is missing under any address, so nothing in it can be relative.
            var isPage = rendition.ContentType.StartsWith("text/html", StringComparison.Ordinal) && plan.Path != Missing;
            yield return new(file, isPage ? Encoding.UTF8.GetBytes(links.Rewrite(Encoding.UTF8.GetString(rendition.Content), file)) : rendition.Content);
        }
    }
}
