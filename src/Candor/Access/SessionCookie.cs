using System.Net;
using System.Text;

namespace Candor.Access;

/// <summary>
/// The cookie that holds a session. With TLS in front it has the <c>__Host-</c> prefix, so that no other host can set it;
/// over plain HTTP, which browsers only treat as safe on this machine, a plain name.
/// </summary>
internal static class SessionCookie
{
    public const string Secure = "__Host-candor";
    public const string Plain = "candor";
    private const int LengthMax = 64;

    /// <summary>The secret in it, or null.</summary>
    public static string? Read(HttpRequest request)
    {
        var found = request.Cookies[IsPlain(request) ? Plain : Secure];
        return found is { Length: > 0 and <= LengthMax } ? found : null;
    }

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(
        IsPlain(context.Request) ? Plain : Secure, secret, Options(context.Request));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(
        IsPlain(context.Request) ? Plain : Secure, "", new(Options(context.Request)) { MaxAge = TimeSpan.Zero });

    /// <summary>Whether cookies for this host go over TLS only.</summary>
    public static bool IsSecure(HttpRequest request) => !IsPlain(request);

    /// <summary>What forms of this session carry. It is made from the cookie, which no other site can read.</summary>
    public static string FormToken(string secret) => Hashes.Of("form:" + secret);

    /// <summary>
    /// Plain only where the browser itself spoke to this machine. A proxy passes another Host on, and then the cookie is
    /// secure whatever the proxy says of the scheme: no header that a client could send decides it.
    /// </summary>
    private static bool IsPlain(HttpRequest request) =>
        request.Host.Host is "localhost"
        || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = !IsPlain(request),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
