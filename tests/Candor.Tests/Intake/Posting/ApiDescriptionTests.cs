using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Agents;
using Candor.Importing.Entering;
using Candor.Intake.Posting;
using Candor.Notices.Subscribers;
using Candor.Subscribing.Lists;
using Candor.Tests.Access;
using Candor.Tests.Tidy;
using Microsoft.AspNetCore.Routing;

namespace Candor.Tests.Intake.Posting;

/// <summary>docs/openapi.json beside the routes and the records that it describes.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly string[] OpenToPrograms = ["/openapi.json", "/healthz", "/metrics"];

    /// <summary>Statuspage's own interface has its own description.</summary>
    private const string DescribedElsewhere = "/v1/";

    private static readonly JsonElement Document = JsonElement.Parse(SourceTree.Read("docs/openapi.json"));

    private static IEnumerable<(string Name, JsonElement Is)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from one in path.Value.EnumerateObject()
        select ($"{one.Name.ToUpperInvariant()} {path.Name}", one.Value);

    [Fact]
    public async Task Every_route_for_programs_is_described_with_the_scope_that_it_takes_and_nothing_else_is()
    {
        var routes = await RealDoors.RoutesAsync(TestContext.Current.CancellationToken);
        var served =
            from route in routes
            let policy = route.Metadata.GetMetadata<AccessPolicy>()
            let path = route.RoutePattern.RawText!
            where policy!.Door == Door.Bearer ? !path.StartsWith(DescribedElsewhere, StringComparison.Ordinal) : OpenToPrograms.Contains(path)
            from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            where method != "HEAD"
            select $"{method} {path} takes {ScopeOf(policy)}";
        var described = Operations.Select(static one => $"{one.Name} takes {ScopeIn(one.Is)}");

        Assert.Equal(served.Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_record_that_is_sent_or_answered_has_the_members_that_are_described()
    {
        var records = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal);
        foreach (var (context, root) in Roots())
        {
            Collect(context.GetTypeInfo(root)!, records);
        }

        Assert.True(records.Count > 30, $"Only {records.Count} records were found.");
        Assert.All(records, static one =>
        {
            Assert.True(Document.GetProperty("components").GetProperty("schemas").TryGetProperty(one.Key, out var schema), $"{one.Key} is not described.");
            Assert.Equal(
                one.Value.Properties.Where(static member => member.Get is not null || member.Set is not null).Select(static member => member.Name).Order(StringComparer.Ordinal),
                schema.GetProperty("properties").EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_everything_kept_is_referred_to()
    {
        var used = References(Document).ToHashSet(StringComparer.Ordinal);
        var kept =
            from kind in Document.GetProperty("components").EnumerateObject()
            where kind.Name != "securitySchemes"
            from one in kind.Value.EnumerateObject()
            select $"#/components/{kind.Name}/{one.Name}";

        Assert.Equal(kept.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    /// <summary>What stands on its own in a body: everything else hangs on these.</summary>
    private static IEnumerable<(JsonSerializerContext Context, Type Root)> Roots()
    {
        foreach (var context in (JsonSerializerContext[])[PostJson.Default, SubscriberJson.Default, ListJson.Default, ImportJson.Default, PlaceJson.Default])
        {
            foreach (var named in context.GetType().GetCustomAttributesData().Where(static one => one.AttributeType == typeof(JsonSerializableAttribute)))
            {
                yield return (context, (Type)named.ConstructorArguments[0].Value!);
            }
        }
    }

    /// <summary>Records of ours with members, in whatever they are held.</summary>
    private static void Collect(JsonTypeInfo type, Dictionary<string, JsonTypeInfo> into)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            Collect(type.Options.GetTypeInfo(type.ElementType!), into);
        }
        else if (Nullable.GetUnderlyingType(type.Type) is { } inner)
        {
            Collect(type.Options.GetTypeInfo(inner), into);
        }
        else if (type.Kind == JsonTypeInfoKind.Object && into.TryAdd(type.Type.Name, type))
        {
            foreach (var member in type.Properties)
            {
                Collect(type.Options.GetTypeInfo(member.PropertyType), into);
            }
        }
    }

    private static string ScopeOf(AccessPolicy policy) =>
        policy.Needs is { } act ? ActRule.Of(act).Scope!.Value.ToString().ToLowerInvariant() : "nothing";

    private static string ScopeIn(JsonElement operation) =>
        operation.GetProperty("security").EnumerateArray().Select(static one => one.GetProperty("token")[0].GetString()).SingleOrDefault() ?? "nothing";

    private static IEnumerable<string> References(JsonElement within) => within.ValueKind switch
    {
        JsonValueKind.Object => within.EnumerateObject().SelectMany(static one =>
            one.NameEquals("$ref") ? [one.Value.GetString()!] : References(one.Value)),
        JsonValueKind.Array => within.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
