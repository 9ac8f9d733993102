using Candor.Effects;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Candor.Access;

/// <summary>Refuses addresses with a token in them and revokes the token: proxies, logs and histories have it by now.</summary>
internal sealed class AddressGuard(Register? register, TimeProvider time, ILogger logger)
{
    /// <param name="keysUnder">Where tokens may stand in addresses if they were made for that; null: nowhere.</param>
    public Task ServeAsync(HttpContext context, RequestDelegate next, string? keysUnder = null)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Contains('%', StringComparison.Ordinal))
        {
            target = Uri.UnescapeDataString(target);
        }

        return target.Contains(TokenText.Prefix, StringComparison.Ordinal) && !IsKey(context.Request, target, keysUnder) ? SocketThreads.RunElsewhere(() => RefuseAsync(context, target)) : next(context);
    }

    /// <summary>Exactly one token, as the key of a path that takes them, and made for it.</summary>
    private bool IsKey(HttpRequest request, string target, string? keysUnder) =>
        keysUnder is not null && register is not null
        && request.Path.StartsWithSegments(keysUnder, StringComparison.Ordinal)
        && request.Query[KeyInAddress.Parameter] is [{ } key] && TokenText.Read(key) is { } text
        && target.Split(TokenText.Prefix).Length == 2
        && Tokens.MayStandInAddress(register.Roster, text, time.GetUtcNow());

    private async Task RefuseAsync(HttpContext context, string target)
    {
        var now = time.GetUtcNow();
        foreach (var text in TokenText.FindIn(target).Take(8))
        {
            // Only a genuine one: whoever merely knows the public id must not be able to take a token away.
            if (register is not null && Tokens.Recognise(register.Roster, text, now) is not null)
            {
                await register.NoteAsync(roster => Tokens.Revoke(roster, text.Id, "seen in an address", now), CancellationToken.None);
                GateLog.SeenInAddress(logger, text.Id);
            }
        }

        await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new(
            "access.token_in_address",
            "A token never belongs into an address: logs and histories keep it. If it was a real one, it is revoked now; make another and send it in the Authorization header."));
    }
}
