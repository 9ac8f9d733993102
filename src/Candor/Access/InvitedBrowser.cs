using Candor.Effects;

namespace Candor.Access;

/// <summary>
/// A mark in the browser in which an invitation was opened, set before it is taken up: when the answer to taking it up is
/// lost, the mark is there already, and this browser alone may finish. It opens nothing by itself.
/// </summary>
internal static class InvitedBrowser
{
    private const string Secure = "__Host-candor-invited";
    private const string Plain = "candor-invited";
    private const int LengthMax = 64;

    /// <summary>What is kept of the mark of this browser, or null where it has none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { Length: > 0 and <= LengthMax } mark ? Hashes.Of(mark) : null;

    /// <summary>One that is there stays, so that opening the link again keeps what it is good for.</summary>
    public static void Mark(HttpContext context, IRandomness randomness)
    {
        if (Read(context.Request) is not null)
        {
            return;
        }

        context.Response.Cookies.Append(NameFor(context.Request), Hashes.NewSecret(randomness), new()
        {
            HttpOnly = true,
            Secure = SessionCookie.IsSecure(context.Request),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = Invitation.Lasts,
            IsEssential = true,
        });
    }

    private static string NameFor(HttpRequest request) => SessionCookie.IsSecure(request) ? Secure : Plain;
}
