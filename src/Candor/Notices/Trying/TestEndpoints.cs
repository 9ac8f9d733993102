using System.Globalization;
using System.Text.Json;
using Candor.Access;

namespace Candor.Notices.Trying;

/// <summary><c>/api/notices/test</c>: a test by a channel, for programs that may enter subscribers.</summary>
internal static class TestEndpoints
{
    private const long BodyBytesMost = 8 * 1024;

    public static void MapTests(this IEndpointRouteBuilder routes, TestDesk tests, FrontDesk front) =>
        routes.MapPost("/api/notices/test", context => SendAsync(context, tests, front)).Needs(Act.ManageSubscribers).BodyAtMost(BodyBytesMost);

    private static async Task SendAsync(HttpContext context, TestDesk tests, FrontDesk front)
    {
        const string Example = "Send JSON such as {\"channel\": \"email\", \"address\": \"you@example.com\"}.";
        if (await JsonBody.ReadAsync(context, TestJson.Default.TestBody, Example) is not { } body)
        {
            return;
        }

        if (body is not { Channel: { } channel, Address: { } address })
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("body.unreadable", Example, body.Channel is null ? "channel" : "address"));
            return;
        }

        var outcome = await tests.SendAsync(channel, address, context.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            if (outcome.Wait is { } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await Refusals.AnswerAsync(context, StatusOf(refusal.Code), refusal);
            return;
        }

        if (front.Reception is { } reception)
        {
            await reception.RecordAsync(context, context.Features.Get<Principal>()!.Actor, "channel.tested", "channel:" + channel);
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(TestView.Of(outcome.Handover!, outcome.Took), TestJson.Default.TestView), context.RequestAborted);
    }

    private static int StatusOf(string code) => code switch
    {
        "too_many" => StatusCodes.Status429TooManyRequests,
        "notices.starting" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
