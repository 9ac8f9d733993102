using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>Where each kind of page keeps what an import reads, relative to its address.</summary>
internal static class FetchPlan
{
    private const int NextPagesMax = 200;

    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        ["incidentio"] = ["", "/api/v2/summary.json", "/api/v2/incidents.json"],
        ["instatus"] = ["", "/summary.json", "/v2/components.json"],
        ["betterstack"] = ["/index.json"],
        ["cachet"] = ["/api/v1/components", "/api/v1/components/groups", "/api/v1/incidents", "/api/v1/schedules"],
        ["gatus"] = ["/api/v1/endpoints/statuses?page=1&pageSize=100"],
        ["cstate"] = ["/index.json", "/issues/index.json"],
    };

    /// <summary>Whether the address names one answer rather than a page: then it alone is fetched.</summary>
    public static bool IsOneAnswer(Uri address, string source) =>
        !(Lists.ContainsKey(source) || source == "statuspage") || address.AbsolutePath.Length > 1 || address.Query.Length > 0;

    public static async Task<List<SourceFile>> FetchAsync(WebPages pages, Uri page, string source, CancellationToken cancellation)
    {
        var files = new List<SourceFile>();
        foreach (var path in Lists[source])
        {
            var next = new Uri(page, path.Length == 0 ? "/" : path);
            for (var n = 0; n < NextPagesMax && await pages.FetchAsync(next, cancellation) is { } answer; n++)
            {
                files.Add(answer);
                var link = answer.IsMarkup ? null : answer.Json["meta"]["pagination"]["links"]["next_page"].Text ?? answer.Json["links"]["next"].Text;
                if (link is null || !Uri.TryCreate(page, link, out var more) || more.Host != page.Host || more == next)
                {
                    break;
                }

                next = more;
            }
        }

        return files.Count > 0 ? files
            : throw new CommandFault($"{page.Host} has none of the addresses of this kind of page.", "Save the page in a browser and import the file.");
    }
}
