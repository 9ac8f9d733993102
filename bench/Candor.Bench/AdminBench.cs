using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Access.Sqlite;
using Candor.Effects;

namespace Candor.Bench;

/// <summary>
/// What a page of operators weighs and how soon it is there: the room of an open incident on a page with 50 components,
/// with everything that it makes a browser fetch; and, where there is a browser, how soon a person can use it on a phone.
/// </summary>
internal static class AdminBench
{
    private const int Components = 50;
    private const int Loads = 200;
    private const int Words = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var (token, cookie) = await LetInAsync(Path.Combine(folder, "data"), cancellation);
            await using var candor = await ServedCandor.StartAsync(folder, Settings(), cancellation);
            using var http = new HttpClient { BaseAddress = candor.AdminAddress };
            var id = await OpenIncidentAsync(http, token, cancellation);
            http.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Plain}={cookie}");
            var (room, parts) = await WeighAsync(http, $"/incidents/{id}", cancellation);
            var (now, _) = await WeighAsync(http, "/now", cancellation);
            var times = new List<double>();
            for (var i = 0; i < Loads; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await WeighAsync(http, $"/incidents/{id}", cancellation);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            await SayMuchAsync(candor.AdminAddress, token, id, cancellation);
            var seen = await AdminBrowser.MeasureAsync(candor.AdminAddress, cookie, id, Words + 1, cancellation);
            return
            [
                new("admin.room.weight", room / 1000.0, "kB", null, $"an open incident, {Components} components, everything, as it goes over the wire"),
                new("admin.room.requests", 1 + parts, "requests", null, "the page and its scripts, which are kept for ever after the first time"),
                new("admin.now.weight", now / 1000.0, "kB", null, "what goes on, everything"),
                new("admin.room.p50", times[times.Count / 2], "ms", null, "from the request to the last byte of page and scripts, one after the other"),
                new("admin.room.p99", times[(int)(times.Count * 0.99)], "ms", null, "the same"),
                .. seen,
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An owner who is signed in and could do so again, and a token to post with.</summary>
    public static async Task<(string Token, string Cookie)> LetInAsync(string data, CancellationToken cancellation, TokenScope scope = TokenScope.Post)
    {
        Directory.CreateDirectory(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (chance, at) = (new SystemRandomness(), TimeProvider.System.GetUtcNow());
        var ada = new Person(new(chance.NextId()), "Ada", "ada@example.com", Role.Owner, at) { Passkeys = [new("bench", "Ada's phone", "", 0, at)] };
        var (cookie, begin) = Sessions.Begin(ada.Id, at, chance, "", "");
        var (token, made) = Tokens.Make("bench", scope, TimeSpan.FromDays(1), at, chance);
        await using var people = await SqlitePeopleStore.OpenAsync(Path.Combine(data, SqlitePeopleStore.FileName), cancellation);
        await people.WriteAsync([RosterChange.Put(ada), .. begin(Roster.Of([ada])).Events, .. made.Events], cancellation);
        return (token.Reveal(), cookie);
    }

    public static async Task<string> OpenIncidentAsync(HttpClient http, string token, CancellationToken cancellation)
    {
        // The journal is read a moment after the pages are up.
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/incidents")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
                Content = new StringContent(
                    """{"title":"Mail is slow","body":"We are looking.","components":[{"component":"Service 007","status":"partial_outage"}]}""", Encoding.UTF8, "application/json"),
            };
            using var opened = await http.SendAsync(request, cancellation);
            if (opened.IsSuccessStatusCode || attempt >= 100)
            {
                var body = await opened.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation);
                return JsonElement.Parse(body).GetProperty("id").GetString()!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    /// <summary>A timeline as long as that of a bad day.</summary>
    private static async Task SayMuchAsync(Uri admin, string token, string incident, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = admin, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        for (var i = 0; i < Words; i++)
        {
            using var word = new StringContent(
                JsonSerializer.Serialize(new { body = $"Word {i}: **half** of all mails wait for longer than usual. We look for the cause and say more soon." }),
                Encoding.UTF8, "application/json");
            using var said = await http.PostAsync($"/api/incidents/{incident}/updates", word, cancellation);
            said.EnsureSuccessStatusCode();
        }
    }

    private static async Task<(int Bytes, int Parts)> WeighAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        var page = await FetchAsync(http, path, cancellation);
        var parts = PageWeightBench.PartsOf(Encoding.UTF8.GetString(page));
        var total = page.Length;
        foreach (var part in parts)
        {
            total += (await FetchAsync(http, part, cancellation)).Length;
        }

        return (total, parts.Count);
    }

    private static async Task<byte[]> FetchAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(path, cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation);
    }

    public static string Settings() => "page: { name: Bench }\ncomponents:\n"
        + string.Concat(Enumerable.Range(0, Components).Select(static i => $"  - {{ name: Service {i:000} }}\n"));
}
