using Candor.Access;
using Candor.Admin;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Ledgers;

/// <summary><c>/notices</c>: every channel with its figures, and of each topic who was told, when, and what their side said.</summary>
internal sealed class LedgerAdministration(FrontDesk front, Room room, SubscriberDesk subscribers)
{
    private const string Home = "/notices";

    private readonly LedgerDesk desk = new(subscribers);
    private readonly ExportNote note = LedgerEndpoints.NoteOf(front);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, Visit.For(front, room, visit => visit.ShowAsync(LedgerViews.All(visit, subscribers)))).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}", Visit.For(front, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}/list.csv", Visit.For(front, room, visit => LedgerEndpoints.SaveCsvAsync(visit.Context, desk, note))).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}/list.json", Visit.For(front, room, visit => LedgerEndpoints.SaveJsonAsync(visit.Context, desk, note))).NeedsPerson(Act.SeeOperations);
        routes.MapPost(Home + "/{topic}/{subscriber}/replay", Visit.For(front, room, ReplayAsync)).NeedsPerson(Act.ManageSubscribers);
    }

    private Task ShowAsync(Visit visit) => ShowAsync(visit, null);

    private async Task ShowAsync(Visit visit, string? fault)
    {
        var topic = LedgerEndpoints.TopicOf(visit.Context);
        if (desk.SearchOf(visit.Who, topic, visit.Context.Request.Query) is not { } search)
        {
            await visit.ShowAsync(LedgerViews.NoTopic(), StatusCodes.Status404NotFound);
            return;
        }

        var shown = new LedgerShown(search, visit.Context.Request.Query["q"].ToString().Trim(), await desk.PageAsync(search, visit.Cancellation));
        await visit.ShowAsync(LedgerViews.One(visit, desk, shown, fault), fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task ReplayAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context) is null)
        {
            return;
        }

        var stream = new StreamKey(new(visit.Route("subscriber")), LedgerEndpoints.TopicOf(visit.Context));
        string? fault;
        try
        {
            fault = (await subscribers.ReplayAsync(stream, visit.Who, ShortAddress.Of(visit.Context.Connection.RemoteIpAddress), visit.Cancellation))?.Sentence;
        }
        catch (Exception unanswered) when (unanswered is JournalFailedException or IOException or TimeoutException)
        {
            fault = SubscriptionViews.Unavailable.Sentence;
        }

        if (fault is not null)
        {
            await ShowAsync(visit.Again(), fault);
            return;
        }

        AdminPages.GoTo(visit.Context, $"{LedgerViews.PathOf(stream.Topic)}?q={stream.Subscriber}");
    }
}

/// <summary>A page of a ledger.</summary>
/// <param name="Text">What was looked for.</param>
internal sealed record LedgerShown(LedgerSearch Search, string Text, LedgerPage Page);
