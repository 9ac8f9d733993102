using System.Net;
using System.Text.RegularExpressions;
using Candor.Access.Factors;

namespace Candor.SystemTests.Access;

/// <summary>A browser as far as cookies and forms go, which can lose an answer after its request has arrived.</summary>
internal sealed partial class Visitor(Uri admin) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = admin, DefaultRequestHeaders = { { "Sec-Fetch-Site", "same-origin" } },
    };

    private readonly Dictionary<string, string> cookies = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same browser after its session went away.</summary>
    public Visitor WithoutSession()
    {
        var other = new Visitor(admin);
        foreach (var (name, value) in cookies.Where(static cookie => cookie.Key != Candor.Access.SessionCookie.Plain))
        {
            other.cookies[name] = value;
        }

        return other;
    }

    public Task<(HttpStatusCode Status, string Text)> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path), answerArrives: true);

    public async Task BecomeOwnerAsync(CandorProcess candor)
    {
        await Patience.UntilAsync(() => Task.FromResult(Code().IsMatch(candor.Log)), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        await PostAsync("/set-up", ("code", Code().Match(candor.Log).Groups["code"].Value), ("name", "Ada"), ("email", "ada@example.com"));
    }

    /// <summary>The path of the link.</summary>
    public async Task<string> InviteAsync(string name, string email)
    {
        var page = (await GetAsync("/people")).Text;
        var made = await PostAsync("/people/invite", ("form_token", Hidden(page, "form_token")), ("name", name), ("email", email), ("role", "responder"));
        return Link().Match(made.Text).Value;
    }

    public Task<(HttpStatusCode Status, string Text)> AcceptAsync(string link, string name, bool answerArrives = true) =>
        SendAsync(Form("/invitation", ("secret", link["/invitation/".Length..]), ("name", name)), answerArrives);

    public async Task SetPasswordAsync()
    {
        var page = (await GetAsync("/account/password")).Text;
        var code = TotpCode.At(WayInTests.FromBase32(Key().Match(page).Groups["key"].Value), TotpCode.StepAt(TimeProvider.System.GetUtcNow()));
        var set = await PostAsync(
            "/account/password",
            ("form_token", Hidden(page, "form_token")), ("enrolment", Hidden(page, "enrolment")), ("password", "correct horse battery"), ("code", code));
        Assert.Equal(HttpStatusCode.OK, set.Status);
    }

    public void Dispose() => http.Dispose();

    private Task<(HttpStatusCode Status, string Text)> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(Form(path, fields), answerArrives: true);

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request, bool answerArrives)
    {
        using var sent = request;
        if (cookies.Count > 0)
        {
            sent.Headers.Add("Cookie", string.Join("; ", cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var answer = await http.SendAsync(sent, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        if (answerArrives && answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var pair in set.Select(static one => one.Split(';')[0].Split('=', 2)))
            {
                cookies[pair[0]] = pair[1];
            }
        }

        return (answer.StatusCode, text);
    }

    private static HttpRequestMessage Form(string path, params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))),
    };

    private static string Hidden(string page, string name)
    {
        var before = $"name=\"{name}\" value=\"";
        var at = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[at..page.IndexOf('"', at)];
    }

    [GeneratedRegex("/invitation/[A-Za-z0-9_-]{20,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("id=\"totp\">(?<key>[A-Z2-7-]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("Set-up code: (?<code>[A-Z2-7-]{19}),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
