using System.Text.Json;
using System.Text.RegularExpressions;
using Candor.Probing;
using Candor.Settings.Forms;

namespace Candor.Tests.Settings;

/// <summary>docs/candor.schema.json is what editors know of the settings; it must not know anything else than the program.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllBytes(Sources.Path("docs", "candor.schema.json"))).RootElement;

    [Fact]
    public void The_schema_has_exactly_the_keys_of_the_program()
    {
        var kinds = CheckKinds.All.Select(kind => kind.Key).ToHashSet();
        var known = KnownKeys.BySection();
        var common = known["monitors.name"];
        Assert.Equal(known["the file"], Keys(Schema));
        foreach (var (section, expected) in known)
        {
            var keys = section switch
            {
                "the file" or "monitors.name" => expected,
                "components[]" => Keys(Definition("component")),
                "components[].redundancy" => Keys(Property(Definition("component"), "redundancy")),
                "incidents.texts" or "incidents.reminders" => Keys(Property(Property(Schema, "incidents"), section["incidents.".Length..])),
                "alerts.tool" => Keys(Property(Property(Schema, "alerts"), "generic")),
                "notices.email.dkim" => Keys(Property(Property(Property(Schema, "notices"), "email"), "dkim")),
                "sign_in.oidc" => Keys(Property(Property(Schema, "sign_in"), "oidc")),
                "audiences.name" => Keys(Definition("audience")),
                "notices.email" or "notices.telegram" or "notices.sms" or "notices.pagerduty" => Keys(Property(Property(Schema, "notices"), section["notices.".Length..])),
                _ when kinds.Contains(section) => [.. Deep(Definition(section)).Where(key => !common.Contains(key) && !key.StartsWith("judging.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)],
                _ => Keys(Property(Schema, section)),
            };
            Assert.Equal(expected, keys);
        }
    }

    [Fact]
    public void Every_kind_takes_the_keys_that_all_monitors_share() =>
        Assert.All(CheckKinds.All, kind => Assert.Subset(Keys(Definition(kind.Key)).ToHashSet(), KnownKeys.BySection()["monitors.name"].ToHashSet()));

    [Fact]
    public void The_schema_lists_every_kind() => Assert.Equal(
        CheckKinds.All.Select(kind => $"#/$defs/{kind.Key}").Order(),
        Definition("monitor").GetProperty("oneOf").EnumerateArray().Select(r => r.GetProperty("$ref").GetString()!).Order());

    [Theory]
    [InlineData("30s")]
    [InlineData("1h30m")]
    [InlineData("500ms")]
    [InlineData("7d")]
    [InlineData("0s")]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30 sec")]
    [InlineData("30m1h")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("5M")]
    public void The_schema_and_the_program_agree_about_durations(string text) => Assert.Equal(
        Durations.Read(text, out _) is null,
        Regex.IsMatch(text, Definition("duration").GetProperty("pattern").GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData("homepage")]
    [InlineData("connect-1.eu_2")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData("")]
    public void The_schema_and_the_program_agree_about_names(string text) => Assert.Equal(
        Ids.Read(text, out _) is null,
        Regex.IsMatch(text, Definition("name").GetProperty("pattern").GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Nothing_in_the_schema_allows_keys_that_it_does_not_name() => Assert.All(
        All(Schema).Where(e => e.TryGetProperty("properties", out _)),
        map => Assert.False(map.GetProperty("additionalProperties").GetBoolean()));

    private static JsonElement Definition(string name) => Schema.GetProperty("$defs").GetProperty(name);

    private static JsonElement Property(JsonElement map, string name) => Resolve(map.GetProperty("properties").GetProperty(name));

    private static JsonElement Resolve(JsonElement e) =>
        e.TryGetProperty("$ref", out var reference) ? Definition(reference.GetString()!.Split('/')[^1]) : e;

    private static string[] Keys(JsonElement map) =>
        [.. map.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Deep(JsonElement map) => map.GetProperty("properties").EnumerateObject().SelectMany(p =>
        Resolve(p.Value).TryGetProperty("properties", out _)
            ? Keys(Resolve(p.Value)).Select(key => $"{p.Name}.{key}").Prepend(p.Name)
            : [p.Name]);

    private static IEnumerable<JsonElement> All(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Object => e.EnumerateObject().SelectMany(p => All(p.Value)).Append(e),
        JsonValueKind.Array => e.EnumerateArray().SelectMany(All),
        _ => [],
    };
}
