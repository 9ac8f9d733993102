using Candor.Access;
using Candor.Admin;
using Candor.Admin.Incidents;
using Candor.Notices.Ledger;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Ledgers;

/// <summary><c>/notices</c>: every channel with its figures, and of each topic who was told, when, and what their side said.</summary>
internal sealed class LedgerAdministration(FrontDesk front, Room room, SubscriberDesk subscribers)
{
    private const string Home = "/notices";

    private readonly LedgerDesk desk = new(subscribers);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, Visit.For(front, room, visit => visit.ShowAsync(LedgerViews.All(visit, subscribers)))).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}", Visit.For(front, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}/list.csv", Visit.For(front, room, visit => SaveAsync(visit, LedgerEndpoints.SaveCsvAsync))).NeedsPerson(Act.SeeOperations);
        routes.MapGet(Home + "/{topic}/list.json", Visit.For(front, room, visit => SaveAsync(visit, LedgerEndpoints.SaveJsonAsync))).NeedsPerson(Act.SeeOperations);
    }

    private async Task ShowAsync(Visit visit)
    {
        var topic = LedgerEndpoints.TopicOf(visit.Context);
        if (desk.SearchOf(visit.Who, topic, visit.Context.Request.Query) is not { } search)
        {
            await visit.ShowAsync(LedgerViews.NoTopic(), StatusCodes.Status404NotFound);
            return;
        }

        LedgerShown shown;
        try
        {
            var (entries, next) = await desk.PageAsync(search, visit.Cancellation);
            shown = new(search, visit.Context.Request.Query["q"].ToString().Trim(), entries, next);
        }
        catch (IOException)
        {
            shown = new(search, visit.Context.Request.Query["q"].ToString().Trim(), null, null);
        }

        await visit.ShowAsync(LedgerViews.One(visit, desk, shown));
    }

    /// <summary>Where addresses leave the house, that is written down.</summary>
    private async Task SaveAsync(Visit visit, Func<HttpContext, LedgerDesk, Task> saveAsync)
    {
        if (LedgerDesk.SeesAddresses(visit.Who))
        {
            await visit.Reception.RecordAsync(visit.Context, visit.Who.Actor, "notices.exported", LedgerEndpoints.TopicOf(visit.Context).Value);
        }

        await saveAsync(visit.Context, desk);
    }
}

/// <summary>A page of a ledger.</summary>
/// <param name="Text">What was looked for.</param>
/// <param name="Entries">Null where a channel does not answer.</param>
internal sealed record LedgerShown(LedgerSearch Search, string Text, IReadOnlyList<LedgerEntry>? Entries, LedgerPlace? Next);
