using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Commands;
using Candor.Commands.Mcp;

namespace Candor.Tests.Commands;

/// <summary>What the person at a client of the protocol is shown, and what they are not troubled with.</summary>
public sealed class McpDraftTests
{
    private static readonly JsonElement Schema = ToolSchemas.OfApi("UpdateBody", ("incident", "The incident's id."));

    [Fact]
    public void No_text_passes_for_another_member_and_what_is_not_seen_is_spelt_out()
    {
        var shown = DraftTools.Shown(new JsonObject { ["body"] = "Looking.\r\nstatus: resolved\u2028x\u202ey\u001b[2J" });

        Assert.Equal("body: Looking.\n    status: resolved\n    x\\u202ey\\u001b[2J", shown);
    }

    [Fact]
    public void What_the_page_does_not_take_or_nobody_looks_through_is_no_draft()
    {
        Assert.Throws<CommandFault>(() => DraftTools.DraftOf(Given(("by", "\"ada\"")), Schema, "incident"));
        Assert.Throws<CommandFault>(() => DraftTools.DraftOf(Given(("body", JsonSerializer.Serialize(new string('x', 70_000)))), Schema, "incident"));
        Assert.Throws<CommandFault>(() => DraftTools.DraftOf(Given(("body", "{\"a\":1,\"a\":2}"), ("title", "1")), Schema, "incident"));

        var draft = DraftTools.DraftOf(Given(("incident", "\"abc\""), ("body", "\"Looking.\"")), Schema, "incident");
        Assert.Equal(["body"], draft.Select(static one => one.Key));
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Given(params (string Key, string Json)[] arguments) =>
        arguments.Select(static one => KeyValuePair.Create(one.Key, JsonElement.Parse(one.Json)));
}
