using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Candor.SystemTests.Posting;

namespace Candor.SystemTests.Access;

/// <summary>Readers of what is not for everybody, by the real executable over real connections.</summary>
public sealed partial class AudienceTests
{
    private const string Password = "correct horse battery";

    private const string Settings = """
        page: { name: Heron }
        audiences:
          staff: { password: $STAFF_PASSWORD, links: true, members: true }
          office: { addresses: [127.0.0.9] }
        components:
          - name: Homepage
          - { name: Vault, id: vaultvault00, only_for: [staff] }
          - { name: Desk, id: deskdesk0000, only_for: [office] }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static CandorOptions Options => new()
    {
        Settings = Settings,
        Environment = new Dictionary<string, string> { ["STAFF_PASSWORD"] = Password },
    };

    [Fact]
    public async Task SEC_09_Every_route_for_every_audience_over_the_wire()
    {
        await using var candor = await CandorProcess.StartAsync(Options, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        foreach (var (name, word) in new[] { ("Vault", "vaultword"), ("Desk", "deskword") })
        {
            using var told = await Api.SendAsync(
                candor, token, HttpMethod.Post, "/api/incidents",
                $$"""{"title":"About {{word}}","body":"It is {{word}}.","components":[{"component":"{{name}}","status":"major_outage"}]}""");
            Assert.Equal(HttpStatusCode.Created, told.StatusCode);
        }

        using var own = await Api.SendAsync(
            candor, token, HttpMethod.Post, "/api/incidents", """{"title":"About ownword","body":"For them.","only_for":["staff"]}""");
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        using var unknown = await Api.SendAsync(
            candor, token, HttpMethod.Post, "/api/incidents", """{"title":"x","body":"x","only_for":["nobody"]}""");
        Assert.Equal("no_such_audience", await Api.CodeAsync(unknown));

        using var everybody = new Browser(candor.Address);
        using var staff = new Browser(candor.Address);
        using var office = new Browser(candor.Address, IPAddress.Parse("127.0.0.9"));
        await Patience.UntilAsync(
            async () =>
            {
                if ((await staff.TextAsync("/")).Contains("ownword", StringComparison.Ordinal) && (await office.TextAsync("/")).Contains("deskword", StringComparison.Ordinal))
                {
                    return true;
                }

                // The doors stand open a moment after the start: whoever comes too early comes again.
                await staff.SignInAsync("", Password);
                await Task.Delay(TimeSpan.FromSeconds(2), Ct);
                return false;
            },
            TimeSpan.FromSeconds(60), () => candor.Log, Ct);

        string[] routes =
        [
            "/", "/history", "/maintenance", "/subscribe", "/uptime", "/status.json", "/api/v2/summary.json", "/api/v2/status.json", "/api/v2/components.json",
            "/api/v2/incidents.json", "/api/v2/incidents/unresolved.json", "/api/v2/scheduled-maintenances.json", "/history.rss", "/history.atom",
            "/feed.rss", "/feed.atom", "/calendar.ics", "/badge.svg", "/widget.js", "/components/vaultvault00", "/components/vaultvault00/badge.svg",
            "/components/deskdesk0000", "/components/deskdesk0000/badge.svg", own.Headers.Location!.ToString()["/api".Length..], "/404", "/nowhere",
            .. new[] { "/", "/status.json", "/feed.atom", "/components/vaultvault00" }.Select(static path => path + "?at=" + Uri.EscapeDataString(DateTimeOffset.UtcNow.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))),
        ];
        foreach (var route in routes)
        {
            foreach (var (who, foreign) in new[]
            {
                (everybody, "Vault|vaultword|ownword|Desk|deskword|vaultvault00|deskdesk0000"), (staff, "Desk|deskword|deskdesk0000"), (office, "Vault|vaultword|ownword|vaultvault00"),
            })
            {
                var text = await who.TextAsync(route);
                Assert.False(Regex.IsMatch(text, foreign, RegexOptions.None, TimeSpan.FromSeconds(5)), $"{route} holds one of {foreign}: {text}");
            }
        }

        Assert.Contains("vaultword", await staff.TextAsync("/status.json"), StringComparison.Ordinal);
        Assert.Contains("ownword", await staff.TextAsync("/feed.atom"), StringComparison.Ordinal);
        Assert.Contains("deskword", await office.TextAsync("/api/v2/incidents.json"), StringComparison.Ordinal);
        Assert.Equal(["no-store", "private"], (await staff.HeaderAsync("/status.json", "Cache-Control")).Split(", ").Order(StringComparer.Ordinal));
        Assert.StartsWith("public", await everybody.HeaderAsync("/status.json", "Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEC_05_A_stream_closes_within_a_second_of_its_reader_being_taken_away_or_signing_out()
    {
        await using var candor = await CandorProcess.StartAsync(Options, Ct);
        using var staff = new Browser(candor.Address);
        await staff.SignInAsync("", Password);
        using var other = new Browser(candor.Address);
        await other.SignInAsync("", Password);
        var mine = await staff.ListenAsync();
        var others = await other.ListenAsync();

        var clock = Stopwatch.StartNew();
        await staff.PostAsync("/sign-out", []);
        await mine.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("Vault", await staff.TextAsync("/"), StringComparison.Ordinal);
        Assert.False(others.IsCompleted);

        // The settings are looked at every two seconds, twice; from then on it takes no second.
        await File.WriteAllTextAsync(candor.SettingsPath, Settings.Replace("password: $STAFF_PASSWORD, ", "", StringComparison.Ordinal), Ct);
        await others.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await Patience.UntilAsync(
            async () => !(await other.TextAsync("/")).Contains("Vault", StringComparison.Ordinal), TimeSpan.FromSeconds(1), () => candor.Log, Ct);
    }

    [Fact]
    public async Task SEC_09_What_was_made_private_while_nothing_ran_is_shown_to_nobody_at_the_next_start()
    {
        await using var candor = await CandorProcess.StartAsync(Options with { Settings = Settings.Replace(", only_for: [staff]", "", StringComparison.Ordinal) }, Ct);
        await candor.UntilAsync("/status.json", static body => body.GetRawText().Contains("Vault", StringComparison.Ordinal), TimeSpan.FromSeconds(10), Ct);
        await candor.StopAsync(Ct);
        await File.WriteAllTextAsync(candor.SettingsPath, Settings, Ct);

        // A reader who asks from the first moment on, before the line that says that it is ready.
        await candor.StartAgainAsync(Ct);
        for (var i = 0; i < 100; i++)
        {
            foreach (var path in new[] { "/", "/status.json", "/components/vaultvault00", "/feed.atom" })
            {
                using var answer = await candor.Http.GetAsync(path, Ct);
                Assert.DoesNotContain("Vault", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task SEC_27_A_page_that_is_private_as_a_whole_shows_the_way_in_and_answers_all_else_alike()
    {
        await using var candor = await CandorProcess.StartAsync(
            Options with { Settings = Settings.Replace("name: Heron", "name: Heron, only_for: [staff]", StringComparison.Ordinal).Replace(", only_for: [office]", "", StringComparison.Ordinal) }, Ct);
        using var everybody = new Browser(candor.Address);
        var missing = await everybody.WholeAsync("/nowhere");
        foreach (var path in new[] { "/status.json", "/feed.atom", "/badge.svg", "/components/vaultvault00", "/history", "/api/v2/summary.json", "/events", "/api/v2/subscribers.json", "/status.json?at=2026-01-01" })
        {
            Assert.Equal(missing, await everybody.WholeAsync(path));
        }

        var first = await everybody.TextAsync("/");
        Assert.Contains("/sign-in", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Heron", first + missing, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await everybody.SignInAsync("", "a wrong one altogether"));
        Assert.Equal(HttpStatusCode.SeeOther, await everybody.SignInAsync("", Password));
        await UntilAsync(candor, everybody, "/", "Heron");
    }

    [Fact]
    public async Task A_member_is_invited_at_the_console_comes_in_by_the_link_and_is_answered_like_nobody_when_wrong()
    {
        await using var candor = await CandorProcess.StartAsync(Options, Ct);
        await candor.StopAsync(Ct);
        var made = await Api.RunAsync(null, "audience", "invite", "staff", "--email", "ada@example.com", "--config", candor.SettingsPath, "--data", candor.Data);
        Assert.Equal((0, ""), (made.Exit, made.Errors));
        var refused = await Api.RunAsync(null, "audience", "invite", "office", "--config", candor.SettingsPath, "--data", candor.Data);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("links: true", refused.Errors, StringComparison.Ordinal);
        await candor.StartAgainAsync(Ct);
        var link = made.Output.Trim();

        using var ada = new Browser(candor.Address);
        await UntilAsync(candor, ada, link, "ada@example.com");
        Assert.Equal(HttpStatusCode.SeeOther, await ada.PostAsync("/enter", new() { ["secret"] = link.Split('/')[^1], ["password"] = "a password of her own" }));
        await UntilAsync(candor, ada, "/", "Vault");
        using var eve = new Browser(candor.Address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await eve.PostAsync("/enter", new() { ["secret"] = link.Split('/')[^1], ["password"] = "a password of hers" }));
        Assert.Equal(HttpStatusCode.SeeOther, await eve.SignInAsync("ada@example.com", "a password of her own"));

        using var guess = new Browser(candor.Address);
        var wrong = await guess.WholeAsync("/sign-in", new() { ["email"] = "ada@example.com", ["password"] = "not her password" });
        var nobody = await guess.WholeAsync("/sign-in", new() { ["email"] = "nobody@example.com", ["password"] = "not her password" });
        Assert.Equal(wrong, nobody);
        Assert.DoesNotContain(link.Split('/')[^1], candor.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_audiences_none_of_these_addresses_exists()
    {
        await using var candor = await CandorProcess.StartAsync("page: { name: Heron }", Ct);
        using var everybody = new Browser(candor.Address);
        await UntilAsync(candor, everybody, "/nowhere", "Heron");
        var missing = await everybody.WholeAsync("/nowhere");

        Assert.Equal(missing, await everybody.WholeAsync("/sign-in"));
        Assert.Equal(missing, await everybody.WholeAsync("/enter/x"));
        Assert.Equal(missing, await everybody.WholeAsync("/sign-out"));
    }

    /// <summary>The first pages of an audience take a moment after a start.</summary>
    private static Task<TimeSpan> UntilAsync(CandorProcess candor, Browser who, string path, string word) => Patience.UntilAsync(
        async () => (await who.TextAsync(path)).Contains(word, StringComparison.Ordinal), TimeSpan.FromSeconds(10), () => candor.Log, Ct);

    /// <summary>A browser as far as these pages need one: it keeps cookies and says where its forms come from.</summary>
    private sealed partial class Browser : IDisposable
    {
        private readonly HttpClient http;

        public Browser(Uri address, IPAddress? from = null)
        {
            http = new HttpClient(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = async (context, cancellation) =>
                {
                    var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                    if (from is not null)
                    {
                        socket.Bind(new IPEndPoint(from.MapToIPv6(), 0));
                    }

                    await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                    return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                },
            })
            { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        }

        public void Dispose() => http.Dispose();

        public Task<string> TextAsync(string path) => ReadAsync(HttpMethod.Get, path, null, static (_, text) => text);

        public Task<string> WholeAsync(string path, Dictionary<string, string>? form = null) => ReadAsync(
            form is null ? HttpMethod.Get : HttpMethod.Post, path, form, static (said, text) => $"{said.StatusCode}\n{DateLine().Replace(said.Headers.ToString(), "")}{said.Content.Headers}\n{text}");

        public Task<string> HeaderAsync(string path, string name) => ReadAsync(HttpMethod.Get, path, null, (said, _) => string.Join(", ", said.Headers.GetValues(name)));

        public Task<HttpStatusCode> SignInAsync(string email, string password) => PostAsync("/sign-in", new() { ["email"] = email, ["password"] = password });

        public Task<HttpStatusCode> PostAsync(string path, Dictionary<string, string> form) => ReadAsync(HttpMethod.Post, path, form, static (said, _) => said.StatusCode);

        /// <summary>Ends when the server ends the stream.</summary>
        public async Task<Task> ListenAsync()
        {
            var said = await http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.Equal("text/event-stream", said.Content.Headers.ContentType?.MediaType);
            var stream = await said.Content.ReadAsStreamAsync(Ct);
            return Task.Run(async () =>
            {
                try
                {
                    while (await stream.ReadAsync(new byte[4096], Ct) > 0)
                    {
                    }
                }
                catch (Exception fault) when (fault is IOException or HttpRequestException)
                {
                    // Broken off, which is as good an end.
                }
                finally
                {
                    said.Dispose();
                }
            }, Ct);
        }

        private async Task<T> ReadAsync<T>(HttpMethod method, string path, Dictionary<string, string>? form, Func<HttpResponseMessage, string, T> read)
        {
            using var request = new HttpRequestMessage(method, path);
            if (form is not null)
            {
                request.Content = new FormUrlEncodedContent(form);
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
            }

            using var said = await http.SendAsync(request, Ct);
            return read(said, await said.Content.ReadAsStringAsync(Ct));
        }

        [GeneratedRegex("^Date: .*\r?\n", RegexOptions.Multiline, 1000)]
        private static partial Regex DateLine();
    }
}
