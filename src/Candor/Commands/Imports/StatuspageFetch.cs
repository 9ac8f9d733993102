using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>
/// All of a Statuspage: its public lists and, past the newest fifty incidents, its history page by page; or with a key the
/// lists of management v1, which have everything.
/// </summary>
internal static class StatuspageFetch
{
    private const int HistoryPagesMax = 80; // three months a page, so twenty years
    private const int ListPagesMax = 200;
    private const int PerPage = 100;

    public static async Task<List<SourceFile>> PublicAsync(WebPages pages, Uri page, CancellationToken cancellation)
    {
        var files = new List<SourceFile>();
        foreach (var name in (string[])["summary", "components", "incidents", "scheduled-maintenances"])
        {
            files.AddRange(new[] { await pages.FetchAsync(new Uri(page, $"/api/v2/{name}.json"), cancellation) }.OfType<SourceFile>());
        }

        if (files.Count == 0)
        {
            throw new CommandFault($"{page.Host} has no api/v2: it is not a Statuspage.", "Name another source, such as feed, or save the page and import the file.");
        }

        await HistoryAsync(pages, page, files, cancellation);
        return files;
    }

    /// <param name="api">The address of management v1: <c>https://api.statuspage.io/v1/</c>.</param>
    public static async Task<List<SourceFile>> ManagedAsync(WebPages pages, Uri api, string pageId, CancellationToken cancellation)
    {
        var files = new List<SourceFile>();
        var at = new Uri(api, $"pages/{Uri.EscapeDataString(pageId)}/");
        files.Add(await pages.FetchAsync(new Uri(api, $"pages/{Uri.EscapeDataString(pageId)}"), cancellation)
            ?? throw new CommandFault($"There is no page {pageId} for this key.", "The page's id stands in its address in the management pages: 12 letters and digits."));
        await ListAsync(pages, new Uri(at, "components"), "per_page", files, cancellation);
        await ListAsync(pages, new Uri(at, "component-groups"), "per_page", files, cancellation);
        await ListAsync(pages, new Uri(at, "incidents"), "limit", files, cancellation);
        return files;
    }

    private static async Task ListAsync(WebPages pages, Uri list, string size, List<SourceFile> files, CancellationToken cancellation)
    {
        for (var n = 1; n <= ListPagesMax; n++)
        {
            var answer = await pages.FetchAsync(new Uri($"{list}?page={n}&{size}={PerPage}"), cancellation);
            var count = answer?.Json.Items.Count() ?? 0;
            if (answer is null || count == 0)
            {
                return;
            }

            files.Add(answer);
            if (count < PerPage)
            {
                return;
            }
        }
    }

    /// <summary>History lists incidents by code; those that the newest fifty lack are fetched one by one.</summary>
    private static async Task HistoryAsync(WebPages pages, Uri page, List<SourceFile> files, CancellationToken cancellation)
    {
        var known = files.SelectMany(f => f.Json["incidents"].Items.Concat(f.Json["scheduled_maintenances"].Items)).Select(i => i["id"].Text).ToHashSet();
        if (files.Max(f => Math.Max(f.Json["incidents"].Items.Count(), f.Json["scheduled_maintenances"].Items.Count())) < 50)
        {
            return; // everything there is fits into the lists
        }

        var empty = 0;
        for (var n = 1; n <= HistoryPagesMax && empty < 8; n++)
        {
            var answer = await pages.FetchAsync(new Uri(page, $"/history.json?page={n}"), cancellation);
            if (answer is null || !answer.Json["months"].IsList)
            {
                return;
            }

            var codes = answer.Json["months"].Items.SelectMany(m => m["incidents"].Items).Select(i => i["code"].Text).OfType<string>().ToList();
            empty = codes.Count == 0 ? empty + 1 : 0;
            foreach (var code in codes.Where(known.Add))
            {
                files.AddRange(new[] { await pages.FetchAsync(new Uri(page, $"/incidents/{Uri.EscapeDataString(code)}.json"), cancellation) }.OfType<SourceFile>());
            }
        }
    }
}
