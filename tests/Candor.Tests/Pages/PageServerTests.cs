using System.Text;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Tests.Pages;

public sealed class PageServerTests : IDisposable
{
    private readonly PublisherRig rig = new PublisherRig().Started();
    private readonly PageServer server;

    public PageServerTests() => server = new(rig.Publisher, new LiveStreams(rig.Time, LiveLimits.Default), rig.Time);

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("BR;Q=0.5", "br")]
    [InlineData("*", "br")]
    [InlineData("*;q=0", "")]
    [InlineData("br;q=0.000,gzip;q=0", "")]
    [InlineData("identity", "")]
    [InlineData("xbr, gzipped", "")]
    [InlineData(null, "")]
    public async Task The_encoding_is_one_that_the_client_takes(string? accepted, string chosen)
    {
        var answer = await AskAsync("/", ("Accept-Encoding", accepted));
        Assert.Equal(200, answer.Response.StatusCode);
        Assert.Equal(chosen, answer.Response.Headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", answer.Response.Headers.Vary);
        Assert.Equal(answer.Response.ContentLength, Body(answer).Length);
    }

    [Fact]
    public async Task Each_encoding_has_a_strong_tag_of_its_own_and_matches_only_that()
    {
        var brotli = (await AskAsync("/", ("Accept-Encoding", "br"))).Response.Headers.ETag.ToString();
        var plain = (await AskAsync("/")).Response.Headers.ETag.ToString();
        Assert.NotEqual(brotli, plain);
        foreach (var header in (string[])[brotli, $"W/{brotli}", $"\"x\", {brotli}", "*"])
        {
            var same = await AskAsync("/", ("Accept-Encoding", "br"), ("If-None-Match", header));
            Assert.Equal(304, same.Response.StatusCode);
            Assert.Equal(brotli, same.Response.Headers.ETag);
            Assert.Empty(Body(same));
        }

        Assert.Equal(200, (await AskAsync("/", ("Accept-Encoding", "br"), ("If-None-Match", plain))).Response.StatusCode);
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now));
        Assert.Equal(200, (await AskAsync("/", ("Accept-Encoding", "br"), ("If-None-Match", brotli))).Response.StatusCode);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        foreach (var path in (string[])["/", "/api/v2/components.json", "/history.atom"])
        {
            var (get, head) = (await AskAsync(path), await AskAsync("HEAD", path));
            Assert.Equal(200, head.Response.StatusCode);
            Assert.Empty(Body(head));
            Assert.Equal(get.Response.ContentLength, head.Response.ContentLength);
            Assert.Equal(get.Response.Headers.ETag, head.Response.Headers.ETag);
        }
    }

    [Fact]
    public async Task Programs_may_read_from_any_origin_and_may_write_nowhere()
    {
        foreach (var path in (string[])["/status.json", "/api/v2/summary.json", "/badge.svg", "/feed.rss"])
        {
            Assert.Equal("*", (await AskAsync(path)).Response.Headers.AccessControlAllowOrigin);
            Assert.Equal(405, (await AskAsync("POST", path)).Response.StatusCode);
            Assert.Equal(204, (await AskAsync("OPTIONS", path)).Response.StatusCode);
        }

        Assert.Empty((await AskAsync("/")).Response.Headers.AccessControlAllowOrigin.ToString());
    }

    [Fact]
    public async Task Subscribing_is_refused_in_words_that_a_program_understands()
    {
        foreach (var method in (string[])["POST", "DELETE"])
        {
            var answer = await AskAsync(method, "/api/v2/subscribers.json");
            Assert.Equal(422, answer.Response.StatusCode);
            Assert.Contains("\"error\":\"Subscribing is not available", Encoding.UTF8.GetString(Body(answer)), StringComparison.Ordinal);
        }

        Assert.Equal(405, (await AskAsync("/api/v2/subscribers.json")).Response.StatusCode);
    }

    [Fact]
    public async Task SEC_08_Every_answer_forbids_inline_script_and_sniffing()
    {
        foreach (var path in rig.Publisher.Edition.Front.Keys.Append("/nowhere"))
        {
            var headers = (await AskAsync(path)).Response.Headers;
            Assert.Equal("nosniff", headers.XContentTypeOptions);
            Assert.DoesNotContain("unsafe", headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty(headers.CacheControl.ToString());
        }
    }

    [Fact]
    public async Task The_query_is_ignored() =>
        Assert.Equal(200, (await AskAsync("/?x=../../etc/passwd&y=%00<script>")).Response.StatusCode);

    [Fact]
    public async Task SEC_19_No_spelling_of_a_way_out_leads_anywhere()
    {
        var spellings = Traversals().Distinct().ToList();
        Assert.True(spellings.Count >= 500, $"{spellings.Count}");
        foreach (var path in spellings)
        {
            var answer = await AskAsync(path);
            Assert.True(answer.Response.StatusCode == 404, $"{path}: {answer.Response.StatusCode}");
        }
    }

    [Fact]
    public async Task SEC_37_Redirects_lead_only_to_pages_of_ours()
    {
        var known = await AskAsync("/history/");
        Assert.Equal((308, "/history"), (known.Response.StatusCode, known.Response.Headers.Location.ToString()));
        string[] tricks =
        [
            "//evil.test/", "///evil.test/", "/\\evil.test/", "/%5cevil.test/", "/%2f%2fevil.test/", "//evil.test/%2e%2e/", "/\t/evil.test/",
            "/evil.test//", "//history/", "/history//", "/http://evil.test/", "/.evil.test/", "/@evil.test/", "/%0d%0aLocation:%20//evil.test/",
        ];
        foreach (var path in tricks)
        {
            var answer = await AskAsync(path);
            Assert.True(answer.Response.StatusCode == 404, $"{path}: {answer.Response.StatusCode}");
            Assert.Empty(answer.Response.Headers.Location.ToString());
        }
    }

    [Fact]
    public async Task What_nobody_knows_is_a_real_404_with_a_page()
    {
        var answer = await AskAsync("/nowhere");
        Assert.Equal(404, answer.Response.StatusCode);
        Assert.Contains("<html", Encoding.UTF8.GetString(Body(answer)), StringComparison.Ordinal);
        Assert.Equal(404, (await AskAsync("/api/v2/nothing.json")).Response.StatusCode);
        Assert.Equal(404, (await AskAsync("/incidents/nosuchthing0")).Response.StatusCode);
    }

    [Fact]
    public async Task Before_the_first_edition_readers_are_told_to_come_back()
    {
        using var fresh = new PublisherRig();
        var starting = new PageServer(fresh.Publisher, new LiveStreams(fresh.Time, LiveLimits.Default), fresh.Time);
        var answer = await AskAsync(starting, "GET", "/");
        Assert.Equal(503, answer.Response.StatusCode);
        Assert.Equal("2", answer.Response.Headers.RetryAfter);
        Assert.Equal(404, (await AskAsync(starting, "GET", "/wp-login.php")).Response.StatusCode);
    }

    [Fact]
    public async Task Whatever_is_asked_for_is_counted()
    {
        var publications = new Publications(new(null, rig.Publisher, new(rig.Time, LiveLimits.Default)));
        var counting = new PageServer(publications, rig.Time);

        await AskAsync(counting, "GET", "/");
        await AskAsync(counting, "GET", "/nowhere");

        Assert.Equal(2, publications.Readings);
    }

    [Fact]
    public void Every_page_has_a_line_in_the_table_of_routes() =>
        Assert.All(rig.Publisher.Edition.Front.Keys, path => Assert.NotNull(PublicRoutes.Covering(path)));

    private static IEnumerable<string> Traversals()
    {
        string[] dots = ["..", "%2e%2e", "%2E%2E", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "....", "..;", "%u002e%u002e", "..%00", "．．"];
        string[] slashes = ["/", "%2f", "%5c", "\\", "%252f", "%c0%af", "//", "/./", "%ef%bc%8f"];
        string[] targets = ["etc/passwd", "candor.yaml", "data/journal.db"];
        string[] starts = ["/", "/assets/", "/incidents/"];
        return
        [
            .. from start in starts from dot in dots from slash in slashes from target in targets
               select start + dot + slash + dot + slash + target,
            "/..", "/../", "/.", "/./", "/%2e", "/history/..", "/history/../", "/%2e%2e/", "/;/", "/%00", "/ ", "/index.html", 
            "/badge.svg%00.html", "/status.json/..", "/%73tatus.json", "/STATUS.JSON", "/assets", "/assets/", "/assets/../status.json",
        ];
    }

    private Task<HttpContext> AskAsync(string path, params (string Name, string? Value)[] headers) => AskAsync(server, "GET", path, headers);

    private Task<HttpContext> AskAsync(string method, string path) => AskAsync(server, method, path);

    private static async Task<HttpContext> AskAsync(
        PageServer server, string method, string target, params (string Name, string? Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.Response.Body = new MemoryStream();
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            context.Request.Headers[name] = value;
        }

        // Where the pages pass on, routing would find nothing.
        await server.ServeAsync(context, c =>
        {
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await context.Response.CompleteAsync();
        return context;
    }

    private static byte[] Body(HttpContext context) => ((MemoryStream)context.Response.Body).ToArray();
}
