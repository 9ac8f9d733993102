using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Candor.SystemTests.Posting;

/// <summary>
/// Holds a value to a schema of the API's document. Knows the words that the document uses and throws at any other, so
/// that nothing in it goes unchecked.
/// </summary>
internal sealed class JsonShape(JsonElement document)
{
    /// <summary>What is wrong with the value, as "place: fault"; nothing where it is as described.</summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string place = "") =>
        schema.EnumerateObject().SelectMany(rule => Against(value, rule, schema, place));

    public JsonElement Resolve(JsonElement maybe) => maybe.TryGetProperty("$ref", out var to)
        ? to.GetString()![2..].Split('/').Aggregate(document, static (within, name) => within.GetProperty(name))
        : maybe;

    private IEnumerable<string> Against(JsonElement value, JsonProperty rule, JsonElement schema, string place) => rule.Name switch
    {
        "description" => [],
        "$ref" => Faults(value, Resolve(schema), place),
        "type" => If(!AreOf(rule.Value).Any(type => type == TypeOf(value) || (type == "number" && TypeOf(value) == "integer")), $"{place}: is {TypeOf(value)}, not {rule.Value}"),
        "enum" => If(!rule.Value.EnumerateArray().Any(one => one.GetString() == value.GetString()), $"{place}: {value} is none of the words"),
        "format" => If(!DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _), $"{place}: {value} is no time"),
        "pattern" => If(!Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), $"{place}: {value} is written otherwise"),
        "maxItems" => If(value.GetArrayLength() > rule.Value.GetInt32(), $"{place}: too many"),
        "items" => value.EnumerateArray().SelectMany((one, at) => Faults(one, rule.Value, $"{place}/{at}")),
        "properties" => rule.Value.EnumerateObject().SelectMany(one =>
            value.TryGetProperty(one.Name, out var member) ? Faults(member, one.Value, $"{place}/{one.Name}") : []),
        "required" => rule.Value.EnumerateArray().Where(one => !value.TryGetProperty(one.GetString()!, out _)).Select(one => $"{place}: lacks {one}"),
        "additionalProperties" when rule.Value.ValueKind == JsonValueKind.Object => value.EnumerateObject()
            .Where(one => !schema.TryGetProperty("properties", out var named) || !named.TryGetProperty(one.Name, out _))
            .SelectMany(one => Faults(one.Value, rule.Value, $"{place}/{one.Name}")),
        "additionalProperties" => value.EnumerateObject().Where(one => !schema.GetProperty("properties").TryGetProperty(one.Name, out _))
            .Select(one => $"{place}: has {one.Name}, which is not described"),
        _ => throw new InvalidOperationException($"{rule.Name} is a word that is not checked here."),
    };

    private static IEnumerable<string?> AreOf(JsonElement types) =>
        types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(static one => one.GetString()) : [types.GetString()];

    private static IEnumerable<string> If(bool wrong, string fault) => wrong ? [fault] : [];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
