using System.Text.Json;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Tests.Access;
using Candor.Tests.Tidy;
using Microsoft.AspNetCore.Routing;

namespace Candor.Tests.Intake.Posting;

/// <summary>docs/openapi.json beside the routes and the records that it describes.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly string[] OpenToPrograms = ["/openapi.json", "/healthz", "/metrics"];

    /// <summary>Statuspage's own interface has its own description; the others are of two rooms whose shapes are not settled yet.</summary>
    private static readonly string[] DescribedElsewhere = ["/v1/", "/api/subscribers", "/api/notices", "/api/imports"];
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
            where policy!.Door == Door.Bearer ? !DescribedElsewhere.Any(start => path.StartsWith(start, StringComparison.Ordinal)) : OpenToPrograms.Contains(path)
            from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            where method != "HEAD"
            select $"{method} {path} takes {ScopeOf(policy)}";
        var described = Operations.Select(static one => $"{one.Name} takes {ScopeIn(one.Is)}");

        Assert.Equal(served.Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(IncidentBody))]
    [InlineData(typeof(UpdateBody))]
    [InlineData(typeof(RenameBody))]
    [InlineData(typeof(MaintenanceBody))]
    [InlineData(typeof(ComponentBody))]
    [InlineData(typeof(IncidentView))]
    [InlineData(typeof(ComponentView))]
    [InlineData(typeof(UpdateView))]
    [InlineData(typeof(IncidentList))]
    [InlineData(typeof(MaintenanceView))]
    [InlineData(typeof(MaintenanceList))]
    [InlineData(typeof(ComponentStanding))]
    [InlineData(typeof(ComponentList))]
    public void A_record_has_the_members_that_are_described(Type record)
    {
        var schema = Document.GetProperty("components").GetProperty("schemas").GetProperty(record.Name);

        Assert.Equal(
            PostJson.Default.GetTypeInfo(record)!.Properties.Select(static one => one.Name).Order(StringComparer.Ordinal),
            schema.GetProperty("properties").EnumerateObject().Select(static one => one.Name).Order(StringComparer.Ordinal));
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
