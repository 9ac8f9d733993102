using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Intake.Posting;

namespace Candor.Commands.Mcp;

/// <summary>What tools take. What the API takes is described once, in its document.</summary>
internal static class ToolSchemas
{
    private const string There = "#/components/schemas/";
    private const string Here = "#/$defs/";

    public static JsonElement Of(params IEnumerable<(string Name, string Type, string Description, bool Needed)> members)
    {
        var all = members.ToList();
        return Closed(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(all.Select(static one => KeyValuePair.Create(one.Name, (JsonNode?)Member(one.Type, one.Description)))),
            ["required"] = new JsonArray([.. all.Where(static one => one.Needed).Select(static one => (JsonNode?)one.Name)]),
            ["additionalProperties"] = false,
        });
    }

    /// <summary>A schema of the API, with everything it refers to, and one member more where it is about something.</summary>
    public static JsonElement OfApi(string name, (string Name, string Description)? about = null)
    {
        var known = JsonNode.Parse(ApiDescription.Text)!["components"]!["schemas"]!.AsObject();
        var schema = known[name]!.DeepClone().AsObject();
        if (about is { } one)
        {
            schema["properties"]![one.Name] = Member("string", one.Description);
            var needed = schema["required"]?.AsArray() ?? [];
            needed.Add((JsonNode?)one.Name);
            schema["required"] = needed.Parent is null ? needed : needed.DeepClone();
        }

        var referred = new JsonObject();
        Gather(schema, known, referred);
        if (referred.Count > 0)
        {
            schema["$defs"] = referred;
        }

        return Closed(schema);
    }

    private static void Gather(JsonNode? within, JsonObject known, JsonObject referred)
    {
        foreach (var to in References(within).ToList())
        {
            if (!referred.ContainsKey(to))
            {
                var schema = known[to]!.DeepClone();
                referred[to] = schema;
                Gather(schema, known, referred);
            }
        }
    }

    private static IEnumerable<string> References(JsonNode? within) => within switch
    {
        JsonObject members => members.SelectMany(static one => one is { Key: "$ref", Value: { } to } ? [to.GetValue<string>()[There.Length..]] : References(one.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonObject Member(string type, string description) => new() { ["type"] = type, ["description"] = description };

    private static JsonElement Closed(JsonObject schema) => JsonElement.Parse(schema.ToJsonString().Replace(There, Here, StringComparison.Ordinal));
}
