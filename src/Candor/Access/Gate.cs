using Candor.Journal;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Candor.Access;

/// <summary>
/// Stands before every endpoint of a listener:
/// 1. the route's policy is looked up, and one without is refused; 2. who asks is found by cookie or token, never by either;
/// 3. with a cookie, it is our own page that asks; 4. the person or token may do the act; 5. only then is anything of the
/// body read, a form's token first.
/// </summary>
internal sealed class Gate(Register? register, OpenRequests open, TimeProvider time, ILogger logger)
{
    public static readonly Refusal NoPeople = new(
        "access.unavailable", "The list of people cannot be read, so nobody can be let in. The log says why; restore people.db from a backup.");

    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<AccessPolicy>() is not { } policy)
        {
            if (endpoint is not RouteEndpoint)
            {
                // No route of ours: the router's own "no", such as 405 for a method that an address does not have.
                await next(context);
                return;
            }

            GateLog.NoPolicy(logger, endpoint.DisplayName ?? "?");
            await Refusals.AnswerAsync(context, StatusCodes.Status403Forbidden, new("access.policy", "This route is closed. Report it: it is a defect."));
            return;
        }

        if (endpoint.Metadata.GetMetadata<BodyLimit>() is { } limit
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit.Bytes;
        }

        await (policy.Door == Door.Open ? OpenAsync(context, policy, next) : GuardedAsync(context, policy, next));
    }

    private static async Task OpenAsync(HttpContext context, AccessPolicy policy, RequestDelegate next)
    {
        if (policy.SameOriginOnly && !SameOrigin.IsSafe(context.Request.Method) && !SameOrigin.Holds(context.Request))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status403Forbidden, FromElsewhere);
            return;
        }

        await next(context);
    }

    private async Task GuardedAsync(HttpContext context, AccessPolicy policy, RequestDelegate next)
    {
        if (register is null)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, NoPeople);
            return;
        }

        var now = time.GetUtcNow();
        if (Recognise(context, policy.Door, now) is not { } who)
        {
            await AskWhoAsync(context, policy.Door);
            return;
        }

        if (policy.Door == Door.Session && !IsOurPage(context.Request))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status403Forbidden, FromElsewhere);
            return;
        }

        if (Permissions.Against(who, policy.Needs!.Value) is { } against)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status403Forbidden, against);
            return;
        }

        if (policy.Door == Door.Session && !await HasFormTokenAsync(context))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status403Forbidden, FromElsewhere);
            return;
        }

        context.Features.Set(who);
        open.Enter(context, who);
        try
        {
            if (register.Roster.Has(who))
            {
                await NoteAsync(who, now, context.RequestAborted);
                await next(context);
            }
        }
        finally
        {
            open.Leave(context);
        }
    }

    private Principal? Recognise(HttpContext context, Door door, DateTimeOffset now) => door switch
    {
        Door.Bearer => BearerOf(context.Request) is { } text ? Tokens.Recognise(register!.Roster, text, now) : KeyOf(context, now),
        _ => SessionCookie.Read(context.Request) is { } secret ? Sessions.Recognise(register!.Roster, secret, now) : null,
    };

    /// <summary>"Bearer" as RFC 6750 has it, and "OAuth" as Statuspage's clients write it.</summary>
    private static TokenText? BearerOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ Length: < 256 } header])
        {
            return null;
        }

        var space = header.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && header[..space].ToUpperInvariant() is "BEARER" or "OAUTH" ? TokenText.Read(header[(space + 1)..].Trim()) : null;
    }

    /// <summary>"?api_key=", where the route takes it and the token was made for it.</summary>
    private TokenPrincipal? KeyOf(HttpContext context, DateTimeOffset now) =>
        context.GetEndpoint()?.Metadata.GetMetadata<KeyInAddress>() is not null
        && context.Request.Headers.Authorization.Count == 0
        && context.Request.Query[KeyInAddress.Parameter] is [{ Length: < 256 } key] && TokenText.Read(key) is { } text
        && Tokens.MayStandInAddress(register!.Roster, text, now)
            ? Tokens.Recognise(register.Roster, text, now)
            : null;

    /// <summary>Following a link from elsewhere is reading; a stream or data with the reader's cookie is for our own pages alone.</summary>
    private static bool IsOurPage(HttpRequest request) => SameOrigin.IsSafe(request.Method)
        ? SameOrigin.IsFollowed(request) || SameOrigin.Holds(request)
        : SameOrigin.Holds(request);

    private static async ValueTask<bool> HasFormTokenAsync(HttpContext context)
    {
        var request = context.Request;
        if (SameOrigin.IsSafe(request.Method))
        {
            return true;
        }

        var sent = request.Headers["X-Candor-Form"] is [{ } header] ? header
            : request.HasFormContentType ? await TokenInFormAsync(context)
            : "";
        return SessionCookie.Read(request) is { } secret && Hashes.AreEqual(SessionCookie.FormToken(secret), sent);
    }

    private static async ValueTask<string> TokenInFormAsync(HttpContext context)
    {
        try
        {
            return (await context.Request.ReadFormAsync(context.RequestAborted))["form_token"].ToString();
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            // A form that cannot be read has no token.
            return "";
        }
    }

    private static Task AskWhoAsync(HttpContext context, Door door)
    {
        if (door == Door.Session && HttpMethods.IsGet(context.Request.Method)
            && !context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/sign-in?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString);
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        if (door == Door.Bearer)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"candor\"";
        }

        return Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, door == Door.Bearer
            ? new("access.token", "Send a valid token in the header “Authorization: Bearer cnd_api_…”. `candor token create` makes one.")
            : new("access.session", "Sign in first: your session is over or was ended."));
    }

    private async ValueTask NoteAsync(Principal who, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (who)
        {
            case TokenPrincipal token when Tokens.IsUseWorthNoting(register!.Roster, token.Id, now):
                await register.NoteAsync(roster => Tokens.NoteUse(roster, token.Id, now), cancellation);
                break;
            case PersonPrincipal person when Sessions.IsWorthNoting(register!.Roster, person.Credential, now):
                await register.NoteAsync(roster => Sessions.NoteSeen(roster, person.Credential, now), cancellation);
                break;
        }
    }

    private static Refusal FromElsewhere { get; } = new(
        "access.origin", "This can only be sent from Candor's own pages. Open the page again and repeat it there.");
}
