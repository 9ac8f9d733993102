using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>Somebody who works at a running Candor, in a browser of their own.</summary>
internal sealed partial class Operator : IAsyncDisposable
{
    public const int Phone = 360;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("CANDOR_PICTURES");

    private readonly CandorProcess candor;
    private readonly Chromium chromium;
    private readonly int width;

    private Operator(Chromium chromium, CandorProcess candor, IBrowserContext context, IPage page, int width)
    {
        (this.chromium, this.candor, this.width, Context, Page) = (chromium, candor, width, context, page);
        page.Console += (_, message) =>
        {
            // Refusals are answers here, and a connection that a test cuts is cut.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, fault) => Complaints.Add(fault);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the browser had to say against the pages: their policy, their scripts.</summary>
    public List<string> Complaints { get; } = [];

    public string Admin => $"http://localhost:{candor.AdminAddress.Port}";

    public static async Task<Operator> ComeAsync(Chromium chromium, CandorProcess candor, int width = Phone, bool javaScript = true)
    {
        var context = await chromium.Browser.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = 740 }, JavaScriptEnabled = javaScript, TimezoneId = "UTC" });
        return new(chromium, candor, context, await context.NewPageAsync(), width);
    }

    /// <summary>Somebody who has just become the first owner.</summary>
    public static async Task<Operator> OwnerAsync(
        Chromium chromium, CandorProcess candor, CancellationToken cancellation, int width = Phone, bool javaScript = true)
    {
        var owner = await ComeAsync(chromium, candor, width, javaScript);
        await owner.BecomeOwnerAsync(cancellation);
        return owner;
    }

    public async Task BecomeOwnerAsync(CancellationToken cancellation)
    {
        await Patience.UntilAsync(() => Task.FromResult(Code().IsMatch(candor.Log)), TimeSpan.FromSeconds(10), () => candor.Log, cancellation);
        await Page.GotoAsync(Admin + "/set-up");
        await Page.GetByLabel("Code from the console").FillAsync(Code().Match(candor.Log).Groups["code"].Value);
        await Page.GetByLabel("Your name").FillAsync("Ada");
        await Page.GetByLabel("Your e-mail address").FillAsync("ada@example.com");
        await PressAsync("Become the owner");
        await Page.ArriveAtAsync("/account");
    }

    /// <summary>A second person, invited by this one.</summary>
    public async Task<Operator> InviteAsync(string name, string role)
    {
        await GoAsync("/people");
        await Page.Locator("form[action='/people/invite'] [name=name]").FillAsync(name);
        await Page.GetByLabel("E-mail address").FillAsync($"{name.ToLowerInvariant()}@example.com");
        await Page.Locator("form[action='/people/invite'] select").SelectOptionAsync(role);
        await PressAsync("Invite");
        var link = (await Page.InnerTextAsync("#invitation")).Trim();
        var other = await ComeAsync(chromium, candor, width);
        await other.Page.GotoAsync(link);
        await other.PressAsync("Come in");
        await other.Page.ArriveAtAsync("/account");
        return other;
    }

    public async Task AddAuthenticatorAsync()
    {
        var devtools = await Context.NewCDPSessionAsync(Page);
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

    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(Admin + path);

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    public Task SayAsync(string text) => Page.GetByLabel("What readers should know").FillAsync(text);

    /// <summary>Opens an incident and gives back the address of its room.</summary>
    public async Task<string> OpenAsync(string title, string text)
    {
        await GoAsync("/incidents/new");
        await Page.GetByLabel("Title").FillAsync(title);
        await SayAsync(text);
        await PressAsync("Open and publish");
        await Page.Locator("#timeline").WaitForAsync();
        return Page.Url;
    }

    public async Task<string> TextAsync(string selector = "main") =>
        string.Join(' ', (await Page.InnerTextAsync(selector)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The page is free of axe violations in both schemes, and not wider than its screen. Takes pictures where asked.</summary>
    /// <param name="at">The width of the screen, where it is not the one that this person came with.</param>
    public async Task LooksRightAsync(string picture, int? at = null)
    {
        var seen = at ?? width;
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            if (Folder is not null)
            {
                Directory.CreateDirectory(Folder);
                await Page.ScreenshotAsync(new()
                {
                    FullPage = true, Path = Path.Combine(Folder, $"room-{picture}-{seen}-{scheme.ToString().ToLowerInvariant()}.png"),
                });
            }

            // Nothing but the colours differs between the schemes.
            var faults = await Axe.FaultsAsync(Page, scheme == ColorScheme.Dark ? null : "color-contrast");
            Assert.Empty(faults.Select(fault => $"{Page.Url} {scheme} {fault}"));
        }

        Assert.Equal(seen, await Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    [GeneratedRegex("Set-up code: (?<code>[A-Z2-7-]{19}),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
