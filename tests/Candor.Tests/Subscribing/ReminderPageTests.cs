using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Candor.State;
using Candor.State.Incidents;
using Candor.Subscribing;
using Candor.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Candor.Tests.Subscribing;

/// <summary>What a responder finds behind the link of a reminder.</summary>
public sealed class ReminderPageTests
{
    private static readonly Topic Trouble = Topic.Of(new IncidentId("incident0001"));

    [Fact]
    public async Task Its_button_sends_all_that_the_link_names()
    {
        var world = Reminded("Homepage is down");
        var reminder = world.Reminders[Trouble];

        var form = (await ShownAsync(world)).QuerySelector("form.ask")!;

        var (path, query) = form.GetAttribute("action")!.Split('?') is [var before, var behind] ? (before, behind) : ("", "");
        var sent = QueryHelpers.ParseQuery(query);
        Assert.Equal("/acknowledge/link", path);
        Assert.Equal((2, Trouble.Value, reminder.Occasion), (sent.Count, sent["of"].ToString(), sent["occasion"].ToString()));
    }

    [Fact]
    public async Task It_names_the_incident_and_what_is_due_but_not_what_is_for_some_readers_only()
    {
        Assert.Equal(
            "Nothing has been said for long about “Homepage is down”, which is open.",
            (await ShownAsync(Reminded("Homepage is down"))).QuerySelector(".lead")!.TextContent);
        Assert.Equal(
            "Nothing has been said for long about an incident that is open.",
            (await ShownAsync(Reminded("Vault is open", onlyFor: "staff"))).QuerySelector(".lead")!.TextContent);
    }

    private static World Reminded(string title, params string[] onlyFor)
    {
        var opened = MadeUpWorld.Opened("incident0001", MadeUpWorld.Start.AddHours(1), title, MadeUpWorld.Homepage) with { OnlyFor = [.. onlyFor] };
        var world = MadeUpWorld.Well().After(
            new SubscriberJoined(MadeUpWorld.Start, new("ada000000000"), new("email") { Reminders = true }, Confirmed: true), opened);
        return world.After(ReminderClock.Due(world, MadeUpWorld.Start.AddHours(5)));
    }

    private static async Task<IHtmlDocument> ShownAsync(World world)
    {
        var reminder = world.Reminders[Trouble];
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await ReaderPage.ShowAsync(context, world.Page, SubscriptionViews.Reminder(world.Page, world, reminder, reminder.Occasion, "link"));
        return await new HtmlParser().ParseDocumentAsync(Encoding.UTF8.GetString(body.ToArray()), TestContext.Current.CancellationToken);
    }
}
