namespace Candor.Access.Reading;

/// <summary>The cookie of a reader who was let in. Another one than operators have, so that neither is ever taken for the other.</summary>
internal static class ReaderCookie
{
    public const string Secure = "__Host-candor-reader";
    public const string Plain = "candor-reader";
    private const int LengthMax = 64;

    /// <summary>The secret in it, or null.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Cookie.Count > 0 && request.Cookies[NameFor(request)] is { Length: > 0 and <= LengthMax } found ? found : null;

    public static void Write(HttpContext context, string secret) =>
        context.Response.Cookies.Append(NameFor(context.Request), secret, Options(context.Request, ReaderSession.LastsMax));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Append(NameFor(context.Request), "", Options(context.Request, TimeSpan.Zero));

    private static string NameFor(HttpRequest request) => SessionCookie.IsSecure(request) ? Secure : Plain;

    private static CookieOptions Options(HttpRequest request, TimeSpan lasts) => new()
    {
        HttpOnly = true,
        Secure = SessionCookie.IsSecure(request),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = lasts,
    };
}
