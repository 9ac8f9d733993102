using System.Text.RegularExpressions;

namespace Candor.Bench;

/// <summary>What a first view costs a reader: the page and everything that it makes a browser fetch.</summary>
internal static partial class PageWeightBench
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var port = ServedCandor.FreePort();
        using var candor = Part.Start(["part", "pages", $"{port}"]);
        await candor.ReadyAsync(cancellation);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        var (page, wire) = await FetchAsync(http, "/", cancellation);
        var parts = PartsOf(page);
        var total = wire;
        foreach (var part in parts)
        {
            total += (await FetchAsync(http, part, cancellation)).Wire;
        }

        return
        [
            new("page.weight", total / 1000.0, "kB", 30, "first view, 50 components × 90 days, everything, Brotli, bodies only"),
            new("page.requests", 1 + parts.Count, "requests", 2, string.Join(", ", parts.Prepend("/"))),
        ];
    }

    /// <summary>The addresses of what a browser fetches for a page.</summary>
    public static IReadOnlyList<string> PartsOf(string page) =>
    [
        .. Fetched().Matches(page).Select(static m => m.Groups["url"].Value)
            .Where(static url => !url.StartsWith("data:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
    ];

    private static async Task<(string Text, int Wire)> FetchAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        // A page that was just started is rendered within the second.
        for (var attempt = 0; ; attempt++)
        {
            using var packed = await GetAsync(http, path, "br", cancellation);
            if (packed.IsSuccessStatusCode || attempt >= 100)
            {
                using var plain = await GetAsync(http, path, "identity", cancellation);
                return (
                    await plain.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation),
                    (await packed.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation)).Length);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    private static Task<HttpResponseMessage> GetAsync(
        HttpClient http, string path, string encoding, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", encoding } } };
        return http.SendAsync(request, cancellation);
    }

    // What a browser fetches by itself: styles, icons, scripts, pictures. Feeds and canonical links are only named.
    [GeneratedRegex(
        """<link[^>]*rel="?(stylesheet|icon|preload|manifest)"?[^>]*href="?(?<url>[^"\s>]+)|<link[^>]*href="?(?<url>[^"\s>]+)"?[^>]*rel="?(stylesheet|icon|preload|manifest)|<(script|img|iframe)[^>]*\ssrc="?(?<url>[^"\s>]+)""",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fetched();
}
