using System.Text;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Pages;

/// <summary>What readers get before the first page was made: "starting", and nothing that could be wrong.</summary>
public sealed class FirstMomentTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/enter/abcdefghijkl")]
    [InlineData("/components/vaultvault00")]
    [InlineData("/status.json")]
    public async Task Without_any_page_whatever_may_be_there_is_starting(string path)
    {
        using var rig = new PublisherRig();

        Assert.Equal((503, "2"), await AskAsync(rig, path));
        Assert.Equal((404, ""), await AskAsync(rig, "/wp-login.php"));
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/sign-in", 503)]
    [InlineData("/enter/abcdefghijkl", 503)]
    [InlineData("/components/vaultvault00", 503)]
    [InlineData("/nowhere", 404)]
    [InlineData("/enter/a/b", 404)]
    public async Task With_the_last_known_pages_what_may_be_there_is_starting(string path, int status)
    {
        using var first = new PublisherRig().Started();
        using var second = new PublisherRig();
        second.Disk.Files["pages.snapshot"] = first.Disk.Files["pages.snapshot"];
        second.Publisher.Restore();

        Assert.Equal(status, (await AskAsync(second, path)).Status);
        second.Started();
        Assert.Equal(path == "/" ? 200 : 404, (await AskAsync(second, path)).Status);
    }

    [Theory]
    [InlineData("en", "/", "<html lang=\"en\">", "This status page is starting")]
    [InlineData("de", "/", "<html lang=\"de\">", "Diese Statusseite startet gerade")]
    [InlineData("de", "/wp-login.php", "<html lang=\"de\">", "Unter dieser Adresse gibt es keine Seite")]
    public async Task Without_any_page_it_speaks_as_the_settings_have_it(string tag, string path, params string[] words)
    {
        using var rig = new PublisherRig();
        var server = new PageServer(rig.Publisher, new LiveStreams(rig.Time, LiveLimits.Default), rig.Time) { Speaks = () => Language.Of(tag) };
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = path }, Response = { Body = new MemoryStream() } };
        await server.ServeAsync(context, static _ => Task.CompletedTask);

        var said = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        Assert.All(words, word => Assert.Contains(word, said, StringComparison.Ordinal));
    }

    private static async Task<(int Status, string RetryAfter)> AskAsync(PublisherRig rig, string path)
    {
        var server = new PageServer(rig.Publisher, new LiveStreams(rig.Time, LiveLimits.Default), rig.Time);
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = path } };
        context.Response.Body = new MemoryStream();
        await server.ServeAsync(context, static _ => Task.CompletedTask);
        return (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString());
    }
}
