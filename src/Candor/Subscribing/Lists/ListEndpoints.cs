using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Lists;

/// <summary><c>/api/subscribers/import</c> and <c>/api/subscribers.csv</c>: whole lists, for programs.</summary>
internal static class ListEndpoints
{
    private const long BodyBytesMost = 32 * 1024 * 1024;

    public static void MapLists(this IEndpointRouteBuilder routes, SubscriberDesk desk)
    {
        var lists = new ListDesk(desk);
        routes.MapPost("/api/subscribers/import", context => ImportAsync(context, lists)).Needs(Act.ManageSubscribers).BodyAtMost(BodyBytesMost);
        routes.MapGet("/api/subscribers.csv", context => ExportAsync(context, desk)).Needs(Act.ManageSubscribers);
    }

    public static Task ExportAsync(HttpContext context, SubscriberDesk desk)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"subscribers.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(ListForm.Write(desk.World, desk.WholeAddressOf)), context.RequestAborted).AsTask();
    }

    private static async Task ImportAsync(HttpContext context, ListDesk lists)
    {
        const string Example = "Send JSON such as {\"list\": \"channel,address\\nemail,ada@example.com\\n\", \"dry_run\": true}.";
        if (await JsonBody.ReadAsync(context, ListJson.Default.ListOrder, Example) is not { } order)
        {
            return;
        }

        if (order.List is null)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("body.unreadable", Example, "list"));
            return;
        }

        try
        {
            var outcome = await lists.RunAsync(order, Actor.From(context.Features.Get<Principal>()!.Actor), context.RequestAborted);
            if (outcome.Refusal is { } refusal)
            {
                await Refusals.AnswerAsync(
                    context, refusal.Code == "notices.starting" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity, refusal);
                return;
            }

            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(outcome, ListJson.Default.ListOutcome), context.RequestAborted);
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, SubscriptionViews.Unavailable);
        }
    }
}
