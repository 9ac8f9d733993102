using Candor.Access;
using Candor.Access.External;

namespace Candor.Admin;

/// <summary><c>/sign-in/oidc</c>: to the provider that the settings name, and back.</summary>
internal static class OidcEndpoints
{
    private const string Start = "/sign-in/oidc";
    private const string Back = Start + "/callback";

    // With TLS no other host can set it, as with the cookie of a session.
    private const string Secure = "__Host-candor-oidc";
    private const string Plain = "candor-oidc";

    private static readonly BrakeRule OfPlace = new(20, TimeSpan.FromSeconds(10));

    public static void MapOidc(this IEndpointRouteBuilder routes, FrontDesk desk, ILogger logger)
    {
        routes.MapGet(Start, At(desk, logger, BeginAsync)).OpenToAll("whoever is not signed in yet has to be able to ask");
        routes.MapGet(Back, At(desk, logger, EndAsync)).OpenToAll("the state in the address, kept here and bound to the browser's cookie, is the permission");
    }

    private static RequestDelegate At(FrontDesk desk, ILogger logger, Func<HttpContext, Reception, OidcSignIn, Task> answer) => Desk.At(desk, async (context, reception) =>
    {
        if (reception.Oidc is not { } oidc)
        {
            AdminPages.GoTo(context, "/sign-in");
            return;
        }

        if (reception.Brake.Take(($"oidc:{Source.Of(context.Connection.RemoteIpAddress)}", OfPlace)) is not null)
        {
            await SayAsync(context, oidc, "Too many tries. Wait a few seconds.", StatusCodes.Status429TooManyRequests);
            return;
        }

        try
        {
            await answer(context, reception, oidc);
        }
        catch (IOException fault)
        {
            // What a provider says may be anything, so its own words go to the log and not to the page.
            OidcLog.Failed(logger, oidc.Settings.Issuer, fault.Message);
            await SayAsync(context, oidc, $"Signing in with {oidc.Settings.Name} does not work at the moment; the log says why. A passkey, or a password with a code, always works.", StatusCodes.Status502BadGateway);
        }
    });

    private static async Task BeginAsync(HttpContext context, Reception reception, OidcSignIn oidc)
    {
        var (location, browser) = await oidc.BeginAsync(AddressOf(context, Back), LocalPath.Of(context.Request.Query["to"]), context.RequestAborted);
        context.Response.Cookies.Append(CookieFor(context), browser, Options(context, TimeSpan.FromMinutes(5)));
        AdminPages.GoTo(context, location);
    }

    private static async Task EndAsync(HttpContext context, Reception reception, OidcSignIn oidc)
    {
        var query = context.Request.Query;
        context.Response.Cookies.Append(CookieFor(context), "", Options(context, TimeSpan.Zero));
        var answer = await oidc.EndAsync(
            One(query["state"]), One(query["code"]), One(query["iss"]), context.Request.Cookies[CookieFor(context)], context.RequestAborted);
        if (answer.Person is { } person && await reception.BeginAsync(context, person))
        {
            await reception.RecordAsync(context, $"person:{person}", "session.began_over_provider", $"person:{person}");
            AdminPages.GoTo(context, LocalPath.Of(answer.To));
            return;
        }

        await SayAsync(context, oidc, answer.Refusal?.Sentence ?? "That did not work; begin again.", StatusCodes.Status403Forbidden);
    }

    private static Task SayAsync(HttpContext context, OidcSignIn oidc, string fault, int status) =>
        AdminPages.ShowAsync(context, SignInViews.SignIn(fault, "", "/account", oidc.Settings.Name), status);

    private static string? One(Microsoft.Extensions.Primitives.StringValues values) => values is [{ Length: > 0 and <= 4096 } one] ? one : null;

    private static string CookieFor(HttpContext context) => SessionCookie.IsSecure(context.Request) ? Secure : Plain;

    private static string AddressOf(HttpContext context, string path) =>
        $"{(SessionCookie.IsSecure(context.Request) ? "https" : "http")}://{context.Request.Host}{path}";

    private static CookieOptions Options(HttpContext context, TimeSpan lasts) => new()
    {
        HttpOnly = true, Secure = SessionCookie.IsSecure(context.Request), SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lasts, IsEssential = true,
    };
}

/// <summary>What signing in over a provider tells operators.</summary>
internal static partial class OidcLog
{
    [LoggerMessage(1260, LogLevel.Warning, "Signing in over {Issuer} failed: {Fault}")]
    public static partial void Failed(ILogger logger, string issuer, string fault);
}
