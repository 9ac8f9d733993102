using System.Diagnostics;
using System.Text.Json;
using Candor.SystemTests.Posting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Candor.SystemTests.Mcp;

/// <summary>The real executable as a server of the Model Context Protocol, asked by the protocol's own client.</summary>
public sealed class McpTests
{
    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        components:
          - name: Homepage
          - name: Mail
        """;

    private static readonly string[] Reading = ["list_components", "list_incidents", "list_maintenances", "show_incident"];
    private static readonly string[] Drafting = ["draft_incident", "draft_maintenance", "draft_resolution", "draft_update"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_drafted_is_published_when_its_person_confirms_it_and_only_then()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        var shown = new List<string>();
        var confirms = false;
        await using var client = await ConnectAsync(candor, token, (asked, _) =>
        {
            shown.Add(asked!.Message);
            return new(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["publish"] = JsonElement.Parse(confirms ? "true" : "false") } });
        });
        Assert.Equal(Drafting.Concat(Reading), (await client.ListToolsAsync(cancellationToken: Ct)).Select(static tool => tool.Name).Order(StringComparer.Ordinal));
        var draft = new Dictionary<string, object?>
        {
            ["title"] = "Homepage is away", ["body"] = "We are looking.",
            ["components"] = new[] { new Dictionary<string, string> { ["component"] = "Homepage", ["status"] = "major_outage" } },
        };

        Assert.Contains("Nothing was published", await CallAsync(client, "draft_incident", draft), StringComparison.Ordinal);
        Assert.Contains("We are looking.", Assert.Single(shown), StringComparison.Ordinal);
        Assert.Contains("\"incidents\":[]", await CallAsync(client, "list_incidents", []), StringComparison.Ordinal);

        confirms = true;
        var published = await CallAsync(client, "draft_incident", draft);
        Assert.StartsWith("Published:", published, StringComparison.Ordinal);
        var id = JsonElement.Parse(published["Published:\n".Length..]).GetProperty("id").GetString()!;
        await Patience.UntilAsync(
            async () => (await candor.TextAsync("/", Ct)).Contains("Homepage is away", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        Assert.Contains("major_outage", await CallAsync(client, "list_components", []), StringComparison.Ordinal);
        Assert.StartsWith("Published:", await CallAsync(client, "draft_update", new() { ["incident"] = id, ["body"] = "A disk is full." }), StringComparison.Ordinal);
        Assert.StartsWith("Published:", await CallAsync(client, "draft_resolution", new() { ["incident"] = id, ["body"] = "Over." }), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"resolved\"", await CallAsync(client, "show_incident", new() { ["id"] = id }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_cannot_ask_gets_the_draft_back_and_what_is_wrong_is_a_sentence()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        await using var client = await ConnectAsync(candor, token, null);

        var said = await CallAsync(client, "draft_incident", new() { ["title"] = "Trouble", ["body"] = "Looking." });
        Assert.Contains("Nothing was published", said, StringComparison.Ordinal);
        Assert.Contains("\"title\": \"Trouble\"", said, StringComparison.Ordinal);
        Assert.Contains("\"incidents\":[]", await CallAsync(client, "list_incidents", []), StringComparison.Ordinal);
        Assert.Contains("There is no such incident", await CallAsync(client, "show_incident", new() { ["id"] = "nothere00000" }, isError: true), StringComparison.Ordinal);
        Assert.Contains("“id” is missing", await CallAsync(client, "show_incident", [], isError: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_only_reads_gets_no_tool_that_drafts()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "read"))[0];
        await using var client = await ConnectAsync(candor, token, null);

        var tools = await client.ListToolsAsync(cancellationToken: Ct);

        Assert.Equal(Reading, tools.Select(static tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, static tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
    }

    [Fact]
    public async Task Whatever_a_model_asks_nothing_is_published_without_a_yes_and_the_server_goes_on()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var tokens = await Api.TokensAsync(candor, "post", "read");
        var answers = new Queue<ElicitResult>(
        [
            new() { Action = "decline", Content = Said("true") }, new() { Action = "cancel", Content = Said("true") }, new() { Action = "accept" },
            new() { Action = "accept", Content = Said("\"true\"") }, new() { Action = "accept", Content = Said("1") }, new() { Action = "accept", Content = Said("null") },
            new() { Action = "accept", Content = new Dictionary<string, JsonElement> { ["Publish"] = JsonElement.Parse("true") } },
        ]);
        var asked = 0;
        await using var client = await ConnectAsync(candor, tokens[0], (_, _) =>
        {
            asked++;
            return new(answers.Count > 0 ? answers.Dequeue() : new() { Action = "decline" });
        });
        await using var reader = await ConnectAsync(candor, tokens[1], (_, _) => new(new ElicitResult { Action = "accept", Content = Said("true") }));
        Dictionary<string, object?> draft = new() { ["title"] = "Trouble", ["body"] = "Looking." };
        var doubts = answers.Count;
        for (var i = 0; i < doubts; i++)
        {
            Assert.Contains("Nothing was published", await CallAsync(client, "draft_incident", draft), StringComparison.Ordinal);
        }

        Assert.Equal(doubts, asked);

        // No tool of this name, and no way round a missing right by naming the tool.
        await Assert.ThrowsAnyAsync<ModelContextProtocol.McpException>(async () => await client.CallToolAsync("publish_incident", draft, cancellationToken: Ct));
        await Assert.ThrowsAnyAsync<ModelContextProtocol.McpException>(async () => await reader.CallToolAsync("draft_incident", draft, cancellationToken: Ct));

        // Nobody is asked for what cannot be published.
        await CallAsync(client, "draft_incident", new(draft) { ["body"] = new string('x', 100_000) }, isError: true);
        await CallAsync(client, "draft_incident", new(draft) { ["published_by"] = "ada" }, isError: true);
        foreach (var id in new object?[] { "..", "../../v1/pages", "a/b", "", new string('a', 5_000), 5, null, new[] { "x" }, "%2e%2e" })
        {
            await CallAsync(client, "show_incident", new() { ["id"] = id }, isError: true);
            await CallAsync(client, "draft_update", new() { ["incident"] = id, ["body"] = "x" }, isError: true);
        }

        Assert.Equal(doubts, asked);
        await CallAsync(client, "list_incidents", new() { ["open"] = "yes", ["more"] = 5 });
        Assert.Contains("\"incidents\":[]", await CallAsync(client, "list_incidents", []), StringComparison.Ordinal);
        Assert.Contains("Homepage", await CallAsync(reader, "list_components", []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_no_messages_end_nothing()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        var start = new ProcessStartInfo(Repository.Program, ["mcp", "--server", candor.AdminAddress.ToString()])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["CANDOR_TOKEN"] = token },
        };
        using var mcp = Process.Start(start)!;
        mcp.ErrorDataReceived += static (_, _) => { };
        mcp.BeginErrorReadLine();
        foreach (var line in (string[])
        [
            "no json", "{", "[]", "null", "5", "{\"jsonrpc\":\"2.0\"}", new string('[', 100_000), "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":5}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nothing\",\"params\":" + new string('[', 200) + new string(']', 200) + "}", new string('x', 2_000_000),
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"draft_incident","arguments":"none"}}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"draft_incident","arguments":{"title":5,"body":{"a":[]}}}}""",
            """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list_incidents"}}""",
        ])
        {
            await mcp.StandardInput.WriteLineAsync(line.AsMemory(), Ct);
        }

        await mcp.StandardInput.FlushAsync(Ct);
        string? said;
        do
        {
            said = await mcp.StandardOutput.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Ct);
            Assert.NotNull(said);
        }
        while (!said.Contains("\"id\":4", StringComparison.Ordinal));

        Assert.Contains("incidents", said, StringComparison.Ordinal);
        mcp.StandardInput.Close();
        await mcp.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(0, mcp.ExitCode);
        Assert.DoesNotContain("draft", await candor.TextAsync("/", Ct), StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonElement> Said(string publish) => new() { ["publish"] = JsonElement.Parse(publish) };

    private static Task<McpClient> ConnectAsync(
        CandorProcess candor, string token, Func<ElicitRequestParams?, CancellationToken, ValueTask<ElicitResult>>? asked) => McpClient.CreateAsync(
            new StdioClientTransport(new()
            {
                Name = "candor",
                Command = Repository.Program,
                Arguments = ["mcp", "--server", candor.AdminAddress.ToString()],
                EnvironmentVariables = new Dictionary<string, string?> { ["CANDOR_TOKEN"] = token },
            }),
            new McpClientOptions
            {
                Handlers = new() { ElicitationHandler = asked },

                // By itself the client takes a server that has said nothing for five seconds for one of before the protocol that
                // both speak. On a busy machine the program is not even up by then.
                DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
                InitializationTimeout = TimeSpan.FromMinutes(2),
            },
            cancellationToken: Ct);

    private static async Task<string> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments, bool isError = false)
    {
        var said = await client.CallToolAsync(tool, arguments, cancellationToken: Ct);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(said.Content)).Text;
        Assert.True((said.IsError ?? false) == isError, text);
        return text;
    }
}
