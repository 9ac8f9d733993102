using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Candor.Commands;
using Candor.Commands.Imports;
using Candor.Importing;
using Candor.Testing;
using Candor.Tests.Contracts;

namespace Candor.Tests.Commands;

public sealed class StatuspageFetchTests : IDisposable
{
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Answers answers = new();

    public void Dispose() => answers.Dispose();

    [Fact]
    public async Task Past_the_newest_fifty_the_history_is_walked_and_nothing_is_fetched_twice()
    {
        var newest = Enumerable.Range(0, 50).Select(i => Incident($"new{i}")).ToList();
        answers.Add("/api/v2/summary.json", $$"""{ {{Page}}, "components": [], "incidents": [], "scheduled_maintenances": [] }""");
        answers.Add("/api/v2/components.json", $$"""{ {{Page}}, "components": [ { "id": "c", "name": "API", "status": "operational" } ] }""");
        answers.Add("/api/v2/incidents.json", $$"""{ {{Page}}, "incidents": [ {{string.Join(',', newest)}} ] }""");
        answers.Add("/history.json?page=1", """{ "months": [ { "incidents": [ { "code": "new1" }, { "code": "old1" } ] } ] }""");
        answers.Add("/history.json?page=2", """{ "months": [ { "incidents": [ { "code": "old1" }, { "code": "old2" } ] } ] }""");
        answers.Add("/incidents/old1.json", Incident("old1"));
        answers.Add("/incidents/old2.json", Incident("old2"));

        var files = await StatuspageFetch.PublicAsync(Pages(null), new("https://status.example.com"), TestContext.Current.CancellationToken);
        var read = ImportSources.Read(files).Imported!;

        Assert.Equal(52, read.Incidents.Length);
        Assert.Single(read.Components);
        Assert.All(answers.Asked.CountBy(a => a), a => Assert.Equal(1, a.Value));
    }

    [Fact]
    public async Task Management_lists_are_paged_with_the_key()
    {
        answers.Add("/v1/pages/p", """{ "id": "p", "name": "Heron", "subdomain": "heron", "time_zone": "UTC" }""");
        answers.Add("/v1/pages/p/components?page=1&per_page=100", $"[{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{ "id": "c{{i}}", "page_id": "p", "name": "C{{i}}", "status": "operational" }"""))}]");
        answers.Add("/v1/pages/p/components?page=2&per_page=100", """[ { "id": "last", "page_id": "p", "name": "Last", "status": "operational" } ]""");
        answers.Add("/v1/pages/p/component-groups?page=1&per_page=100", "[]");
        answers.Add("/v1/pages/p/incidents?page=1&limit=100", $"[{Incident("i")}]");

        var files = await StatuspageFetch.ManagedAsync(Pages(new("OAuth", "geheim")), new("https://api.example.com/v1/"), "p", TestContext.Current.CancellationToken);
        var read = ImportSources.Read(files).Imported!;

        Assert.Equal((101, 1, "Heron"), (read.Components.Length, read.Incidents.Length, read.PageName));
        Assert.All(answers.Keys, k => Assert.Equal("OAuth geheim", k));
    }

    [Fact]
    public async Task A_key_does_not_follow_to_another_host()
    {
        answers.Add("/a", "", HttpStatusCode.Found, "https://elsewhere.example.net/b");
        answers.Add("/b", "{}");

        await Pages(new("OAuth", "geheim")).FetchAsync(new("https://api.example.com/a"), TestContext.Current.CancellationToken);

        Assert.Equal(["OAuth geheim", null], answers.Keys);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://elsewhere.example.net/b")]
    [InlineData("gopher://x/")]
    public async Task A_redirect_never_leads_off_the_secured_web(string location)
    {
        answers.Add("/a", "", HttpStatusCode.Found, location);

        var fault = await Assert.ThrowsAsync<CommandFault>(() => Pages(null).FetchAsync(new("https://api.example.com/a"), TestContext.Current.CancellationToken));

        Assert.Contains("not followed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_says_so_and_what_is_missing_is_null()
    {
        answers.Add("/secret", "", HttpStatusCode.Forbidden);

        await Assert.ThrowsAsync<CommandFault>(() => Pages(null).FetchAsync(new("https://api.example.com/secret"), TestContext.Current.CancellationToken));
        Assert.Null(await Pages(null).FetchAsync(new("https://api.example.com/none"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fetch_that_broke_off_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        answers.Add("/a", "{}");
        var kept = new KeptAnswers(Path.Combine(folder.Path, "kept"));
        await Pages(null, kept).FetchAsync(new("https://api.example.com/a"), TestContext.Current.CancellationToken);

        var again = await Pages(null, kept).FetchAsync(new("https://api.example.com/a"), TestContext.Current.CancellationToken);

        Assert.Equal("{}", again!.Text);
        Assert.Equal(["/a"], answers.Asked);
        await Pages(null, kept).FetchAsync(new("https://api.example.com/a?page=2"), TestContext.Current.CancellationToken);
        Assert.Equal(["/a", "/a?page=2"], answers.Asked);
    }

    private const string Page = """ "page": { "id": "abcdefghijkl", "name": "Heron" } """;

    private static string Incident(string id) =>
        $$"""{ "id": "{{id}}", "name": "Incident {{id}}", "status": "resolved", "incident_updates": [ { "status": "resolved", "body": "Over.", "display_at": "2024-03-01T10:00:00Z" } ] }""";

    private WebPages Pages(AuthenticationHeaderValue? key, KeptAnswers? kept = null) =>
        new(new HttpMessageInvoker(answers), time, key, TimeSpan.Zero) { Kept = kept };

    /// <summary>Answers from a list, and remembers what was asked with which key.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        private readonly Dictionary<string, (HttpStatusCode Code, string Body, string? Location)> known = [];

        public List<string> Asked { get; } = [];

        public List<string?> Keys { get; } = [];

        public void Add(string path, string body, HttpStatusCode code = HttpStatusCode.OK, string? location = null) => known[path] = (code, body, location);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.PathAndQuery);
            Keys.Add(request.Headers.Authorization?.ToString());
            var (code, body, location) = known.GetValueOrDefault(request.RequestUri.PathAndQuery, (HttpStatusCode.NotFound, "", null));
            var answer = new HttpResponseMessage(code) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            if (location is not null)
            {
                answer.Headers.Location = new(location);
            }

            return Task.FromResult(answer);
        }
    }
}
