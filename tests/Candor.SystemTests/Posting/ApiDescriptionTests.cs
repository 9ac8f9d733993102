using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Candor.SystemTests.Notices;
using static Candor.SystemTests.Posting.Api;

namespace Candor.SystemTests.Posting;

/// <summary>Each answer that the API's document promises, as the real executable gives it.</summary>
public sealed partial class ApiDescriptionTests : IDisposable
{
    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        components:
          - name: Frontend
            components:
              - name: Homepage
          - name: Mail
        """;

    private const string NoSuchId = "nothere00000";
    private const string Import = "heroncopier0";

    /// <summary>Understood, and not to be done.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["IncidentBody"] = """{"title":" ","body":" "}""",
        ["UpdateBody"] = """{"body":" "}""",
        ["ResolveBody"] = """{"components":[{"component":"Nowhere","status":"operational"}]}""",
        ["RenameBody"] = """{"title":" "}""",
        ["MaintenanceBody"] = """{"title":"Disks","body":"New ones."}""",
        ["SubscriberBody"] = """{"channel":"pigeon","address":"Ada"}""",
        ["SubscriberBatch"] = $$"""{"subscribers":[{{string.Join(',', Enumerable.Repeat("""{"channel":"webhook","address":"x"}""", 5_001))}}]}""",
        ["ListOrder"] = """{"list":"channel,address\npigeon,Ada\n"}""",
        ["TestBody"] = """{"channel":"pigeon","address":"Ada"}""",
        ["ImportRequest"] = """{"import":"heroncopier0","source":"No Word","page":null}""",
        ["PlaceBody"] = """{"name":"local"}""",
        ["UploadBody"] = """{"name":"drawing.svg","bytes":9}""",
    };

    /// <summary>What only a repeat is answered: it is known already, or too often.</summary>
    private static readonly string[] OfRepeats = ["200", "429"];

    /// <summary>What takes more than the others.</summary>
    private static readonly Dictionary<string, int> Large = new()
    {
        ["SubscriberBatch"] = 5_000_000, ["ListOrder"] = 34_000_000, ["ImportRequest"] = 34_000_000,
    };

    private readonly HookSink sink = new() { Answer = Redirect };

    /// <summary>Waits for the answer before it sends what would be too large: nobody takes it off the wire.</summary>
    private readonly HttpClient patient = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) })
    {
        DefaultRequestHeaders = { ExpectContinue = true },
    };

    private readonly Dictionary<string, string> good;
    private readonly HashSet<string> seen = [];

    public ApiDescriptionTests() => good = new()
    {
        ["IncidentBody"] = """{"title":"Trouble","body":"Looking.","components":[{"component":"Homepage","status":"major_outage"}],"next_update_in_seconds":1800}""",
        ["UpdateBody"] = """{"body":"More.","status":"identified"}""",
        ["ResolveBody"] = """{"body":"Over."}""",
        ["RenameBody"] = """{"title":"Other"}""",
        ["UploadBody"] = """{"name":"app.log","bytes":9}""",
        ["MaintenanceBody"] = $$"""{"title":"Disks","body":"New ones.","scheduled_for":"{{DateTimeOffset.UtcNow.AddDays(7):yyyy-MM-dd}}T22:00Z","scheduled_until":"{{DateTimeOffset.UtcNow.AddDays(8):yyyy-MM-dd}}T02:00Z","components":["Mail"]}""",
        ["SubscriberBody"] = Webhook("one"),
        ["SubscriberBatch"] = $$"""{"subscribers":[{{Webhook("two")}},{"channel":"pigeon","address":"Ada"}]}""",
        ["ListOrder"] = $$"""{"list":"channel,address\nwebhook,{{sink.Url("three")}}\n"}""",
        ["TestBody"] = Webhook("test"),
        ["ImportRequest"] = $$"""{"import":"{{Import}}","source":"statuspage","page":"Egret","incidents":[{"key":"1","title":"Slow","started_at":"2026-01-02T03:04:05Z","resolved_at":"2026-01-02T04:04:05Z","status":"resolved","updates":[{"at":"2026-01-02T03:04:05Z","status":"investigating","body":"Looking."}],"affected":[["Mail"]]}]}""",
        ["WithdrawBody"] = "{}",
        ["PlaceBody"] = """{"name":"eu","monitors":["web"]}""",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        sink.Dispose();
        patient.Dispose();
    }

    [Fact]
    public async Task Every_answer_that_the_document_promises_is_given_as_it_is_described()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var tokens = await TokensAsync(candor, "read", "post", "admin");
        var document = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs/openapi.json"), Ct));
        Assert.True(JsonElement.DeepEquals(document, JsonElement.Parse(await candor.AdminTextAsync("/openapi.json", Ct))));
        var shape = new JsonShape(document);
        var promised = new HashSet<string>();
        await MadeAsync(candor, tokens[2], "/api/subscribers/{id}");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
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
        var target = path.Contains('{', StringComparison.Ordinal) ? await MadeAsync(candor, able, path) : path;
        if (name == "PATCH /api/uploads/{id}")
        {
            await AskChunksAsync(candor, tokens, shape, name, operation, target);
            return;
        }

        var kind = operation.TryGetProperty("requestBody", out var sent)
            ? sent.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1]
            : "";
        var body = good.GetValueOrDefault(kind);
        Task Hold(string? token, string? content, string to, string? match = null, string type = "application/json", string? key = null, HttpClient? by = null) =>
            HoldAsync(candor, shape, name, operation, () => SendAsync(candor, token, method, to, content, key, match, type, by));

        if (operation.GetProperty("security") is var security && security.GetArrayLength() > 0)
        {
            await Hold(null, body, target);
            if (security[0].GetProperty("token")[0].GetString() != "read")
            {
                await Hold(tokens[0], body, target);
            }
        }

        if (target != path)
        {
            await Hold(able, body, Places().Replace(path, NoSuchId));
        }

        if (body is null && operation.GetProperty("responses").TryGetProperty("400", out _))
        {
            await Hold(able, null, target + "?nothing=1");
        }

        if (body is not null)
        {
            await Hold(able, body, target, type: "text/plain");
            await Hold(able, body[..^1], target);
            await Hold(able, $$"""{"title":"{{new string('x', Large.GetValueOrDefault(kind, 300_000))}}"}""", target, by: patient);
            if (Wrong.TryGetValue(kind, out var wrong))
            {
                await Hold(able, wrong, target);
            }
            else
            {
                // The body cannot be wrong, but its key stands for something else.
                await Hold(able, body, target, key: "taken");
                await Hold(able, body, Places().Replace(path, NoSuchId), key: "taken");
            }

            if (operation.ToString().Contains("IfMatch", StringComparison.Ordinal))
            {
                await Hold(able, body, target, match: "\"99\"");
            }
        }

        await Hold(able, body, target);
        foreach (var status in OfRepeats.Where(status => operation.GetProperty("responses").TryGetProperty(status, out _)))
        {
            for (var i = 0; i < 6 && !seen.Contains($"{name}: {status}"); i++)
            {
                await Hold(able, body, target);
            }
        }
    }

    private async Task AskChunksAsync(
        CandorProcess candor, IReadOnlyList<string> tokens, JsonShape shape, string name, JsonElement operation, string target)
    {
        Task Hold(string? token, string path, string? offset, byte[] chunk) => HoldAsync(candor, shape, name, operation, async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(candor.AdminAddress, path)) { Content = new ByteArrayContent(chunk) };
            request.Headers.Authorization = token is null ? null : new("Bearer", token);
            request.Headers.Add("Upload-Offset", offset);
            return await patient.SendAsync(request, Ct);
        });

        await Hold(null, target, "0", [65]);
        await Hold(tokens[0], target, "0", [65]);
        await Hold(tokens[1], target, "0", [65]);
        await Hold(tokens[2], target, null, [65]);
        await Hold(tokens[2], target, "7", [65]);
        await Hold(tokens[2], target, "0", new byte[600_000]);
        await Hold(tokens[2], target, "0", new byte[10]);
        await Hold(tokens[2], target, "0", [65]);
    }

    private async Task HoldAsync(CandorProcess candor, JsonShape shape, string name, JsonElement operation, Func<Task<HttpResponseMessage>> ask)
    {
        using var said = await ask();
        var status = ((int)said.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = await said.Content.ReadAsStringAsync(Ct);
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var described), $"{name}: {status} is not described: {text}\n{candor.Log}");
        seen.Add($"{name}: {status}");
        if (!shape.Resolve(described).TryGetProperty("content", out var contents))
        {
            Assert.Empty(text);
            return;
        }

        var content = Assert.Single(contents.EnumerateObject());
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

    /// <summary>The path of something new that the operation can be about.</summary>
    private async Task<string> MadeAsync(CandorProcess candor, string token, string path)
    {
        switch (path)
        {
            case "/api/uploads/{id}":
                using (var begun = await SendAsync(candor, token, HttpMethod.Post, "/api/uploads", good["UploadBody"]))
                {
                    return begun.Headers.Location!.ToString();
                }

            case "/api/subscribers/{id}":
                return path.Replace("{id}", await SubscribedAsync(candor, token, "new"), StringComparison.Ordinal);
            case "/api/notices/{topic}" or "/api/notices/{topic}/list.csv" or "/api/notices/{topic}/list.json":
                var told = new NoticeDesk(candor, token);
                await SubscribedAsync(candor, token, "told");
                var about = await told.OpenAsync("Homepage is slow");
                await told.UntilLedgerAsync(static ledger => NoticeDesk.Count(ledger, "pending") == 0, 60);
                return path.Replace("{topic}", "incident:" + about, StringComparison.Ordinal);
            case "/api/notices/{topic}/{subscriber}/replay":
                var desk = new NoticeDesk(candor, token);
                var subscriber = await SubscribedAsync(candor, token, "away");
                var failed = await desk.LedgerAsync() is { ValueKind: JsonValueKind.Object } before ? NoticeDesk.Count(before, "failed") : 0;
                var topic = await desk.OpenAsync("Homepage is away");

                // Everybody is redirected and so not told; which of them are through first does not matter.
                await desk.UntilLedgerAsync(ledger => NoticeDesk.Count(ledger, "failed") > failed && NoticeDesk.Count(ledger, "pending") == 0, 60);
                return $"/api/notices/incident:{topic}/{subscriber}/replay";
            case "/api/imports/{id}/withdraw":
                using (var entered = await SendAsync(candor, token, HttpMethod.Post, "/api/imports", good["ImportRequest"]))
                {
                    Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
                    return path.Replace("{id}", Import, StringComparison.Ordinal);
                }

            case "/api/places/{name}/revoke":
                using (var added = await SendAsync(candor, token, HttpMethod.Post, "/api/places", good["PlaceBody"]))
                {
                    Assert.Equal(HttpStatusCode.Created, added.StatusCode);
                    return path.Replace("{name}", "eu", StringComparison.Ordinal);
                }

            default:
                var (where, what) = path.StartsWith("/api/incidents", StringComparison.Ordinal) ? ("/api/incidents", "IncidentBody") : ("/api/maintenances", "MaintenanceBody");
                using (var made = await SendAsync(candor, token, HttpMethod.Post, where, good[what]))
                {
                    return path.Replace("{id}", made.Headers.Location!.ToString().Split('/')[^1], StringComparison.Ordinal);
                }
        }
    }

    /// <summary>The addresses of subscribers are read a moment after the journal.</summary>
    private async Task<string> SubscribedAsync(CandorProcess candor, string token, string path) =>
        (await new NoticeDesk(candor, token).SubscribeAsync(sink.Url(path))).GetProperty("id").GetString()!;

    private string Webhook(string path) => $$"""{"channel":"webhook","address":"{{sink.Url(path)}}"}""";

    private static Task Redirect(HttpListenerContext context)
    {
        context.Response.Redirect("/elsewhere");
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1_000)]
    private static partial Regex Places();
}
