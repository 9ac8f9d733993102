using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Ledger;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Subscribing.Lists;

namespace Candor.Subscribing.Ledgers;

/// <summary><c>/api/notices/{topic}</c>: what became of each notice, piece by piece or whole.</summary>
internal static class LedgerEndpoints
{
    private const int RowsPerFlush = 250;

    private static readonly Refusal NoTopic = new(
        "no_such_topic", "There is no such topic; write incident: or maintenance: before the id, as GET /api/notices names them.");

    private static readonly Refusal NotNow = new(
        "notices.unavailable", "A channel does not run at the moment, so its rows cannot be read. Try again in a moment, or save the others one by one with ?channel=.");

    private static readonly string[] Columns =
        ["channel", "subscriber", "address", "update", "published_at", "state", "settled_at", "told_with", "why", "tries", "said", "next_try_at"];

    public static void MapLedger(this IEndpointRouteBuilder routes, FrontDesk front, SubscriberDesk subscribers)
    {
        var (desk, note) = (new LedgerDesk(subscribers), NoteOf(front));
        routes.MapGet("/api/notices/{topic}", context => ShowAsync(context, subscribers, desk)).Needs(Act.SeeOperations);
        routes.MapGet("/api/notices/{topic}/list.csv", context => SaveCsvAsync(context, desk, note)).Needs(Act.SeeOperations);
        routes.MapGet("/api/notices/{topic}/list.json", context => SaveJsonAsync(context, desk, note)).Needs(Act.SeeOperations);
    }

    public static Topic TopicOf(HttpContext context) => new((string)context.Request.RouteValues["topic"]!);

    /// <summary>Into the audit.</summary>
    public static ExportNote NoteOf(FrontDesk front) => (context, who, topic) => front.Reception is { } reception
        ? reception.RecordAsync(context, who.Actor, "notices.exported", topic.Value)
        : ValueTask.CompletedTask;

    private static Refusal? Against(IQueryCollection query) => SentQuery.Unknown(query, "q", "state", "channel", "after")
        ?? SentQuery.NoneOf(query, "state", LedgerSearch.States.Keys) ?? SentQuery.NoneOf(query, "channel", ChannelKinds.All.Select(static kind => kind.Name))
        ?? (query["after"].ToString() is { Length: > 0 } after && LedgerPlace.Read(after) is null ? new("query.unknown", "“after” is no place in this ledger; take “next” as it was answered.") : null);

    private static async Task ShowAsync(HttpContext context, SubscriberDesk subscribers, LedgerDesk desk)
    {
        var (who, topic) = (context.Features.Get<Principal>()!, TopicOf(context));
        if (Against(context.Request.Query) is { } unknown)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, unknown);
            return;
        }

        if (desk.SearchOf(who, topic, context.Request.Query) is not { } search)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, NoTopic);
            return;
        }

        var page = await desk.PageAsync(search, context.RequestAborted);
        var shown = new TopicLedger(
            topic.Value, LedgerWords.TitleOf(subscribers.World, topic), desk.CountsOf(topic),
            [.. page.Entries.SelectMany(entry => desk.RowsOf(who, search, entry))], page.Next?.ToString())
        {
            Silent = page.Silent.Count == 0 ? null : page.Silent,
        };
        Head(context, "application/json");
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(shown, LedgerJson.Default.TopicLedger), context.RequestAborted);
    }

    public static Task SaveCsvAsync(HttpContext context, LedgerDesk desk, ExportNote note) => SaveAsync(
        context, desk, note, "text/csv; charset=utf-8", "notices.csv", ListTable.Row(Columns), static (row, _) => TableRow(row), "");

    public static Task SaveJsonAsync(HttpContext context, LedgerDesk desk, ExportNote note) => SaveAsync(
        context, desk, note, "application/json", "notices.json", "[",
        static (row, isFirst) => (isFirst ? "\n" : ",\n") + JsonSerializer.Serialize(row, LedgerJson.Default.LedgerRow), "\n]\n");

    /// <summary>
    /// Row by row as they are read. What breaks in the middle ends the connection, so that a part is not taken for the whole.
    /// Where addresses are about to leave the house that is noted first; what was not found, or cannot be read, is no export.
    /// </summary>
    private static async Task SaveAsync(
        HttpContext context, LedgerDesk desk, ExportNote note, string type, string file, string begin, Func<LedgerRow, bool, string> rowOf, string end)
    {
        var (who, topic) = (context.Features.Get<Principal>()!, TopicOf(context));
        if (Against(context.Request.Query) is { } unknown)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, unknown);
            return;
        }

        if (desk.SearchOf(who, topic, context.Request.Query) is not { } search)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, NoTopic);
            return;
        }

        var (text, rows, isNoted) = (new StringBuilder(begin), 0, !LedgerDesk.SeesAddresses(who));
        try
        {
            await foreach (var row in desk.RowsAsync(who, search, context.RequestAborted))
            {
                text.Append(rowOf(row, rows == 0));
                if (++rows % RowsPerFlush == 0)
                {
                    await FlushAsync(context.RequestAborted);
                }
            }

            text.Append(end);
            await FlushAsync(context.RequestAborted);
        }
        catch (IOException) when (!context.Response.HasStarted)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, NotNow);
        }
        catch (IOException)
        {
            context.Abort();
        }

        async Task FlushAsync(CancellationToken cancellation)
        {
            if (!isNoted)
            {
                await note(context, who, topic);
                isNoted = true;
            }

            if (!context.Response.HasStarted)
            {
                Head(context, type);
                context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
            }

            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
            text.Clear();
        }
    }

    internal static string TableRow(LedgerRow row) => ListTable.Row(
    [
        row.Channel, row.Subscriber, row.Address ?? "", Number(row.Update), Exact(row.PublishedAt), row.State.ToString().ToLowerInvariant(),
        Exact(row.SettledAt), row.ToldWith is { } with ? Number(with) : "", row.Why ?? "", Number(row.Tries), row.Said ?? "", Exact(row.NextTryAt),
    ]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Exact(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static void Head(HttpContext context, string type)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
    }
}

/// <summary>Writes down that somebody takes the addresses of a topic with them. What it throws keeps them from it.</summary>
internal delegate ValueTask ExportNote(HttpContext context, Principal who, Topic topic);
