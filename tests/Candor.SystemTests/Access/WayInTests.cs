using System.Net;
using System.Text.RegularExpressions;
using Candor.Access;
using Candor.Access.Factors;
using Candor.SystemTests.Browser;
using Microsoft.Playwright;

namespace Candor.SystemTests.Access;

/// <summary>Set-up and sign-in as a person does them on a phone, with a passkey of the browser's virtual authenticator.</summary>
public sealed partial class WayInTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";
    private const int Phone = 360;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task SEC_11_From_the_code_on_the_console_to_a_passkey_that_signs_in_on_a_phone()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        var code = await CodeAsync(candor);
        var admin = $"http://localhost:{candor.AdminAddress.Port}";
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = Phone, Height = 740 } });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        await AddAuthenticatorAsync(context, page);

        await page.GotoAsync(admin + "/account");
        Assert.EndsWith("/sign-in?to=%2Faccount", page.Url, StringComparison.Ordinal);
        await page.GetByText("Set it up").ClickAsync();
        await LooksRightAsync(page);
        await page.GetByLabel("Code from the console").FillAsync("AAAA-AAAA-AAAA-AAAA");
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByLabel("Your e-mail address").FillAsync("ada@example.com");
        await Button(page, "Become the owner").ClickAsync();
        Assert.Contains("not the code on the console", await page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await page.GetByLabel("Code from the console").FillAsync(code.ToLowerInvariant());
        await Button(page, "Become the owner").ClickAsync();

        await page.ArriveAtAsync("/account");
        await LooksRightAsync(page);
        await page.GetByLabel("Name of the device").FillAsync("Ada's phone");
        await Button(page, "Add a passkey").ClickAsync();
        await page.GetByText("Ada's phone").First.WaitForAsync();
        await LooksRightAsync(page);

        await Button(page, "Sign out").ClickAsync();
        await page.ArriveAtAsync("/sign-in");
        await LooksRightAsync(page);
        await page.GotoAsync(admin + "/people");
        await Button(page, "Sign in with a passkey").ClickAsync();
        await page.ArriveAtAsync("/people");
        Assert.Contains("ada@example.com", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await LooksRightAsync(page);

        await page.GotoAsync(admin + "/tokens");
        await page.GetByLabel("What it is for").FillAsync("deploy");
        await Button(page, "Make").ClickAsync();
        Assert.NotNull(TokenText.Read((await page.InnerTextAsync("#token")).Trim()));
        await LooksRightAsync(page);
        Assert.Empty(complaints);
        Assert.DoesNotContain("Set-up code", candor.Log.Split("Set-up code", 2)[1], StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task With_a_password_and_a_code_it_goes_without_JavaScript()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        var admin = $"http://localhost:{candor.AdminAddress.Port}";
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = Phone, Height = 740 }, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(admin + "/set-up");
        await page.GetByLabel("Code from the console").FillAsync(await CodeAsync(candor));
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByLabel("Your e-mail address").FillAsync("Ada@Example.com");
        await Button(page, "Become the owner").ClickAsync();
        await page.GetByText("Set a password").ClickAsync();

        var secret = FromBase32((await page.InnerTextAsync("#totp")).Trim());
        await page.GetByLabel("New password").FillAsync("correct horse battery");
        await page.GetByLabel("Code from the app").FillAsync(TotpCode.At(secret, TotpCode.StepAt(TimeProvider.System.GetUtcNow())));
        await Button(page, "Set the password").ClickAsync();
        var recovery = await page.Locator("ul.once li").First.InnerTextAsync();
        await page.GetByText("I have them").ClickAsync();
        await Button(page, "Sign out").ClickAsync();

        await page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await page.Locator("input[name=password]").FillAsync("correct horse battery");
        await page.GetByLabel("Code from your app").FillAsync(recovery);
        await Button(page, "Sign in").ClickAsync();

        Assert.EndsWith("/now", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(admin + "/account");
        Assert.Contains("9 recovery codes are left", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEC_22_Neither_logs_nor_files_hold_a_secret_in_the_open()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = candor.AdminAddress };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var setUp = await browser.PostAsync("/set-up", Form(("code", await CodeAsync(candor)), ("name", "Ada"), ("email", "ada@example.com")), Ct);
        Assert.Equal(HttpStatusCode.SeeOther, setUp.StatusCode);
        var account = await browser.GetStringAsync("/account/password", Ct);
        var secret = Key().Match(account).Groups["key"].Value;
        var code = TotpCode.At(FromBase32(secret), TotpCode.StepAt(TimeProvider.System.GetUtcNow()));
        using var set = await browser.PostAsync("/account/password", Form(
            ("form_token", Hidden(account, "form_token")), ("enrolment", Hidden(account, "enrolment")),
            ("password", "canary-password-1"), ("code", code)), Ct);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        var tokens = await browser.GetStringAsync("/tokens", Ct);
        using var made = await browser.PostAsync("/tokens", Form(
            ("form_token", Hidden(tokens, "form_token")), ("name", "deploy"), ("scope", "read"), ("days", "1")), Ct);
        var token = TokenText.FindIn(await made.Content.ReadAsStringAsync(Ct)).Single();
        var recovery = Recovery().Match(await set.Content.ReadAsStringAsync(Ct)).Groups["code"].Value;

        using var leak = await candor.Http.GetAsync("/?key=" + token.Reveal(), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, leak.StatusCode);
        await candor.StopAsync(Ct);

        string[] secrets = ["canary-password-1", secret, secret.Replace("-", "", StringComparison.Ordinal), token.Secret, recovery, recovery.Replace("-", "", StringComparison.Ordinal)];
        var kept = Directory.GetFiles(candor.Data, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith("master.key", StringComparison.Ordinal))
            .Select(static file => (Name: file, Text: System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))))
            .Append((Name: "the log", Text: candor.Log)).ToList();
        Assert.Contains(kept, static one => one.Name.EndsWith("people.db", StringComparison.Ordinal));
        Assert.All(secrets, one =>
        {
            Assert.True(one.Length > 10);
            Assert.DoesNotContain(kept, file => file.Text.Contains(one, StringComparison.Ordinal));
        });
        Assert.All(Directory.GetFiles(candor.Data, "*"), static file => Assert.Equal(
            UnixFileMode.None, File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Fact]
    public async Task SEC_28_A_form_takes_the_fields_it_has_and_no_other()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = candor.AdminAddress };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var code = await CodeAsync(candor);

        foreach (var extra in new[] { "role", "id", "reach", "owner", "Name", "password" })
        {
            using var said = await browser.PostAsync("/set-up", Form(("code", code), ("name", "Ada"), ("email", "ada@example.com"), (extra, "owner")), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, said.StatusCode);
        }

        using var twice = await browser.PostAsync("/set-up", Form(("code", code), ("name", "Ada"), ("name", "Eve"), ("email", "ada@example.com")), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        using var plain = await browser.PostAsync("/set-up", Form(("code", code), ("name", "Ada"), ("email", "ada@example.com")), Ct);
        Assert.Equal(HttpStatusCode.SeeOther, plain.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_sign_anybody_in_or_set_anything_up()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        using var browser = new HttpClient { BaseAddress = candor.AdminAddress };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        browser.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        foreach (var path in new[] { "/set-up", "/sign-in", "/sign-in/passkey", "/sign-in/passkey/question", "/invitation", "/sign-out", "/account/passkeys" })
        {
            using var said = await browser.PostAsync(path, Form(("code", "x")), Ct);
            Assert.True(said.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{path}: {said.StatusCode}");
        }
    }

    private static async Task<string> CodeAsync(CandorProcess candor)
    {
        await Patience.UntilAsync(() => Task.FromResult(Code().IsMatch(candor.Log)), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        return Code().Match(candor.Log).Groups["code"].Value;
    }

    private static async Task AddAuthenticatorAsync(IBrowserContext context, IPage page)
    {
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task LooksRightAsync(IPage page)
    {
        Assert.Empty((await Axe.FaultsAsync(page)).Select(fault => $"{page.Url} {fault}"));
        Assert.Equal(Phone, await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Hidden(string page, string name)
    {
        var before = $"name=\"{name}\" value=\"";
        var at = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[at..page.IndexOf('"', at)];
    }

    internal static byte[] FromBase32(string text)
    {
        var (bits, held, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text.Replace("-", "", StringComparison.Ordinal))
        {
            bits = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal)) & 0xFFFF;
            held += 5;
            if (held >= 8)
            {
                bytes.Add((byte)(bits >> (held - 8)));
                held -= 8;
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("id=\"totp\">(?<key>[A-Z2-7-]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<li>(?<code>[A-Z2-7-]{19})</li>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recovery();

    [GeneratedRegex("Set-up code: (?<code>[A-Z2-7-]{19}),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
