using System.Text;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Tests.Pages.AsOf;

public sealed class PastAnswersTests : IAsyncDisposable
{
    private readonly PublisherRig live = new PublisherRig().Started();
    private readonly PastRig rig = new PastRig();
    private readonly PageServer server;

    public PastAnswersTests()
    {
        rig.Facts.Commit(MadeUpWorld.Start, MadeUpWorld.Facts());
        rig.Facts.Commit(MadeUpWorld.Start.AddMinutes(10), MadeUpWorld.Down(MadeUpWorld.Mail, MadeUpWorld.Start.AddMinutes(9)));
        server = new(live.Publisher, new LiveStreams(live.Time, LiveLimits.Default), live.Time) { Past = new(rig.Pages, rig.Time) };
    }

    public async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        live.Dispose();
    }

    [Fact]
    public async Task Every_page_can_be_had_as_it_was_with_its_links_and_its_headers()
    {
        rig.Started();
        foreach (var path in live.Publisher.Edition.Front.Keys.Where(PublicRoutes.HasPast))
        {
            var answer = await AskAsync(path, "?at=2026-03-01T09:05Z");
            Assert.Equal(path == "/404" ? 404 : 200, answer.Response.StatusCode);
            Assert.Equal("noindex", answer.Response.Headers["X-Robots-Tag"]);
            Assert.Equal("Sun, 01 Mar 2026 09:05:00 GMT", answer.Response.Headers["Memento-Datetime"]);
            Assert.Equal(path == "/404" ? Caching.Never : Caching.OfPast, answer.Response.Headers.CacheControl);
        }

        var page = Body(await AskAsync("/", "?utm=x&at=2026-03-01T09:05Z"));
        Assert.Contains("This is the page as it was on", page, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"bookmark\" href=\"/\">Back to now</a>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/history?at=2026-03-01T09:05Z\"", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\">", page, StringComparison.Ordinal);
        Assert.Contains("All 3 services work", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Last verified", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_parameter_or_for_what_never_changes_the_present_is_served()
    {
        // The loop of the past does not even run.
        foreach (var (path, query) in ((string, string)[])[("/", "?x=1"), ("/", ""), ("/widget.js", "?at=2026-03-01T09:05Z"), ("/robots.txt", "?at=x")])
        {
            var answer = await AskAsync(path, query);
            Assert.Equal(200, answer.Response.StatusCode);
            Assert.Empty(answer.Response.Headers["Memento-Datetime"].ToString());
        }

        Assert.Equal(404, (await AskAsync("/wp-login.php", "?at=2026-03-01T09:05Z")).Response.StatusCode);
        Assert.Equal(405, (await AskAsync("/", "?at=2026-03-01T09:05Z", "POST")).Response.StatusCode);
    }

    [Theory]
    [InlineData("?at=")]
    [InlineData("?at=nonsense")]
    [InlineData("?at=2999-01-01T00:00Z")]
    [InlineData("?at=2026-03-01&at=2026-03-02")]
    [InlineData("?at=%00")]
    [InlineData("?at=%3Cscript%3E")]
    [InlineData("?AT=x")]
    public async Task Nonsense_and_the_future_are_refused_before_anything_is_done(string query)
    {
        var answer = await AskAsync("/", query);
        Assert.Equal(400, answer.Response.StatusCode);
        Assert.Equal(Caching.Never, answer.Response.Headers.CacheControl);
        Assert.StartsWith("text/plain", answer.Response.ContentType, StringComparison.Ordinal);
        Assert.EndsWith(".\n", Body(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("script", Body(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_at_once_are_told_when_to_come_back_and_the_present_page_is_not_touched()
    {
        var asked = Enumerable.Range(0, 2_000).Select(n => AskAsync("/", $"?at=2026-03-01T{9 + (n / 3600):00}:{n / 60 % 60:00}:{n % 60:00}Z")).ToList();
        var waiting = asked.Where(task => !task.IsCompleted).ToList();
        var refused = await Task.WhenAll(asked.Except(waiting));
        Assert.Equal(PastLimits.Default.WaitingMax, waiting.Count);
        Assert.All(refused, answer => Assert.Equal((503, "2"), (answer.Response.StatusCode, answer.Response.Headers.RetryAfter.ToString())));

        // Answered at once, although nobody works on the past.
        var present = AskAsync("/", "");
        Assert.True(present.IsCompletedSuccessfully);
        Assert.Equal(200, (await present).Response.StatusCode);
        rig.Started();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(200, answer.Response.StatusCode));
    }

    [Fact]
    public async Task HEAD_has_no_body_and_a_known_tag_is_answered_with_304()
    {
        rig.Started();
        var get = await AskAsync("/status.json", "?at=2026-03-01T09:05Z");
        var head = await AskAsync("/status.json", "?at=2026-03-01T09:05Z", "HEAD");
        Assert.Equal(get.Response.Headers.ETag, head.Response.Headers.ETag);
        Assert.Empty(Body(head));
        var again = await AskAsync("/status.json", "?at=2026-03-01T09:05Z", "GET", get.Response.Headers.ETag.ToString());
        Assert.Equal(304, again.Response.StatusCode);
        Assert.Contains("\"past\":true", Body(get).Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<HttpContext> AskAsync(string path, string query, string method = "GET", string? tag = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = path + query;
        context.Request.QueryString = new(query);
        context.Response.Body = new MemoryStream();
        context.Request.Headers.IfNoneMatch = tag;
        await server.ServeAsync(context, static passedOn =>
        {
            passedOn.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await context.Response.CompleteAsync();
        return context;
    }

    private static string Body(HttpContext answer) => Encoding.UTF8.GetString(((MemoryStream)answer.Response.Body).ToArray());
}
