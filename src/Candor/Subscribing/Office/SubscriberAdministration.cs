using Candor.Access;
using Candor.Admin;
using Candor.Journal;
using Candor.Notices.Streams;
using Candor.Notices.Subscribers;
using Candor.Notices.Trying;
using Candor.State;
using Candor.Subscribing.Lists;

namespace Candor.Subscribing.Office;

/// <summary><c>/subscribers</c>: who is told, whether it was sent to them, when, and what their server said.</summary>
internal sealed class SubscriberAdministration(FrontDesk front, SubscriberDesk desk, TestDesk tests)
{
    private const string Home = "/subscribers";
    private const long ListBytesMost = 1024 * 1024;

    private readonly ListDesk lists = new(desk);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, Desk.For(front, (context, _, _) => ListAsync(context))).NeedsPerson(Act.ManageSubscribers);
        routes.MapGet(Home + "/list.csv", Desk.For(front, ExportAsync)).NeedsPerson(Act.ManageSubscribers);
        routes.MapPost(Home + "/import", Desk.For(front, ImportAsync)).NeedsPerson(Act.ManageSubscribers).BodyAtMost(ListBytesMost);
        routes.MapPost(Home + "/block", Desk.For(front, BlockAsync)).NeedsPerson(Act.ManageSubscribers);
        routes.MapPost(Home + "/unblock", Desk.For(front, UnblockAsync)).NeedsPerson(Act.ManageSubscribers);
        routes.MapPost(Home + "/test", Desk.For(front, TestAsync)).NeedsPerson(Act.ManageSubscribers);
        routes.MapGet(Home + "/{id}", Desk.For(front, (context, _, _) => ShowAsync(context, null))).NeedsPerson(Act.ManageSubscribers);
        routes.MapPost(Home + "/{id}/{act}", Desk.For(front, ActAsync)).NeedsPerson(Act.ManageSubscribers);
    }

    private Task ListAsync(HttpContext context, ListShown? shown = null, string? fault = null, TestShown? test = null)
    {
        var search = SubscriberSearch.Of(context.Request.Query);
        var (found, more) = search.In(desk.World, desk.WholeAddressOf);
        return AdminPages.ShowAsync(
            context,
            SubscriberAdministrationViews.All(desk, search, found, more, shown, test) with { Fault = fault },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Addresses leave the house: that is written down.</summary>
    private async Task ExportAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        await reception.RecordAsync(context, who.Actor, "subscribers.exported", "subscribers");
        await ListEndpoints.ExportAsync(context, desk);
    }

    private async Task ImportAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "list", "ask", "leave_out_bad", "act") is not { } form)
        {
            return;
        }

        var order = new ListOrder
        {
            List = form["list"],
            Ask = form["ask"] == "true",
            LeaveOutBad = form["leave_out_bad"] == "true",
            DryRun = form["act"] != "enter",
        };
        ListOutcome outcome;
        try
        {
            outcome = await lists.RunAsync(order, new(who.Actor), context.RequestAborted);
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            outcome = new() { Refusal = SubscriptionViews.Unavailable };
        }

        if (outcome.Done)
        {
            await reception.RecordAsync(context, who.Actor, "subscribers.imported", "subscribers");
        }

        await ListAsync(context, new(order, outcome), outcome.Refusal?.Sentence);
    }

    /// <summary>A test to any address that could be entered as a subscriber's.</summary>
    private async Task TestAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "channel", "address") is not { } form)
        {
            return;
        }

        var outcome = await tests.SendAsync(form["channel"], form["address"], context.RequestAborted);
        if (outcome.Handover is not null)
        {
            await reception.RecordAsync(context, who.Actor, "channel.tested", "channel:" + form["channel"]);
        }

        await ListAsync(context, fault: outcome.Refusal?.Sentence, test: new(form["channel"], form["address"], outcome));
    }

    private async Task BlockAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "what") is not { } form)
        {
            return;
        }

        if (!desk.IsReady || await desk.BlockAsync(form["what"], context.RequestAborted) is not null)
        {
            await ListAsync(context, fault: "Write an address such as ada@example.com, or a whole domain as @example.com.");
            return;
        }

        await reception.RecordAsync(context, who.Actor, "subscribers.blocked", "subscribers");
        AdminPages.GoTo(context, Home + "#blocked");
    }

    private async Task UnblockAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "what") is not { } form)
        {
            return;
        }

        if (!desk.IsReady || !await desk.UnblockAsync(form["what"], context.RequestAborted))
        {
            await ListAsync(context, fault: "That is not on the list “Never written to”. Write it as it stands there, or the whole address as its owner gave it.");
            return;
        }

        await reception.RecordAsync(context, who.Actor, "subscribers.unblocked", "subscribers");
        AdminPages.GoTo(context, Home + "#blocked");
    }

    private async Task ShowAsync(HttpContext context, string? fault, TestOutcome? test = null)
    {
        if (desk.World.Subscribers.GetValueOrDefault(IdOf(context)) is not { } subscriber)
        {
            await AdminPages.ShowAsync(context, SubscriberAdministrationViews.Nobody(), StatusCodes.Status404NotFound);
            return;
        }

        IReadOnlyList<NoticeStream>? told = [];
        try
        {
            var room = (desk.Office?.Rooms ?? []).FirstOrDefault(one => one.Channel == subscriber.Wishes.Channel);
            told = room is null ? [] : await room.HistoryAsync(subscriber.Id, context.RequestAborted);
        }
        catch (Exception unanswered) when (unanswered is IOException or TimeoutException)
        {
            told = null;
        }

        await AdminPages.ShowAsync(
            context, SubscriberAdministrationViews.One(desk, subscriber, told, test) with { Fault = fault },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task ActAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context) is null)
        {
            return;
        }

        var (id, by, act) = (IdOf(context), new Actor(who.Actor), (string)context.Request.RouteValues["act"]!);
        if (act == "test")
        {
            var outcome = await tests.SendAsync(id, context.RequestAborted);
            if (outcome.Handover is not null)
            {
                await reception.RecordAsync(context, who.Actor, "channel.tested", $"subscriber:{id}");
            }

            await ShowAsync(context, outcome.Refusal?.Sentence, outcome);
            return;
        }

        Refusal? refusal;
        try
        {
            refusal = act switch
            {
                "link" => await desk.AskForAsync(id, by, context.RequestAborted),
                "remind" => await desk.RemindAsync(id, reminded: true, context.RequestAborted),
                "remind-no-more" => await desk.RemindAsync(id, reminded: false, context.RequestAborted),
                "unsubscribe" => await desk.TakeOutAsync(id, by, context.RequestAborted),
                "erase" => await desk.EraseAsync(id, by, context.RequestAborted),
                _ => new("no_act", "There is no such thing to do."),
            };
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            refusal = SubscriptionViews.Unavailable;
        }

        if (refusal is not null)
        {
            await ShowAsync(context, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, $"subscriber.{act}", $"subscriber:{id}");
        AdminPages.GoTo(context, act == "erase" ? Home : $"{Home}/{id}");
    }

    private static SubscriberId IdOf(HttpContext context) => new((string)context.Request.RouteValues["id"]!);
}

/// <summary>A test that was sent or refused, and where it was to go.</summary>
internal sealed record TestShown(string Channel, string Address, TestOutcome Outcome);

/// <summary>A list that was brought, with what would come of it or came.</summary>
internal sealed record ListShown(ListOrder Order, ListOutcome Outcome);
