using Candor.Access;
using Candor.Access.Reading;
using Candor.Admin;
using Candor.Journal;
using Candor.Notices.Subscribers;

namespace Candor.Subscribing;

/// <summary>
/// <c>/subscriptions</c>: where the forms of the page for subscribing are sent. Where the page is private it is answered like
/// any other address that leads nowhere.
/// </summary>
internal static class SubscribeEndpoints
{
    private const long BodyBytesMax = 64 * 1024;
    private const string Open = "whoever wants to be told has no account; a link to the address confirms it";

    public static void MapSubscribing(this IEndpointRouteBuilder routes, FrontDesk front, SubscriberDesk desk, OptIn optIn)
    {
        routes.MapReading("/subscriptions", context => WhereOpenAsync(context, desk, () => ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Asked(desk.Page)))).OpenToAll(Open);
        routes.MapPost("/subscriptions", context => WhereOpenAsync(context, desk, () => AskAsync(context, front, desk, optIn))).OpenToOwnPages(Open).RefusesWith(ReaderPage.RefusalsOf(desk)).BodyAtMost(BodyBytesMax);
    }

    private static Task WhereOpenAsync(HttpContext context, SubscriberDesk desk, Func<Task> answer)
    {
        if (!desk.IsReady)
        {
            return ReaderPage.ShowAsync(context, desk.Page, SubscriptionViews.Starting(desk.Page), StatusCodes.Status503ServiceUnavailable);
        }

        if (desk.IsOpen)
        {
            return answer();
        }

        // Nobody's address, so the pages answer that there is none.
        context.SetEndpoint(null);
        return Task.CompletedTask;
    }

    private static async Task AskAsync(HttpContext context, FrontDesk front, SubscriberDesk desk, OptIn optIn)
    {
        if (await SentWishes.ReadAsync(context, channel: null) is not { } sent)
        {
            return;
        }

        AskOutcome outcome;
        try
        {
            outcome = await optIn.AskAsync(sent.ToBody(), sent.About, ReaderSource.Of(context, front.Readers.Doors.Proxies), context.RequestAborted);
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            outcome = new(SubscriptionViews.Unavailable, null);
        }

        if (outcome.Refusal is { } refusal)
        {
            await ReaderPage.RefuseAsync(context, desk.Page, SubscriptionViews.Again(desk.World, sent.Fields), refusal, outcome.Wait);
            return;
        }

        // Every address gets this one answer.
        AdminPages.GoTo(context, "/subscriptions");
    }
}
