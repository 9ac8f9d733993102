using System.Net.Http.Headers;
using System.Text;
using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Probing.Http;

/// <summary>What is asked, and where a redirect leads.</summary>
internal static class HttpRequests
{
    private const string Agent = "Candor/1.0 (status monitor)";

    /// <param name="at">The hop's address.</param>
    /// <param name="isHome">Own headers and the body go only to the origin that the owner named.</param>
    public static HttpRequestMessage Make(HttpCheck check, Uri at, bool isHome, Func<string, string?> secrets)
    {
        var request = new HttpRequestMessage(
            isHome ? HttpMethod.Parse(check.Method ?? "GET") : HttpMethod.Get,

            // The handler is given a stream that is ready, with TLS where wanted, so to it every server is this one.
            new Uri(string.Concat("http://probe", at.PathAndQuery)))
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = at.IsDefaultPort ? Bracketed(at) : $"{Bracketed(at)}:{at.Port}";
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        if (check.PastCache)
        {
            request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true, NoStore = true };
            request.Headers.Pragma.ParseAdd("no-cache");
        }

        if (isHome)
        {
            AddOwn(request, check, secrets);
        }

        return request;
    }

    /// <summary>The same address with a query part that no cache has ever seen.</summary>
    public static Uri PastCache(Uri target, IRandomness randomness)
    {
        var mark = $"candor={randomness.NextId()}";
        return new UriBuilder(target) { Query = target.Query.Length > 1 ? $"{target.Query}&{mark}" : mark }.Uri;
    }

    public static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text of the Location header where the answer is a redirect; null otherwise.</summary>
    public static string? Redirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
        && response.Headers.NonValidated.TryGetValues("Location", out var values) && values.Count == 1
            ? values.ToString()
            : null;

    /// <summary>Where a redirect leads, by the same rules as an address in the settings; the guard judges it again.</summary>
    public static Uri? Next(Uri at, string location, out string fault)
    {
        if (location.Length > 2_048 || location.Any(c => char.IsControl(c) || c == '\\')
            || !Uri.TryCreate(at, location, out var next) || !WebAddress.Check(next, out fault))
        {
            fault = "redirects to something that is not a web address";
            return null;
        }

        return next;
    }

    private static void AddOwn(HttpRequestMessage request, HttpCheck check, Func<string, string?> secrets)
    {
        if (check.Send is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(check.Send));
        }

        if (check.User is { } user)
        {
            var password = Revealed("the password", check.Password ?? "", secrets);
            request.Headers.Authorization =
                new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        foreach (var (name, written) in check.Headers.OrEmpty())
        {
            var value = Revealed($"the header {name}", written, secrets);
            if (value.Any(char.IsControl)
                || !(request.Headers.TryAddWithoutValidation(name, value)
                    || request.Content?.Headers.TryAddWithoutValidation(name, value) == true))
            {
                throw new FindingException(Finding.None($"the header {name} cannot be sent with this value"));
            }
        }
    }

    private static string Revealed(string what, string written, Func<string, string?> secrets) =>
        written.Length == 0 ? ""
        : Secret.Read(written, out var secret) is null && secret!.Reveal(secrets) is { } value ? value
        : throw new FindingException(Finding.None($"{what} needs a variable that is not set here"));

    private static string Bracketed(Uri at) =>
        at.HostNameType == UriHostNameType.IPv6 ? $"[{at.IdnHost.Trim('[', ']')}]" : at.IdnHost;
}
