using System.Text;
using Candor.Languages;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Node;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>The way out of a mirror's mails: the button of the page or of a mail program, in the page's language.</summary>
public sealed class LeavingEndpointsTests
{
    private const string Link = "ada000000000.00ff";

    private static readonly Bulletin Word = new(
        "4f8k2n6p9q1s", "4f8k2n6p9q1s", MadeUpWorld.Start, IncidentStatus.Investigating, "Everything is down", "We lost our account.");

    private readonly TellingBook book;

    public LeavingEndpointsTests()
    {
        book = new(new MemoryDisk(), "", new ManualTimeProvider(MadeUpWorld.Start.AddHours(1)));
        book.Begin(Word, 1, "https://status.example.net/");
        book.Note(Word.Id, Link, TellingOutcome.Told);
    }

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("POST", "", 422)]
    [InlineData("POST", "List-Unsubscribe=No", 422)]
    public async Task Nothing_ends_it_but_the_button(string method, string body, int status)
    {
        var (answered, page) = await AskAsync(Link, method, body, Language.English);

        Assert.Equal(status, answered);
        Assert.Contains("name=\"List-Unsubscribe\" value=\"One-Click\"", page, StringComparison.Ordinal);
        Assert.Empty(book.Leavers);

        Assert.Equal(200, (await AskAsync(Link, "POST", "List-Unsubscribe=One-Click", Language.English)).Status);
        Assert.Equal(Link, Assert.Single(book.Leavers).Link);
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_told_where_else_it_may_lead_however_it_was_sent() =>
        Assert.Equal(404, (await AskAsync("bob000000000.00ff", "POST", "", Language.English)).Status);

    [Theory]
    [InlineData("en", "No more mails?")]
    [InlineData("de", "Keine Nachrichten mehr?")]
    public async Task It_speaks_as_the_page_does_whatever_the_browser_asks_for(string tag, string title)
    {
        var (_, page) = await AskAsync(Link, "GET", "", Language.Of(tag));

        Assert.Contains($"<html lang=\"{tag}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Page)> AskAsync(string link, string method, string body, Language language)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.AcceptLanguage = "en, de";
        context.Request.RouteValues["link"] = link;
        if (body.Length > 0)
        {
            context.Request.ContentType = "application/x-www-form-urlencoded";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await LeavingEndpoints.AnswerAsync(context, book, new("https://status.example.com/"), language);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
