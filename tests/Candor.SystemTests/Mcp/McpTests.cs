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
