using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Access.Agents;
using Candor.Access.Reading;
using Candor.Agents.Wire;
using Candor.Journal;

namespace Candor.Agents;

/// <summary>
/// <c>/agent/v1/…</c> on the readers' listener: what agents ask from outside. Each request but the first is signed:
/// 1. the place has a pinned key, and the challenge is ours: before that nothing large is held; 2. the signature over this path
/// and body is that key's; 3. it was not revoked; 4. the request is new; 5. only then is the body read as anything.
/// docs/agents.md describes it for whoever writes another agent.
/// </summary>
internal static class AgentEndpoints
{
    public const string EnrolPath = "/agent/v1/enrol";
    public const string ChallengePath = "/agent/v1/challenge";
    public const string KeyPath = "/agent/v1/key";
    public const string ReportPath = "/agent/v1/report";

    private const int SmallBytesMax = 8 * 1024;
    private const string Signed = "agents sign each request with a key that was pinned when they were let in";

    /// <summary>A report of the largest kind, by a line of 35 kB/s.</summary>
    private static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(30);

    private static readonly Refusal Busy = new("agent.busy", "Too many reports are on their way at this moment. Send it again in a few seconds; nothing of it was taken.");

    private static readonly Refusal Unknown = new("agent.unknown", "No agent of this place was let in. `candor place add NAME` makes a code for one.");

    private static readonly Refusal Starting = new("agent.starting", "Candor is starting and does not know yet what there is to do. Come again in a moment.");

    public static void MapAgents(this IEndpointRouteBuilder routes, FrontDesk desk, Func<AgentDesk?> agents)
    {
        routes.MapPost(EnrolPath, context => ServeAsync(context, desk, agents, SmallBytesMax, EnrolAsync))
            .OpenToAll("a code that is good once, for 10 minutes and one place, is the permission").BodyAtMost(SmallBytesMax);
        routes.MapPost(ChallengePath, context => ServeAsync(context, desk, agents, SmallBytesMax, ChallengeAsync))
            .OpenToAll("a challenge tells nothing and is worth nothing without a key that was pinned").BodyAtMost(SmallBytesMax);
        routes.MapPost(KeyPath, context => ServeAsync(context, desk, agents, SmallBytesMax, RotateAsync)).OpenToAll(Signed).BodyAtMost(SmallBytesMax);
        var slots = new BodySlots();
        routes.MapPost(ReportPath, context => ServeLargeAsync(context, desk, agents, slots))
            .OpenToAll(Signed).BodyAtMost(ReportLimits.BytesMax);
    }

    /// <summary>Anybody can send a large body; only so many are held for whoever has shown nothing yet.</summary>
    private static async Task ServeLargeAsync(HttpContext context, FrontDesk desk, Func<AgentDesk?> agents, BodySlots slots)
    {
        if (desk.Reception is { } reception && agents() is { } at && Unproven(context.Request.Headers, reception, at) is { } refusal)
        {
            await Refusals.AnswerAsync(context, StatusOf(refusal), refusal);
            return;
        }

        using var slot = slots.Take(Source.Of(ReaderSource.Of(context, desk.Readers.Doors.Proxies)));
        if (slot is null)
        {
            context.Response.Headers.RetryAfter = "5";
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Busy);
            return;
        }

        await ServeAsync(context, desk, agents, ReportLimits.BytesMax, ReportAsync);
    }

    /// <summary>What is wrong with a request as far as it can be seen before its body.</summary>
    private static Refusal? Unproven(IHeaderDictionary headers, Reception reception, AgentDesk agents) =>
        reception.Register.Roster.Agents.GetValueOrDefault(headers[Signing.PlaceHeader].ToString()) is not { PublicKey: not null } ? Unknown
        : agents.Challenges.IsOurs(headers[Signing.ChallengeHeader].ToString()) ? null
        : Challenges.Unknown;

    private static async Task ServeAsync(HttpContext context, FrontDesk desk, Func<AgentDesk?> agents, int bytesMax, Func<Call, Task> handle)
    {
        if (desk.Reception is not { } reception)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Gate.NoPeople);
        }
        else if (agents() is not { } at)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Starting);
        }
        else if (await ReadAsync(context, bytesMax, at.Time) is { } body)
        {
            try
            {
                await handle(new(context, reception, at, body));
            }
            catch (IOException)
            {
                await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new(
                    "agent.unavailable", "This could not be stored at the moment. Send it again; what was taken already is not taken twice."));
            }
        }
    }

    private static async Task EnrolAsync(Call call)
    {
        if (Read(call.Body, AgentJson.Default.EnrolBody) is not { } body || TokenText.Read(body.Code) is not { } code)
        {
            await RefuseAsync(call, StatusCodes.Status400BadRequest, new("agent.code", "Send the code as `candor place add` printed it, whole, and a key with its proof.", "code"));
            return;
        }

        if (!Signing.IsKey(body.PublicKey) || !Signing.IsProof(body.PublicKey, body.Code, body.Proof))
        {
            await RefuseAsync(call, StatusCodes.Status422UnprocessableEntity, new(
                "agent.key", "The key is no P-256 key, or the proof is not a signature by it over this code.", "public_key"));
            return;
        }

        var isNew = false;
        var refusal = await call.Reception.Register.CommitAsync(
            roster =>
            {
                var decision = Enrolment.Use(roster, code, body.PublicKey, call.Agents.Time.GetUtcNow());
                isNew = decision.Events.Count > 0;
                return decision;
            },
            call.Cancellation);
        if (refusal is not null)
        {
            await RefuseAsync(call, StatusCodes.Status403Forbidden, refusal);
            return;
        }

        var place = Enrolment.PlaceOf(call.Reception.Register.Roster, code)!.Key;
        if (isNew)
        {
            await call.Reception.RecordAsync(call.Context, $"place:{place}", "place.enrolled", $"place:{place}");
        }

        await WriteAsync(call, new(place), AgentJson.Default.EnrolView);
    }

    private static Task ChallengeAsync(Call call) =>
        WriteAsync(call, new(call.Agents.Challenges.Make(), NowMs(call)), AgentJson.Default.ChallengeView);

    private static async Task RotateAsync(Call call)
    {
        if (await EnterAsync(call, KeyPath) is not { } agent)
        {
            return;
        }

        if (Read(call.Body, AgentJson.Default.KeyBody) is not { } body || !Signing.IsKey(body.PublicKey)
            || !Signing.IsProof(body.PublicKey, agent.Key, body.Proof))
        {
            await RefuseAsync(call, StatusCodes.Status422UnprocessableEntity, new(
                "agent.key", "The next key is no P-256 key, or the proof is not a signature by it over the place.", "public_key"));
            return;
        }

        if (await call.Reception.Register.CommitAsync(
            roster => Enrolment.Rotate(roster, agent.Place, agent.PublicKey!, body.PublicKey), call.Cancellation) is { } refusal)
        {
            await RefuseAsync(call, StatusCodes.Status401Unauthorized, refusal);
            return;
        }

        await call.Reception.RecordAsync(call.Context, $"place:{agent.Key}", "place.key_changed", $"place:{agent.Key}");
        await WriteAsync(call, new(agent.Key), AgentJson.Default.EnrolView);
    }

    private static async Task ReportAsync(Call call)
    {
        if (await EnterAsync(call, ReportPath) is not { } agent)
        {
            return;
        }

        if (Read(call.Body, AgentJson.Default.Report) is not { } report)
        {
            await RefuseAsync(call, StatusCodes.Status400BadRequest, new(
                "agent.unreadable", "The report cannot be read. docs/agents.md names every member."));
        }
        else if (ReportLimits.Against(report) is { } refusal)
        {
            await RefuseAsync(call, StatusCodes.Status422UnprocessableEntity, refusal);
        }
        else
        {
            await WriteAsync(call, await call.Agents.TakeAsync(agent, report, call.Cancellation), AgentJson.Default.ReportView);
        }
    }

    /// <summary>Whose key signed the request; null where it was refused, and the answer is written then.</summary>
    private static async Task<Agent?> EnterAsync(Call call, string path)
    {
        var headers = call.Context.Request.Headers;
        var stamp = new RequestStamp(
            headers[Signing.PlaceHeader].ToString(), headers[Signing.ChallengeHeader].ToString(),
            long.TryParse(headers[Signing.CountHeader].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);
        var agent = call.Reception.Register.Roster.Agents.GetValueOrDefault(stamp.Place);
        var refusal = agent switch
        {
            { PublicKey: null } or null => Unknown,
            { PublicKey: { } key } when !Signing.IsGenuine(key, path, stamp, call.Body, headers[Signing.SignatureHeader].ToString()) =>
                new("agent.signature", "The signature is not the one of this place's key over this request."),
            { RevokedAt: not null } => new("agent.revoked", "This agent was put out. Whoever runs this Candor can let it in again with `candor place add`."),
            { PublicKey: { } key } => call.Agents.Challenges.Take(stamp.Place, key, stamp.Challenge, stamp.Count),
        };
        if (refusal is null)
        {
            return agent;
        }

        await RefuseAsync(call, StatusOf(refusal), refusal);
        return null;
    }

    private static int StatusOf(Refusal refusal) =>
        refusal.Code is "agent.challenge" or "agent.replay" ? StatusCodes.Status409Conflict : StatusCodes.Status401Unauthorized;

    /// <summary>The whole body; null where it is larger or slower than the route takes, and the answer is written then.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context, int bytesMax, TimeProvider time)
    {
        using var late = new CancellationTokenSource(BodyWithin, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            using var kept = new MemoryStream((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, bytesMax));
            await context.Request.Body.CopyToAsync(kept, patience.Token);
            if (kept.Length <= bytesMax)
            {
                return kept.ToArray();
            }
        }
        catch (BadHttpRequestException fault) when (!Refusals.IsTooLarge(fault))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("agent.unreadable", "The request ended before its body did."));
            return null;
        }
        catch (BadHttpRequestException)
        {
            // Answered below.
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status408RequestTimeout, new("agent.slow", "The request did not come whole within 30 s. Send it again."));
            return null;
        }

        await Refusals.AnswerTooLargeAsync(context);
        return null;
    }

    private static T? Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(Call call, int status, Refusal refusal) => Refusals.AnswerAsync(call.Context, status, refusal);

    private static async Task WriteAsync<T>(Call call, T value, JsonTypeInfo<T> type)
    {
        var response = call.Context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), call.Cancellation);
    }

    private static long NowMs(Call call) => call.Agents.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Call(HttpContext Context, Reception Reception, AgentDesk Agents, byte[] Body)
    {
        public CancellationToken Cancellation => Context.RequestAborted;
    }
}
