using System.Net;
using System.Text.Json;
using static Candor.SystemTests.Posting.Api;

namespace Candor.SystemTests.Posting;

/// <summary>People's word from a shell and over the API, by the real executable on both ends.</summary>
public sealed class PostTests
{
    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        components:
          - name: Frontend
            components:
              - name: Homepage
          - name: Mail
        """;

    // How soon readers have it is measured in bench/; a busy machine may take its time here.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_opened_updated_and_resolved_from_a_shell_and_readers_see_each()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = await TokenAsync(candor, "post");

        var opened = await PostAsync(candor, token, "incident", "--title", "Homepage is away", "--body", "We are looking.",
            "--component", "Frontend > Homepage=major_outage", "--next-update", "30m", "--json");
        Assert.Equal((0, ""), (opened.Exit, opened.Errors));
        var id = JsonElement.Parse(opened.Output).GetProperty("id").GetString()!;
        await SeenAsync(candor, "/", "Homepage is away");
        await candor.UntilAsync("/api/v2/components.json", json => json.GetProperty("components").EnumerateArray().Any(
            one => one.GetProperty("name").GetString() == "Homepage" && one.GetProperty("status").GetString() == "major_outage"), Soon, Ct);

        var updated = await PostAsync(candor, token, "update", "--body", "A disk is full.", "--status", "identified");
        Assert.Equal((0, ""), (updated.Exit, updated.Errors));
        Assert.StartsWith($"{id}  identified  Homepage is away  https://status.example.com/incidents/{id}", updated.Output, StringComparison.Ordinal);
        await SeenAsync(candor, $"/incidents/{id}", "A disk is full.");

        var resolved = await PostAsync(candor, token, "resolve", id, "--component", "Homepage=operational");
        Assert.Equal((0, ""), (resolved.Exit, resolved.Errors));
        await SeenAsync(candor, $"/incidents/{id}", "This incident has been resolved.");

        var again = await PostAsync(candor, token, "resolve", id);
        Assert.Equal(1, again.Exit);
        Assert.Contains("is resolved already", again.Errors, StringComparison.Ordinal);
        Assert.Contains("next:", again.Errors, StringComparison.Ordinal);

        var planned = await PostAsync(candor, token, "maintenance", "--title", "New disks", "--body", "Read-only for an hour.",
            "--from", "2036-11-20T22:00Z", "--until", "2036-11-20T23:00Z", "--component", "Mail");
        Assert.Equal(1, planned.Exit);
        Assert.Contains("three years", planned.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_is_done_once_also_after_the_server_was_killed()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = await TokenAsync(candor, "post");
        const string Trouble = """{"title":"Trouble","body":"Looking."}""";

        using var first = await SendAsync(candor, token, HttpMethod.Post, "/api/incidents", Trouble, key: "k-1");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);
        await DecidesAsync(candor, token);
        using var again = await SendAsync(candor, token, HttpMethod.Post, "/api/incidents", Trouble, key: "k-1");
        using var other = await SendAsync(candor, token, HttpMethod.Post, "/api/incidents", """{"title":"Other","body":"Looking."}""", key: "k-1");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("key_reused", await CodeAsync(other));
        using var list = await SendAsync(candor, token, HttpMethod.Get, "/api/incidents", null);
        Assert.Single(JsonElement.Parse(await list.Content.ReadAsByteArrayAsync(Ct)).GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task Whoever_saw_an_older_version_or_may_not_or_writes_nonsense_is_refused_and_nothing_changes()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var (post, read) = (await TokenAsync(candor, "post"), await TokenAsync(candor, "read"));
        using var opened = await SendAsync(candor, post, HttpMethod.Post, "/api/incidents", """{"title":"Trouble","body":"Looking."}""");
        var updates = opened.Headers.Location + "/updates";
        var seen = opened.Headers.ETag!.Tag;
        const string More = """{"body":"More."}""";
        using var newer = await SendAsync(candor, post, HttpMethod.Post, updates, More, match: seen);
        Assert.Equal(HttpStatusCode.Created, newer.StatusCode);

        foreach (var (token, body, match, status, code) in new[]
        {
            (post, More, seen, HttpStatusCode.PreconditionFailed, "version_changed"),
            (post, More, "\"x\"", HttpStatusCode.BadRequest, "bad_if_match"),
            (read, More, null, HttpStatusCode.Forbidden, "access.scope"),
            (post, """{"body":"More.","bodi":1}""", null, HttpStatusCode.BadRequest, "body.unreadable"),
            (post, """{"body":"a","body":"b"}""", null, HttpStatusCode.BadRequest, "body.unreadable"),
            (post, "[[[[[[[[[[[[", null, HttpStatusCode.BadRequest, "body.unreadable"),
            (post, """{"body":" "}""", null, HttpStatusCode.UnprocessableEntity, "empty"),
            (post, """{"body":"x","components":[null]}""", null, HttpStatusCode.UnprocessableEntity, "unknown_word"),
            (post, """{"body":"x","status":"fine"}""", null, HttpStatusCode.UnprocessableEntity, "unknown_word"),
            (post, $$"""{"body":"{{new string('x', 300_000)}}"}""", null, HttpStatusCode.RequestEntityTooLarge, "body.unreadable"),
        })
        {
            using var said = await SendAsync(candor, token, HttpMethod.Post, updates, body, match: match);
            Assert.Equal((status, code), (said.StatusCode, await CodeAsync(said)));
        }

        using var missing = await SendAsync(candor, post, HttpMethod.Post, "/api/incidents/nothere00000/updates", More);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var rename = await SendAsync(candor, post, HttpMethod.Patch, opened.Headers.Location!.ToString(), """{"title":"Other"}""");
        Assert.Equal(HttpStatusCode.Forbidden, rename.StatusCode);
        using var now = await SendAsync(candor, read, HttpMethod.Get, opened.Headers.Location!.ToString(), null);
        Assert.Equal(newer.Headers.ETag, now.Headers.ETag);
    }

    private static async Task SeenAsync(CandorProcess candor, string path, string words) => await Patience.UntilAsync(
        async () =>
        {
            using var page = await candor.Http.GetAsync(path, Ct);
            return (await page.Content.ReadAsStringAsync(Ct)).Contains(words, StringComparison.Ordinal);
        },
        Soon, () => $"{path} does not say “{words}”", Ct);

    private static async Task<string> TokenAsync(CandorProcess candor, string scope) => (await TokensAsync(candor, scope))[0];

    private static Task<(int Exit, string Output, string Errors)> PostAsync(CandorProcess candor, string token, params string[] arguments) =>
        RunAsync(token, ["post", .. arguments, "--server", candor.AdminAddress.ToString()]);
}
