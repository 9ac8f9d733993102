using System.Text.Json;
using static Candor.SystemTests.Posting.Api;

namespace Candor.SystemTests.Posting;

/// <summary>Each answer that the API's document promises, as the real executable gives it.</summary>
public sealed class ApiDescriptionTests
{
    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        components:
          - name: Frontend
            components:
              - name: Homepage
          - name: Mail
        """;

    private static readonly Dictionary<string, string> Good = new()
    {
        ["IncidentBody"] = """{"title":"Trouble","body":"Looking.","components":[{"component":"Homepage","status":"major_outage"}],"next_update_in_seconds":1800}""",
        ["UpdateBody"] = """{"body":"More.","status":"identified"}""",
        ["ResolveBody"] = """{"body":"Over."}""",
        ["RenameBody"] = """{"title":"Other"}""",
        ["MaintenanceBody"] = $$"""{"title":"Disks","body":"New ones.","scheduled_for":"{{DateTimeOffset.UtcNow.AddDays(7):yyyy-MM-dd}}T22:00Z","scheduled_until":"{{DateTimeOffset.UtcNow.AddDays(8):yyyy-MM-dd}}T02:00Z","components":["Mail"]}""",
    };

    /// <summary>Understood, and not to be done.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["IncidentBody"] = """{"title":" ","body":" "}""",
        ["UpdateBody"] = """{"body":" "}""",
        ["ResolveBody"] = """{"components":[{"component":"Nowhere","status":"operational"}]}""",
        ["RenameBody"] = """{"title":" "}""",
        ["MaintenanceBody"] = """{"title":"Disks","body":"New ones."}""",
    };

    private static readonly string[] Elsewhere = ["/api/subscribers", "/api/notices", "/api/imports"];

    private readonly HashSet<string> seen = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_that_the_document_promises_is_given_as_it_is_described()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var tokens = await TokensAsync(candor, "read", "post", "admin");
        var document = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs/openapi.json"), Ct));
        Assert.True(JsonElement.DeepEquals(document, JsonElement.Parse(await candor.AdminTextAsync("/openapi.json", Ct))));
        var shape = new JsonShape(document);
        var promised = new HashSet<string>();

        // What subscribers, notices and imports answer is asked in their own tests.
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(static path => !Elsewhere.Any(path.Name.StartsWith)))
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name.ToUpperInvariant()} {path.Name}";
                promised.UnionWith(operation.Value.GetProperty("responses").EnumerateObject()
                    .Where(static one => one.Name != "default").Select(one => $"{name}: {one.Name}"));
                await AskAsync(candor, tokens, shape, name, operation.Value);
            }
        }

        var differences = string.Join('\n', promised.Except(seen).Order(StringComparer.Ordinal).Select(static one => "never given: " + one)
            .Concat(seen.Except(promised).Order(StringComparer.Ordinal).Select(static one => "never promised: " + one)));
        Assert.True(differences.Length == 0, differences);
    }

    private async Task AskAsync(CandorProcess candor, IReadOnlyList<string> tokens, JsonShape shape, string name, JsonElement operation)
    {
        var (method, path) = (HttpMethod.Parse(name.Split(' ')[0]), name.Split(' ')[1]);
        var able = tokens[2];
        var target = path.Contains("{id}", StringComparison.Ordinal) ? path.Replace("{id}", await MadeAsync(candor, able, path), StringComparison.Ordinal) : path;
        var kind = operation.TryGetProperty("requestBody", out var sent)
            ? sent.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1]
            : "";
        var body = Good.GetValueOrDefault(kind);
        Task Hold(string? token, string? content, string to, string? match = null, string type = "application/json") =>
            HoldAsync(candor, shape, name, operation, () => SendAsync(candor, token, method, to, content, match: match, type: type));

        if (operation.GetProperty("security").GetArrayLength() > 0)
        {
            await Hold(null, body, target);
        }

        if (target != path)
        {
            await Hold(able, body, path.Replace("{id}", "nothere00000", StringComparison.Ordinal));
        }

        if (body is not null)
        {
            await Hold(tokens[0], body, target);
            await Hold(able, body, target, type: "text/plain");
            await Hold(able, body[..^1], target);
            await Hold(able, Wrong[kind], target);
            await Hold(able, $$"""{"title":"{{new string('x', 300_000)}}"}""", target);
            if (operation.ToString().Contains("IfMatch", StringComparison.Ordinal))
            {
                await Hold(able, body, target, match: "\"99\"");
            }
        }

        await Hold(able, body, target);
    }

    private async Task HoldAsync(CandorProcess candor, JsonShape shape, string name, JsonElement operation, Func<Task<HttpResponseMessage>> ask)
    {
        using var said = await ask();
        var status = ((int)said.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = await said.Content.ReadAsStringAsync(Ct);
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var described), $"{name}: {status} is not described: {text}\n{candor.Log}");
        seen.Add($"{name}: {status}");
        var content = Assert.Single(shape.Resolve(described).GetProperty("content").EnumerateObject());
        Assert.Equal(content.Name, said.Content.Headers.ContentType?.MediaType);
        if (content.Name.EndsWith("json", StringComparison.Ordinal))
        {
            Assert.Empty(shape.Faults(JsonElement.Parse(text), content.Value.GetProperty("schema")));
        }

        if (shape.Resolve(described).TryGetProperty("headers", out var headers))
        {
            Assert.All(headers.EnumerateObject().Where(static one => one.Name != "Idempotent-Replayed"), header =>
                Assert.Empty(shape.Faults(
                    JsonSerializer.SerializeToElement(Assert.Single(said.Headers.GetValues(header.Name))), shape.Resolve(header.Value).GetProperty("schema"))));
        }
    }

    /// <summary>The id of something new that the operation can be about.</summary>
    private static async Task<string> MadeAsync(CandorProcess candor, string token, string path)
    {
        var (where, what) = path.StartsWith("/api/incidents", StringComparison.Ordinal) ? ("/api/incidents", "IncidentBody") : ("/api/maintenances", "MaintenanceBody");
        using var made = await SendAsync(candor, token, HttpMethod.Post, where, Good[what]);
        return made.Headers.Location!.ToString().Split('/')[^1];
    }
}
