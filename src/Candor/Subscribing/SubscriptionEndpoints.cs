using Candor.Access;
using Candor.Admin;
using Candor.Journal;
using Candor.Languages;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing;

/// <summary>
/// What a link in a message leads to. A GET shows and changes nothing, whoever fetches it: mail scanners open every link. A
/// POST needs no page of ours, because the link itself is the right to it and no cookie counts.
/// </summary>
internal sealed class SubscriptionEndpoints(SubscriberDesk desk, TimeProvider time)
{
    private const long BodyBytesMax = 64 * 1024;
    private const string Open = "the link is the right to it; it went to the subscriber's address and nowhere else";
    private static readonly Refusal NothingLeft = new("nothing_left", "Nothing is left to be told of. Keep an incident, choose from the page, or end the subscription below.", "incidents");
    private static readonly BrakeRule OfSubscription = new(60, TimeSpan.FromSeconds(10));

    private readonly Brake brake = new(time);

    public void Map(IEndpointRouteBuilder routes)
    {
        var refusals = ReaderPage.RefusalsOf(desk);
        routes.MapReading("/subscriptions/{link}", context => ForAsync(context, LinkUse.Manage, ShowAsync)).OpenToAll(Open);
        routes.MapPost("/subscriptions/{link}", context => ForAsync(context, LinkUse.Manage, ChangeAsync)).OpenToAll(Open).RefusesWith(refusals).BodyAtMost(BodyBytesMax);
        routes.MapPost("/subscriptions/{link}/{act}", context => ForAsync(context, LinkUse.Manage, ActAsync)).OpenToAll(Open).RefusesWith(refusals).BodyAtMost(BodyBytesMax);
        routes.MapReading("/unsubscribe/{link}", context => ForAsync(context, LinkUse.Leave, ShowLeavingAsync)).OpenToAll(Open);

        routes.MapReading("/acknowledge/{link}", context => ForAsync(context, LinkUse.Acknowledge, ShowReminderAsync)).OpenToAll(Open);
        routes.MapPost("/acknowledge/{link}", context => ForAsync(context, LinkUse.Acknowledge, AcknowledgeAsync)).OpenToAll(Open).RefusesWith(refusals).BodyAtMost(BodyBytesMax);

        routes.MapPost("/unsubscribe/{link}", context => ForAsync(context, LinkUse.Leave, LeaveAsync)).OpenToAll(Open).RefusesWith(refusals).BodyAtMost(BodyBytesMax);
    }

    private async Task ForAsync(HttpContext context, LinkUse use, Func<HttpContext, Subscriber, Contact, Task> answer)
    {
        if (!desk.IsReady)
        {
            await ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Starting(desk.Page), StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (desk.Behind(LinkOf(context), use) is not var (subscriber, contact))
        {
            await ReaderPage.ShowAsync(context, desk.PageForStrangers, SubscriptionViews.Over(desk.PageForStrangers), StatusCodes.Status404NotFound);
            return;
        }

        if (!SameOrigin.IsSafe(context.Request.Method) && brake.Take((subscriber.Id.Value, OfSubscription)) is { } wait)
        {
            await ReaderPage.RefuseAsync(
                context, desk.Page, SubscriptionViews.Pause(desk.Page),
                new("too_many", $"That was pressed very often. It works again in {Language.English.Spans.Words(Waits.Said(wait))}."), wait);
            return;
        }

        try
        {
            await answer(context, subscriber, contact);
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException && !context.Response.HasStarted)
        {
            await ReaderPage.RefuseAsync(context, desk.Page, SubscriptionViews.Pause(desk.Page), SubscriptionViews.Unavailable, null);
        }
    }

    private Task ShowAsync(HttpContext context, Subscriber subscriber, Contact contact)
    {
        var said = SubscriptionWords.Of(desk.Page);
        var done = context.Request.Query["done"].ToString() switch
        {
            "confirmed" => said.Confirmed,
            "saved" => said.Saved,
            "link" => said.NewLink,
            "key" => said.NewKey,
            _ => null,
        };
        return ReaderPage.ShowAsync(context, desk.Page, ViewOf(subscriber, contact, LinkOf(context)) with { Done = subscriber.IsTold ? done : null });
    }

    private async Task ChangeAsync(HttpContext context, Subscriber subscriber, Contact contact)
    {
        if (await SentWishes.ReadAsync(context, subscriber.Wishes.Channel) is not { } sent)
        {
            return;
        }

        var wishes = sent.ToWishes(desk.World, subscriber.Wishes);
        if ((wishes is { OnlyIncidents: true, Incidents.IsEmpty: true } ? NothingLeft : await desk.ConfirmAsync(subscriber.Id, wishes, context.RequestAborted)) is { } refusal)
        {
            await ReaderPage.RefuseAsync(context, desk.Page, ViewOf(subscriber with { Wishes = wishes }, contact, LinkOf(context)), refusal, null);
            return;
        }

        Back(context, LinkOf(context), subscriber.IsTold ? "saved" : "confirmed");
    }

    private async Task ActAsync(HttpContext context, Subscriber subscriber, Contact contact)
    {
        var link = LinkOf(context);
        switch ((string)context.Request.RouteValues["act"]!)
        {
            case "confirm" when await desk.ConfirmAsync(subscriber.Id, subscriber.Wishes, context.RequestAborted) is var refusal:
                await AnswerAsync(context, refusal, () => Back(context, link, "confirmed"));
                break;
            case "leave" when await desk.LeaveAsync(subscriber.Id, context.RequestAborted) is var refusal:
                await AnswerAsync(context, refusal, () => Back(context, link, "left"));
                break;
            case "delete":
                await AnswerAsync(context, await desk.EraseAsync(subscriber.Id, by: null, context.RequestAborted), SubscriptionViews.Forgotten(desk.Page));
                break;
            case "block":
                await AnswerAsync(context, await desk.BlockAsync(subscriber, contact, context.RequestAborted), SubscriptionViews.Blocked(desk.Page));
                break;
            case "new-link":
                Back(context, (await desk.RenewLinkAsync(subscriber, contact, context.RequestAborted)).ToString(), "link");
                break;
            case "new-key" when subscriber.Wishes.Channel == "webhook":
                await desk.RenewKeyAsync(subscriber, contact, context.RequestAborted);
                Back(context, link, "key");
                break;
            default:
                await ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Over(desk.Page), StatusCodes.Status404NotFound);
                break;
        }
    }

    private Task ShowLeavingAsync(HttpContext context, Subscriber subscriber, Contact contact) =>
        ReaderPage.ShowAsync(context, desk.Page, subscriber.LeftAt is null ? LeaveView(subscriber, contact, LinkOf(context)) : SubscriptionViews.Left(desk.Page));

    private async Task LeaveAsync(HttpContext context, Subscriber subscriber, Contact contact)
    {
        if (!await OneClick.IsSaidAsync(context))
        {
            await ReaderPage.RefuseAsync(context, desk.Page, LeaveView(subscriber, contact, LinkOf(context)), OneClick.NotSaid, null);
            return;
        }

        await AnswerAsync(context, await desk.LeaveAsync(subscriber.Id, context.RequestAborted), SubscriptionViews.Left(desk.Page));
    }

    private ReaderPageView LeaveView(Subscriber subscriber, Contact contact, string link) =>
        SubscriptionViews.Leave(desk.Page, ShownAddress.Of(subscriber.Wishes.Channel, contact.Address), link);

    private Task ShowReminderAsync(HttpContext context, Subscriber subscriber, Contact contact) =>
        !subscriber.IsOnDuty || desk.World.Reminders.GetValueOrDefault(AboutOf(context)) is not { } reminder
            ? ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Over(desk.Page), StatusCodes.Status404NotFound)
            : ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Reminder(desk.Page, desk.World, reminder, OccasionOf(context), LinkOf(context)));

    private async Task AcknowledgeAsync(HttpContext context, Subscriber subscriber, Contact contact) => await AnswerAsync(
        context, await desk.AcknowledgeAsync(subscriber, AboutOf(context), OccasionOf(context), context.RequestAborted), SubscriptionViews.Acknowledged(desk.Page));

    private static Topic AboutOf(HttpContext context) => new(context.Request.Query["of"].ToString());

    private static string OccasionOf(HttpContext context) => context.Request.Query["occasion"].ToString();

    private Task AnswerAsync(HttpContext context, Refusal? refusal, ReaderPageView view) => refusal is null
        ? ReaderPage.ShowAsync(context, desk.Page, view)
        : ReaderPage.RefuseAsync(context, desk.Page, SubscriptionViews.Pause(desk.Page), refusal, null);

    private Task AnswerAsync(HttpContext context, Refusal? refusal, Action goOn)
    {
        if (refusal is not null)
        {
            return ReaderPage.RefuseAsync(context, desk.Page, SubscriptionViews.Pause(desk.Page), refusal, null);
        }

        goOn();
        return Task.CompletedTask;
    }

    private ReaderPageView ViewOf(Subscriber subscriber, Contact contact, string link) =>
        SubscriptionViews.Manage(desk.World, subscriber, contact, "/subscriptions/" + link);

    private static void Back(HttpContext context, string link, string done) => AdminPages.GoTo(context, $"/subscriptions/{link}?done={done}");

    private static string LinkOf(HttpContext context) => (string)context.Request.RouteValues["link"]!;
}
