using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Candor.Tests.Contracts;

namespace Candor.SystemTests.Notices;

/// <summary>A reader who subscribes without an account: forms as a browser sends them, and a mailbox.</summary>
internal sealed partial class ReaderDesk(NoticeDesk desk, SmtpStub? server) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = desk.Candor.Address,
        Timeout = TimeSpan.FromSeconds(20),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Settings(int port) => string.Create(
        CultureInfo.InvariantCulture, $$"""notices: { email: { smtp: "smtp://127.0.0.1:{{port}}", from: status@heron.example } }""");

    public async Task<(HttpStatusCode Code, string Text, string? Location)> PostAsync(
        string path, bool asBrowser = true, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (asBrowser)
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Origin", desk.Candor.Address.GetLeftPart(UriPartial.Authority));
        }

        return await AnswerAsync(request);
    }

    public async Task<(HttpStatusCode Code, string Text, string? Location)> GetAsync(string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        return await AnswerAsync(request);
    }

    public async Task AskAsync(string address, string channel = "email")
    {
        HttpStatusCode last = default;
        await Patience.UntilAsync(
            async () => (last = (await PostAsync("/subscriptions", true, ("channel", channel), ("address", address), ("maintenance", "true"))).Code) == HttpStatusCode.SeeOther,
            TimeSpan.FromSeconds(30), () => $"{last} {desk.Candor.Log}", Ct);
    }

    /// <summary>An operator brings the address on a list whose people are asked first: the same link, where strangers' addresses are not reached.</summary>
    public async Task BringAsync(string address, string channel)
    {
        var file = Path.Combine(desk.Candor.Folder, "brought.csv");
        await File.WriteAllTextAsync(file, $"channel,address\n{channel},\"{address.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n", Ct);
        var last = (Code: -1, Output: "", Error: "");
        await Patience.UntilAsync(
            async () => (last = await desk.RunAsync("subscribers", "import", file, "--ask")).Code == 0,
            TimeSpan.FromSeconds(30), () => $"{last.Output} {last.Error} {desk.Candor.Log}", Ct);
    }

    /// <summary>Paths below the page in the newest mail to an address, once there are as many mails to it.</summary>
    public async Task<IReadOnlyList<string>> LinksAsync(string address, int mails = 1)
    {
        await Patience.UntilAsync(
            () => Task.FromResult(To(address).Count >= mails), TimeSpan.FromSeconds(30), () => $"{To(address).Count} mails; {desk.Candor.Log}", Ct);
        return LinksOf(To(address)[^1]);
    }

    public IReadOnlyList<string> To(string address) => [.. server!.Mails.Where(mail => mail.Contains($"To: {address}\r\n", StringComparison.OrdinalIgnoreCase))];

    /// <summary>Quoted-printable parts long lines; the addresses are put together again.</summary>
    public static IReadOnlyList<string> LinksOf(string mail) =>
    [
        .. Link().Matches(mail.Replace("=\r\n", "", StringComparison.Ordinal)).Select(static match => match.Groups["path"].Value).Distinct(),
    ];

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Code, string Text, string? Location)> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers.Location?.OriginalString);
    }

    [GeneratedRegex(@"https://status\.example\.com(?<path>/(subscriptions|unsubscribe)/[a-z0-9]+\.[0-9a-f]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
