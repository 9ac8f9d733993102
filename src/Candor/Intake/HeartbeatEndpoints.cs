using System.Globalization;
using Candor.Access;
using Candor.State;

namespace Candor.Intake;

/// <summary>Keeps a beat durably. False where nobody expects the token; an <see cref="IOException"/> where it could not be kept.</summary>
internal delegate ValueTask<bool> TakeBeat(string token, Beat beat, CancellationToken cancellation);

/// <summary>
/// <c>/heartbeat/{token}</c>, <c>/start</c>, <c>/fail</c> and <c>/{exit code}</c> by GET, HEAD or POST: what cron, curl and
/// other monitors can send. The token is the permission; a body is never read.
/// </summary>
internal static class HeartbeatEndpoints
{
    private const string TokenIsPermission = "the token in the address is the permission, for one heartbeat and nothing else";
    private const int TokenLengthMax = 64;
    private static readonly string[] Methods = ["GET", "HEAD", "POST"];

    public static IEndpointRouteBuilder MapHeartbeats(this IEndpointRouteBuilder routes, TakeBeat take)
    {
        routes.MapMethods("/heartbeat/{token}", Methods, context => KeepAsync(take, context)).OpenToAll(TokenIsPermission);
        routes.MapMethods("/heartbeat/{token}/{what}", Methods, context => KeepAsync(take, context)).OpenToAll(TokenIsPermission);
        return routes;
    }

    private static async Task KeepAsync(TakeBeat take, HttpContext context)
    {
        var answer = await KeepAsync(
            take, context.GetRouteValue("token") as string ?? "", context.GetRouteValue("what") as string, context.RequestAborted);
        await answer.ExecuteAsync(context);
    }

    private static async Task<IResult> KeepAsync(TakeBeat take, string token, string? what, CancellationToken cancellation)
    {
        if (token.Length > TokenLengthMax || Read(what) is not { } beat)
        {
            return NotExpected();
        }

        try
        {
            return await take(token, beat, cancellation) ? Results.Text("OK\n") : NotExpected();
        }
        catch (IOException)
        {
            return Results.Text("The heartbeat could not be stored; send it again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Null for a word that is none of ours.</summary>
    internal static Beat? Read(string? what) => what switch
    {
        null => new(BeatKind.Ok),
        "start" => new(BeatKind.Start),
        "fail" => new(BeatKind.Fail),
        _ when what.Length <= 3 && byte.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var code) =>
            code == 0 ? new(BeatKind.Ok) : new(BeatKind.Fail, code),
        _ => null,
    };

    private static IResult NotExpected() =>
        Results.Text("Nobody expects this heartbeat; `candor heartbeats` shows the addresses.\n", statusCode: StatusCodes.Status404NotFound);
}
