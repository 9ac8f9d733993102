using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary><c>/api/subscribers</c> and <c>/api/notices</c>: who is told, and what became of it.</summary>
internal static class SubscriberEndpoints
{
    private const string Example = "Send JSON such as {\"channel\": \"webhook\", \"address\": \"https://example.com/hook\"}; docs/notices.md names every member.";

    private const long BodyBytesMost = 64 * 1024;
    private const long BatchBytesMost = 4 * 1024 * 1024;
    private const int BatchMost = 5_000;
    private const int ListedMost = 1_000;

    public static void MapSubscribers(this IEndpointRouteBuilder routes, SubscriberDesk desk)
    {
        routes.MapGet("/api/subscribers", context => ListAsync(context, desk)).Needs(Act.ManageSubscribers);
        routes.MapPost("/api/subscribers", context => EnterAsync(context, desk)).Needs(Act.ManageSubscribers).BodyAtMost(BodyBytesMost);
        routes.MapPost("/api/subscribers/batch", context => EnterManyAsync(context, desk)).Needs(Act.ManageSubscribers).BodyAtMost(BatchBytesMost);
        routes.MapDelete("/api/subscribers/{id}", context => EraseAsync(context, desk)).Needs(Act.ManageSubscribers);
        routes.MapGet("/api/notices", context => LedgerAsync(context, desk)).Needs(Act.SeeOperations);
        routes.MapPost("/api/notices/{topic}/{subscriber}/replay", context => ReplayAsync(context, desk)).Needs(Act.ManageSubscribers);
    }

    private static Task ListAsync(HttpContext context, SubscriberDesk desk)
    {
        var query = context.Request.Query;
        if ((SentQuery.Unknown(query, "q", "named", "state", "after") ?? SentQuery.NoneOf(query, "state", SubscriberView.States) ?? SentQuery.NoNumber(query, "after")) is { } unknown)
        {
            return Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, unknown);
        }

        var contacts = desk.Office?.Contacts;
        var (text, state) = (context.Request.Query["q"].ToString(), context.Request.Query["state"].ToString());
        var after = context.Request.Query["after"] is [{ } from] && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var named = context.Request.Query["named"].ToString();
        var all = (named.Length > 0 ? desk.Named(named) : desk.World.Subscribers.Values)
            .Where(one => !one.Erased && one.Number > after && (state.Length == 0 || SubscriberView.StateOf(one) == state))
            .Where(one => text.Length == 0 || one.Id.Value == text
                || (contacts?.Find(one.Id)?.Address.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false))
            .OrderBy(static one => one.Number).ToList();
        return WriteAsync(
            context, StatusCodes.Status200OK,
            new SubscriberList(all.Count, [.. all.Take(ListedMost).Select(one => SubscriberView.Of(one, contacts?.Find(one.Id)))]),
            SubscriberJson.Default.SubscriberList);
    }

    private static async Task EnterAsync(HttpContext context, SubscriberDesk desk)
    {
        if (await JsonBody.ReadAsync(context, SubscriberJson.Default.SubscriberBody, Example) is not { } body)
        {
            return;
        }

        try
        {
            var (id, key, refusal) = await desk.EnterAsync(body, Actor.From(context.Features.Get<Principal>()!.Actor), context.RequestAborted);
            if (refusal is not null)
            {
                await Refusals.AnswerAsync(context, StatusOf(refusal), refusal);
                return;
            }

            var view = SubscriberView.Of(desk.World.Subscribers[id], desk.Office?.Contacts?.Find(id)) with
            {
                SigningKey = key,
                Warning = SubscriberDesk.WarningOf(body),
            };
            await WriteAsync(context, key is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, view, SubscriberJson.Default.SubscriberView);
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            await UnavailableAsync(context);
        }
    }

    private static async Task EnterManyAsync(HttpContext context, SubscriberDesk desk)
    {
        if (await JsonBody.ReadAsync(context, SubscriberJson.Default.SubscriberBatch, Example) is not { } batch)
        {
            return;
        }

        if (batch.Subscribers.Count > BatchMost)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, new(
                "too_many", $"{batch.Subscribers.Count} subscribers are more than {BatchMost}; send them in several batches.", "subscribers"));
            return;
        }

        try
        {
            var (done, refusal) = await desk.EnterManyAsync(batch, Actor.From(context.Features.Get<Principal>()!.Actor), context.RequestAborted);
            await (refusal is not null
                ? Refusals.AnswerAsync(context, StatusOf(refusal), refusal)
                : WriteAsync(context, StatusCodes.Status200OK, done!, SubscriberJson.Default.BatchView));
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            await UnavailableAsync(context);
        }
    }

    private static async Task EraseAsync(HttpContext context, SubscriberDesk desk)
    {
        try
        {
            var id = new SubscriberId((string)context.Request.RouteValues["id"]!);
            if (await desk.EraseAsync(id, Actor.From(context.Features.Get<Principal>()!.Actor), context.RequestAborted) is { } refusal)
            {
                await Refusals.AnswerAsync(context, StatusOf(refusal), refusal);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            await UnavailableAsync(context);
        }
    }

    private static Task LedgerAsync(HttpContext context, SubscriberDesk desk)
    {
        var (now, reach) = (desk.Time.GetUtcNow(), context.Features.Get<Principal>()!.Reach);
        var known = desk.World.Within(reach);
        var channels = (desk.Office?.Rooms ?? []).Select(static room => room.View).Select(view => new ChannelLedger
        {
            Channel = view.Channel,
            Counts = view.Total,
            Ambiguous = view.Ambiguous,
            InFlight = view.InFlight,
            Ready = view.IsReady,
            Stopped = view.IsStopped,
            Restarts = view.Restarts,
            OldestPendingSeconds = view.OldestPending is { } since ? Math.Max(0, (now - since).TotalSeconds) : null,
            Topics = view.ByTopic.Where(one => known.Knows(reach, one.Key)).ToDictionary(static one => one.Key.Value, static one => one.Value),
        });
        return WriteAsync(context, StatusCodes.Status200OK, new LedgerView([.. channels]), SubscriberJson.Default.LedgerView);
    }

    private static async Task ReplayAsync(HttpContext context, SubscriberDesk desk)
    {
        var stream = new StreamKey(new((string)context.Request.RouteValues["subscriber"]!), new((string)context.Request.RouteValues["topic"]!));
        try
        {
            if (await desk.ReplayAsync(stream, context.Features.Get<Principal>()!, null, context.RequestAborted) is { } refusal)
            {
                await Refusals.AnswerAsync(context, StatusOf(refusal), refusal);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException or TimeoutException)
        {
            await UnavailableAsync(context);
        }
    }

    private static Task UnavailableAsync(HttpContext context) => Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new(
        "notices.unavailable", "This could not be stored at the moment, and it is not known whether it was kept. Send it again; the same address is entered once."));

    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "no_such_subscriber" or "nothing_dead" => StatusCodes.Status404NotFound,
        "notices.starting" => StatusCodes.Status503ServiceUnavailable,
        Reserve.DiskFull => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted);
    }
}
