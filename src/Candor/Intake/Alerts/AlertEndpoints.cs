using System.Globalization;
using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Probing.Alert;
using Candor.State;

namespace Candor.Intake.Alerts;

/// <summary>
/// <c>POST /alerts/{tool}/{token}</c> for tools that alert. The token lets in one tool, for alerts and nothing else, and
/// nothing of a body is read before it is known. A message is acknowledged when it is on disk.
/// </summary>
internal static class AlertEndpoints
{
    private const long BodyBytesMax = 1024 * 1024;
    private const int TokenLengthMax = 64;
    private const string TokenIsPermission = "the token in the address is the permission, for the alerts of one tool and nothing else";

    /// <summary>Tools group and repeat; a burst of two minutes' worth is taken.</summary>
    private static readonly BrakeRule Pace = new(120, TimeSpan.FromSeconds(1));

    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder routes, Func<AlertBook?> book, TimeProvider time)
    {
        var brake = new Brake(time);
        routes.MapPost("/alerts/{tool}/{token}", context => TakeAsync(context, book(), brake, time))
            .OpenToAll(TokenIsPermission).BodyAtMost(BodyBytesMax);
        return routes;
    }

    private static async Task TakeAsync(HttpContext context, AlertBook? book, Brake brake, TimeProvider time)
    {
        var (tool, token) = ((string)context.Request.RouteValues["tool"]!, (string)context.Request.RouteValues["token"]!);
        if (AlertMessages.ToolOf(tool) is not { } known || token.Length > TokenLengthMax || book?.DoorOf(known, token) is not { } door)
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, new(
                "alerts.address", "Nobody expects alerts at this address; `candor alerts` shows the addresses."));
            return;
        }

        if (brake.Take(("alerts:" + tool, Pace)) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            await AnswerAsync(context, StatusCodes.Status429TooManyRequests, new(
                "alerts.too_often",
                "This tool sends too often: 120 messages at once and one more each second are taken. Group alerts, or wait for as long as Retry-After says."));
            return;
        }

        // What was not taken is for operators to see: the tool that sends seldom shows what it was answered.
        if (await ReadAsync(context, door, time.GetUtcNow(), sentence => book.Refused(door.Tool, sentence)) is var (told, message))
        {
            await KeepAsync(context, book, door.Tool, told, message);
        }
    }

    /// <summary>Null where it was refused; the answer is written then.</summary>
    private static async Task<(IReadOnlyList<ToldAlert> Told, SignedMessage? Message)?> ReadAsync(
        HttpContext context, AlertDoor door, DateTimeOffset now, Action<string> say)
    {
        if (door is { NeedsSecret: true, Secret: not { Length: > 0 } })
        {
            await RefuseAsync(context, say, StatusCodes.Status503ServiceUnavailable, new(
                "alerts.no_secret", "The environment does not have the secret that candor.yaml names for this tool, so nobody is let in."));
            return null;
        }

        if (door is { NeedsSecret: true, Tool: not AlertTool.Generic } && !MessageSignature.IsBearer(context.Request, door.Secret!))
        {
            await RefuseAsync(context, say, StatusCodes.Status401Unauthorized, new(
                "alerts.secret", "This tool has to send its secret too, in the header “Authorization: Bearer …”."));
            return null;
        }

        byte[] body;
        try
        {
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            body = sent.ToArray();
        }
        catch (BadHttpRequestException fault)
        {
            await RefuseAsync(context, say, fault.StatusCode, new("alerts.body", "The message is larger than 1 MiB or was cut off; group fewer alerts in one."));
            return null;
        }

        SignedMessage? message = null;
        if (door.Tool == AlertTool.Generic)
        {
            message = MessageSignature.Check(context.Request, door.Secret!, body, now);
            if (message is null)
            {
                await RefuseAsync(context, say, StatusCodes.Status401Unauthorized, MessageSignature.NotSigned);
                return null;
            }
        }

        try
        {
            return (AlertMessages.Read(door.Tool, body), message);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            var why = fault is FormatException ? fault.Message : "it is no JSON, nested too deeply, or cut off";
            await RefuseAsync(context, say, StatusCodes.Status400BadRequest, new(
                "alerts.body", $"The message cannot be read as one of {context.Request.RouteValues["tool"]}: {why}. docs/alerts.md shows one."));
            return null;
        }
    }

    private static async Task KeepAsync(HttpContext context, AlertBook book, AlertTool tool, IReadOnlyList<ToldAlert> told, SignedMessage? message)
    {
        try
        {
            if (!await book.TakeAsync(tool, told, message, context.RequestAborted))
            {
                await RefuseAsync(context, sentence => book.Refused(tool, sentence), StatusCodes.Status401Unauthorized, MessageSignature.NotSigned);
                return;
            }
        }
        catch (IOException)
        {
            context.Response.Headers.RetryAfter = "10";
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new("alerts.not_kept", "The alerts could not be stored; send them again."));
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(new AlertsTaken(told.Count), AlertViewJson.Default.AlertsTaken), context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, Action<string> say, int status, Refusal refusal)
    {
        say(refusal.Sentence);
        return AnswerAsync(context, status, refusal);
    }

    private static Task AnswerAsync(HttpContext context, int status, Refusal refusal) => Refusals.AnswerAsync(context, status, refusal);
}
