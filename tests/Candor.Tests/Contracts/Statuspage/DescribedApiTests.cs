using System.Text.Json;
using System.Text.RegularExpressions;
using Candor.Access;
using Candor.Intake.Statuspage;
using Microsoft.AspNetCore.Routing;
using static Candor.Tests.Contracts.Statuspage.ManagementApi;

namespace Candor.Tests.Contracts.Statuspage;

/// <summary>Generated from the description of Statuspage's API: each path, method and field that it names.</summary>
public sealed partial class DescribedApiTests : IAsyncLifetime
{
    private const string NotHere = "The description of Statuspage's API does not lie beside the repository.";
    private ManagementApi api = null!;

    public async ValueTask InitializeAsync() => api = await StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact(Skip = NotHere, SkipWhen = nameof(DescribedApi.Missing), SkipType = typeof(DescribedApi))]
    public void Every_path_and_method_is_answered_with_and_without_json_behind_it()
    {
        var routes = api.Routes.Select(static route => (Path: Plain(route.RoutePattern.RawText!), Methods: route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .GroupBy(static route => route.Path).ToDictionary(static group => group.Key, static group => group.SelectMany(static route => route.Methods).ToHashSet());
        var described = DescribedApi.Paths().ToList();
        var missing = new List<string>();
        foreach (var (candidates, methods) in described)
        {
            var full = candidates.SelectMany(static path => new[] { path, V1Routes.Page + path, "/v1" + path }).Select(Plain).Where(routes.ContainsKey).ToList();
            if (!full.Exists(path => methods.All(routes[path].Contains) && methods.All(method => routes.GetValueOrDefault(path + ".json")?.Contains(method) is true)))
            {
                missing.Add($"{string.Join(' ', methods)} {candidates[0]}");
            }
        }

        Assert.True(described.Count > 40, $"Only {described.Count} paths were found in the description.");
        Assert.Empty(missing);
    }

    [Fact(Skip = NotHere, SkipWhen = nameof(DescribedApi.Missing), SkipType = typeof(DescribedApi))]
    public async Task Every_list_and_every_object_that_there_is_can_be_read()
    {
        var ids = await MakeAsync();
        foreach (var route in api.Routes.Where(static route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true))
        {
            var path = route.RoutePattern.RawText!;
            if (path.EndsWith(".json", StringComparison.Ordinal) || path.Contains("organizations", StringComparison.Ordinal) || Unmade().IsMatch(path))
            {
                continue;
            }

            var (status, _) = await api.GetAsync(ids.Aggregate(path, static (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal))
                .Replace("{id}", path.Contains("groups", StringComparison.Ordinal) ? ManagementApi.Group : path.Contains("components", StringComparison.Ordinal) ? Mail : ids["{incident}"], StringComparison.Ordinal), TokenScope.Admin);
            Assert.True(status == 200, $"{path} answered {status}.");
        }
    }

    [Fact(Skip = NotHere, SkipWhen = nameof(DescribedApi.Missing), SkipType = typeof(DescribedApi))]
    public async Task Every_field_of_an_incident_is_taken_as_json_and_as_a_form_and_answered()
    {
        var known = V1Wrappers.Incident.Members;
        foreach (var field in DescribedApi.Fields("incident create/patch"))
        {
            Assert.True(known.Contains(field) || known.Any(one => one.StartsWith(field, StringComparison.Ordinal)), $"“{field}” is not taken.");
        }

        Dictionary<string, string> flags = known.Where(static one => one.StartsWith("auto_", StringComparison.Ordinal) || one.StartsWith("scheduled_auto", StringComparison.Ordinal))
            .Append("deliver_notifications").Append("scheduled_remind_prior").ToDictionary(static one => one, static _ => "true");
        var texts = new Dictionary<string, string>
        {
            ["name"] = "Disks", ["status"] = "scheduled", ["impact_override"] = "none", ["body"] = "Read-only.",
            ["scheduled_for"] = "2026-11-28T22:00:00Z", ["scheduled_until"] = "2026-11-28T23:00:00Z", ["reminder_intervals"] = "[3,6]",
            ["backfill_date"] = "2026-11-20",
        };
        var json = JsonSerializer.Serialize(texts)[..^1] + "," + string.Join(',', flags.Select(static flag => $"\"{flag.Key}\":{flag.Value}"))
            + ",\"backfilled\":false,\"metadata\":{\"a\":{\"b\":\"c\"}},\"component_ids\":[\"" + Mail + "\"],\"components\":{\"" + Mail + "\":\"under_maintenance\"}}";
        var form = string.Join('&', texts.Concat(flags).Append(new("backfilled", "false")).Select(static one => $"incident[{one.Key}]={Uri.EscapeDataString(one.Value)}"))
            + $"&incident[metadata][a][b]=c&incident[component_ids][]={Mail}&incident[components][{Mail}]=under_maintenance";

        var (first, made) = await api.PostAsync("incidents", "{\"incident\":" + json + "}");
        var (second, again) = await api.SendAsync(HttpMethod.Post, "incidents", Form(form), TokenScope.Admin);

        Assert.Equal((201, 201), (first, second));
        Assert.Equal(
            made.EnumerateObject().Where(static one => one.Value.ValueKind is JsonValueKind.True or JsonValueKind.False).Select(static one => (one.Name, one.Value.ValueKind)),
            again.EnumerateObject().Where(static one => one.Value.ValueKind is JsonValueKind.True or JsonValueKind.False).Select(static one => (one.Name, one.Value.ValueKind)));
        Answers(made, DescribedApi.Fields("incident response"), "adds");
        Assert.Equal(json.Length > 0, made.GetProperty("scheduled_auto_completed").GetBoolean());
    }

    [Fact(Skip = NotHere, SkipWhen = nameof(DescribedApi.Missing), SkipType = typeof(DescribedApi))]
    public async Task Every_field_of_a_component_is_taken_and_answered()
    {
        var fields = DescribedApi.Fields("component");
        var (_, shown) = await api.GetAsync("components/" + Mail);

        Answers(shown, fields, "response", "adds");
        Assert.All(fields.Except(["response", "adds"]), static field => Assert.True(V1Wrappers.Component.Members.Contains(field), field));
        Assert.All((string[])["name", "components"], static field => Assert.True(V1Wrappers.Group.Members.Contains(field), field));
    }

    private static void Answers(JsonElement shown, IEnumerable<string> fields, params string[] words) =>
        Assert.All(fields.Except(words), field => Assert.True(shown.TryGetProperty(field, out _), $"“{field}” is not answered."));

    private async Task<Dictionary<string, string>> MakeAsync()
    {
        var (_, incident) = await api.PostAsync("incidents", """{"incident":{"name":"x","status":"resolved","body":"y"}}""");
        var id = ManagementApiTests.Id(incident);
        var (drafted, _) = await api.SendAsync(HttpMethod.Put, $"incidents/{id}/postmortem", Json("""{"postmortem":{"body_draft":"## Summary\n\nIt broke."}}"""), TokenScope.Post);
        Assert.Equal(200, drafted);
        return new() { ["{page_id}"] = PageId, ["{incident}"] = id };
    }

    /// <summary>Route parameters differ in name only.</summary>
    private static string Plain(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1_000)]
    private static partial Regex Parameter();

    /// <summary>Of what there is none, no single one can be read.</summary>
    [GeneratedRegex(@"\{(sid|mid|pid|aid|part_id)\}|\{\*\*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Unmade();
}
