using System.Text;
using Candor.Access;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;
using Candor.Tests.Access;
using Microsoft.AspNetCore.Routing;

namespace Candor.Tests.Contracts.Doors;

/// <summary>
/// Two parties on one page, each limited to a component of its own. Generated from the route tables of both doors: a new
/// route with an id in its address is in here at once, and one whose body is not known fails.
/// </summary>
public sealed class TwoTenantsTests : IAsyncLifetime
{
    private const string Nobody = "nothere00000";
    private const int TokensToTakeTurns = 60;

    private const string Settings = """
        page: { name: Heron, url: https://status.example.com }
        components:
          - { name: Alpha, id: alpha0000001, monitors: [alpha-alerts] }
          - { name: Beta, id: beta00000001, monitors: [beta-alerts] }
        alerts: { alertmanager: {} }
        monitors:
          alpha-alerts: { alert: { labels: { service: alpha } } }
          beta-alerts: { alert: { labels: { service: beta } } }
        """;

    private static readonly ComponentId Alpha = new("alpha0000001");
    private static readonly Party A = new(Alpha, "a");
    private static readonly Party B = new(new("beta00000001"), "b");

    private readonly BothDoors doors = new();
    private readonly List<string> tokens = [];
    private string cookie = "";
    private int asked;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var reach = new Reach([Alpha]);
        tokens.AddRange(Enumerable.Range(0, TokensToTakeTurns).Select(_ => doors.Token(TokenScope.Admin, reach)));
        cookie = doors.SignedIn(Cast.Somebody(role: Role.Owner) with { Reach = reach });
        await doors.OpenAsync(Settings);
        await doors.HappenAsync([.. A.Facts, .. B.Facts]);
        await doors.TellAsync("alpha");
        await doors.TellAsync("beta");
    }

    public ValueTask DisposeAsync() => doors.DisposeAsync();

    [Fact]
    public async Task SEC_15_An_id_of_B_is_to_A_as_one_that_never_was_on_every_route_and_nothing_comes_of_it()
    {
        var before = doors.World;
        var wrong = new List<string>();
        var compared = 0;
        foreach (var (route, method) in Guarded())
        {
            var missing = await AskAsync(route, method, Nobody);
            foreach (var id in B.Ids)
            {
                var answer = await AskAsync(route, method, id);
                compared++;
                if (answer != missing || !IsMissing(route, answer.Status))
                {
                    wrong.Add($"{method} {route.RoutePattern.RawText} with {id} of B answered {answer.Status}; with an id of nothing {missing.Status}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(compared > 400, $"Only {compared} requests were compared.");
        Assert.Same(before.Incidents, doors.World.Incidents);
        Assert.Same(before.Maintenances, doors.World.Maintenances);
        Assert.Same(before.Series, doors.World.Series);
        Assert.Same(before.Postmortems, doors.World.Postmortems);
        Assert.Same(before.Components, doors.World.Components);
        Assert.Same(before.Subscribers, doors.World.Subscribers);
        Assert.Same(before.Requests, doors.World.Requests);
        Assert.Equal(before.Audit, doors.World.Audit);
    }

    [Fact]
    public async Task SEC_15_No_list_tells_A_of_what_is_Bs()
    {
        var told = new List<string>();
        foreach (var (route, method) in doors.Routes.SelectMany(Methods).Where(static one => one.Method == "GET" && !HasId(one.Route) && Policy(one.Route).Door != Door.Open))
        {
            var (status, text) = await AskAsync(route, method, Nobody);
            if (status == 200 && B.Ids.FirstOrDefault(id => text.Contains(id, StringComparison.Ordinal)) is { } found)
            {
                told.Add($"{route.RoutePattern.RawText} tells {found}");
            }
        }

        Assert.Empty(told);
    }

    [Fact]
    public async Task SEC_15_Alerts_are_told_to_whom_they_are_about()
    {
        foreach (var path in (string[])["/api/alerts", "/alerts"])
        {
            var (status, text) = await SendAsync(HttpMethod.Get, path, null);
            Assert.Equal(200, status);
            Assert.Contains("Trouble with alpha", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Trouble with beta", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SEC_15_An_id_of_B_in_a_body_leads_nowhere_either()
    {
        var before = doors.World.Incidents;
        var seen = Candor.Admin.Incidents.Seen.Of(before[A.Incident]);
        Assert.Equal(404, (await PostFormAsync($"/incidents/{A.Incident}/merge", ("into", B.Incident.Value), ("body", ""), ("seen", seen))).Status);
        Assert.Equal(404, (await PostFormAsync($"/incidents/{A.Incident}/merge", ("into", Nobody), ("body", ""), ("seen", seen))).Status);
        Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/api/incidents", """{"title":"x","body":"y","components":[{"component":"beta00000001","status":"major_outage"}]}""")).Status);
        Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/api/incidents", $$"""{"title":"x","body":"y","components":[{"component":"{{Nobody}}","status":"major_outage"}]}""")).Status);
        Assert.Same(before, doors.World.Incidents);
    }

    [Fact]
    public async Task What_is_As_own_is_there_on_the_same_routes()
    {
        var there = 0;
        foreach (var (route, method) in Guarded().Where(static one => one.Method == "GET"))
        {
            foreach (var id in A.Ids)
            {
                there += (await AskAsync(route, method, id)).Status == 200 ? 1 : 0;
            }
        }

        // Incidents and their postmortems, components, maintenances: by all three interfaces.
        Assert.True(there >= 15, $"Only {there} requests about A's own were answered.");
    }

    /// <summary>Statuses that say that it is not there, or that the whole route is not for anybody who is limited.</summary>
    private static bool IsMissing(RouteEndpoint route, int status) =>
        status == 404 || (status == 403 && ActRule.Of(Policy(route).Needs!.Value) is { IsWhole: true } or { Scope: null });

    private IEnumerable<(RouteEndpoint Route, string Method)> Guarded() =>
        doors.Routes.Where(static route => Policy(route).Door != Door.Open && HasId(route)).SelectMany(Methods);

    private static IEnumerable<(RouteEndpoint Route, string Method)> Methods(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(static method => method != "HEAD").Select(method => (route, method));

    private static bool HasId(RouteEndpoint route) => route.RoutePattern.Parameters.Any(static one => one.Name != "page_id" && !one.IsCatchAll);

    private static AccessPolicy Policy(RouteEndpoint route) => route.Metadata.GetMetadata<AccessPolicy>()!;

    /// <summary>The answer, with what was asked for taken out of it.</summary>
    private async Task<(int Status, string Text)> AskAsync(RouteEndpoint route, string method, string id)
    {
        var path = route.RoutePattern.Parameters.Aggregate(route.RoutePattern.RawText!, (filled, one) => filled
            .Replace($"{{{one.Name}}}", one.Name == "page_id" ? doors.World.Page.Id : id, StringComparison.Ordinal)
            .Replace($"{{{one.Name}:int}}", "1", StringComparison.Ordinal));
        var (status, text) = Policy(route).Door == Door.Session && method is ("POST" or "PATCH")
            ? await FromOurPageAsync(new(method), path)
            : await SendAsync(new(method), path, method is "GET" or "DELETE" ? null : BodyFor(path));
        return (status, text.Replace(id, "…", StringComparison.Ordinal));
    }

    /// <summary>A body that the route takes, so that what is refused is the id.</summary>
    private static string BodyFor(string path)
    {
        var plain = path.Replace(".json", "", StringComparison.Ordinal);
        return plain.StartsWith("/api/", StringComparison.Ordinal) ? plain.Split('/') is [_, _, "incidents", _] ? """{"title":"x"}""" : """{"body":"x"}"""
            : plain.Contains("/incident_updates/", StringComparison.Ordinal) ? """{"incident_update":{"body":"x"}}"""
            : plain.Contains("/postmortem", StringComparison.Ordinal) ? plain.EndsWith("/postmortem", StringComparison.Ordinal) ? """{"postmortem":{"body_draft":"## Summary\n\nx"}}""" : """{"postmortem":{}}"""
            : plain.Contains("/incidents/", StringComparison.Ordinal) ? """{"incident":{"body":"x"}}"""
            : """{"component":{"status":"major_outage"}}""";
    }

    private async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(doors.Operators, path));
        request.Headers.Authorization = new("Bearer", tokens[asked++ % tokens.Count]);
        request.Headers.Add("Cookie", $"{SessionCookie.Plain}={cookie}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await AnswerAsync(request);
    }

    private Task<(int Status, string Text)> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        FromOurPageAsync(HttpMethod.Post, path, fields);

    private async Task<(int Status, string Text)> FromOurPageAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(doors.Operators, path));
        request.Headers.Add("Cookie", $"{SessionCookie.Plain}={cookie}");
        request.Headers.Add("Origin", doors.Operators.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("X-Candor-Form", SessionCookie.FormToken(cookie));
        request.Content = new FormUrlEncodedContent(fields.Select(static one => KeyValuePair.Create(one.Name, one.Value)));
        return await AnswerAsync(request);
    }

    private async Task<(int Status, string Text)> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await doors.Http.SendAsync(request, Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>A component and one of everything that can be about it.</summary>
    private sealed record Party(ComponentId Component, string Letter)
    {
        public IncidentId Incident => new($"{Letter}incident0001"[..12]);

        public IEnumerable<string> Ids =>
        [
            Component.Value, Incident.Value, UpdateIds.Of(Incident, 1), $"{Letter}planned00001"[..12], $"{Letter}series000001"[..12], $"{Letter}told00000001"[..12],
        ];

        public IEnumerable<Event> Facts
        {
            get
            {
                var by = Actor.Person("carol0000000");
                var plan = new MaintenancePlan($"{Letter} is moved", Cast.Now.AddDays(1), Cast.Now.AddDays(1).AddHours(1), [Component]);
                var affected = new Affected(Component, ComponentStatus.MajorOutage);
                return Steps.InOrder(
                    World.Empty with { Components = World.Empty.Components.Add(Component, new(new(Component, Letter, null, 0), Cast.Now, Cast.Now)) },
                    world => IncidentDecisions.Open(world, Cast.Now, by, Incident, new($"{Letter} is away", "Looking.", IncidentStatus.Resolved, [affected])),
                    world => PostmortemDecisions.Draft(world, Cast.Now, by, Incident, PostmortemText.Cut("## Summary\n\nIt broke.")),
                    world => MaintenanceDecisions.Schedule(world, Cast.Now, by, new($"{Letter}planned00001"[..12]), new(plan, "Soon.")),
                    world => MaintenanceDecisions.ScheduleSeries(world, Cast.Now, by, new($"{Letter}series000001"[..12]), new(
                        "FREQ=WEEKLY", new(2026, 12, 1, 9, 0, 0), "UTC", TimeSpan.FromHours(1), plan, "Again.")),
                    world => SubscriberDecisions.Join(world, Cast.Now, new($"{Letter}told00000001"[..12]), new("webhook") { Components = [Component] }, confirmed: true, by)).Events;
            }
        }
    }
}
