using System.Text;
using AngleSharp.Html.Parser;
using Candor.Access;
using Candor.Admin;
using Candor.Journal;
using Candor.Languages;
using Candor.Notices.Subscribers;
using Candor.Pages.Html;
using Candor.State;
using Candor.Subscribing;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Languages;

/// <summary>What is written for one reader: a subscription, the way in, and why something was refused.</summary>
public sealed class GermanFormsTests
{
    private static readonly World World = GermanBriefs.Of("open-told").World;
    private static readonly Page Its = World.Page;
    private static readonly Contact Contact = new("ops@heron.example") { SigningKeys = ["whsec_abc"] };

    private static readonly Subscriber Told = new(new("sub000000001"), 1, new("email"), DateTimeOffset.UnixEpoch) { ConfirmedAt = DateTimeOffset.UnixEpoch };

    private static readonly Reminder Due = new(Topic.Of(new IncidentId("now000000001")), ReminderCause.Promise, DateTimeOffset.UnixEpoch);

    private static readonly Dictionary<string, Func<ReaderPageView>> Pages = new()
    {
        ["asked"] = () => SubscriptionViews.Asked(Its),
        ["again"] = () => SubscriptionViews.Again(World, new SubscribeFields("email")),
        ["again-chat"] = () => SubscriptionViews.Again(World, new SubscribeFields("slack") { Incident = "now000000001" }),
        ["starting"] = () => SubscriptionViews.Starting(Its),
        ["pause"] = () => SubscriptionViews.Pause(Its),
        ["over"] = () => SubscriptionViews.Over(Its),
        ["acknowledged"] = () => SubscriptionViews.Acknowledged(Its),
        ["reminder"] = () => SubscriptionViews.Reminder(Its, World, Due, "1", "link"),
        ["forgotten"] = () => SubscriptionViews.Forgotten(Its),
        ["blocked"] = () => SubscriptionViews.Blocked(Its),
        ["left"] = () => SubscriptionViews.Left(Its),
        ["leave"] = () => SubscriptionViews.Leave(Its, Contact.Address, "link"),
        ["told"] = () => SubscriptionViews.Manage(World, Told, Contact, "/subscriptions/link"),
        ["signed"] = () => SubscriptionViews.Manage(World, Told with { Wishes = new("webhook") }, Contact, "/subscriptions/link"),
        ["one"] = () => SubscriptionViews.Manage(
            World, Told with { Wishes = Told.Wishes with { OnlyIncidents = true, Incidents = [new("now000000001")] } }, Contact, "/subscriptions/link"),
        ["unconfirmed"] = () => SubscriptionViews.Manage(World, Told with { ConfirmedAt = null }, Contact, "/subscriptions/link"),
        ["gone"] = () => SubscriptionViews.Manage(World, Told with { LeftAt = DateTimeOffset.UnixEpoch }, Contact, "/subscriptions/link"),
    };

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_about_a_subscription_has_no_English_word(string name) =>
        await HasNone(context => ReaderPage.ShowAsync(context, Its, Pages[name]()));

    [Theory]
    [InlineData("nothing_left", "incidents", null)]
    [InlineData("no_time_zone", "time_zone", null)]
    [InlineData("access.origin", null, null)]
    [InlineData("form.type", null, null)]
    [InlineData("form.unreadable", null, null)]
    [InlineData("form.field", "components", null)]
    [InlineData("too_many", null, 12)]
    [InlineData("whatever.comes_later", null, null)]
    public async Task A_refusal_has_no_English_word(string code, string? field, int? seconds)
    {
        var refusal = new Refusal(code, "This is the sentence that programs read.", field);
        TimeSpan? wait = seconds is { } pause ? TimeSpan.FromSeconds(pause) : null;

        await HasNone(context => ReaderPage.RefuseAsync(context, Its, SubscriptionViews.Pause(Its), refusal, wait));
        Assert.Empty(EnglishWords.In(ReaderWords.In(Language.German).Refused(refusal, wait), []));
        Assert.Equal(refusal.Sentence, ReaderWords.In(Language.English).Refused(refusal, wait));
    }

    [Fact]
    public async Task The_way_in_has_no_English_word()
    {
        var words = ReaderWords.In(Language.German);
        ReaderView[] views =
        [
            ReaderViews.SignIn(words, shared: true, members: true, links: true, null), ReaderViews.Link(words, "secret", null, null),
            ReaderViews.Link(words, "secret", "ada@heron.example", null), ReaderViews.NoLink(words), ReaderViews.SignOut(words), ReaderViews.Again(words, words.LinkIsOver),
        ];
        foreach (var view in views)
        {
            await HasNone(context => ReaderPages.ShowAsync(context, Language.German, view));
        }
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8")]
    [InlineData("*/*", "application/problem+json")]
    [InlineData("application/json", "application/problem+json")]
    [InlineData(null, "application/problem+json")]
    public async Task A_form_that_cannot_be_read_is_answered_with_a_page_to_whoever_asks_for_one(string? accept, string type)
    {
        var shown = "";
        var context = new DefaultHttpContext { Request = { Headers = { Accept = accept } }, Response = { Body = new MemoryStream() } };
        context.SetEndpoint(new(null, new(PageRefusals.With((its, refusal) =>
        {
            shown = refusal.Code;
            its.Response.ContentType = "text/html; charset=utf-8";
            return Task.CompletedTask;
        })), null));

        await Refusals.AnswerAsync(context, 400, new("form.unreadable", "The form cannot be read."));

        Assert.Equal((400, type), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal(type.StartsWith("text/html", StringComparison.Ordinal) ? "form.unreadable" : "", shown);
    }

    private static async Task HasNone(Func<HttpContext, Task> show)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await show(context);
        var html = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        var page = await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);

        Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
        Assert.Empty(EnglishWords.In(page, PeoplesWords.In(GermanBriefs.Of("open-told"))));
    }
}
