using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>One headless Chromium for all browser tests of a run.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;

    public static string? Path { get; } =
        new[] { Environment.GetEnvironmentVariable("CANDOR_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    public static bool Missing => Path is null;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Missing)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Headless = true, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (playwright is not null)
        {
            await Browser.CloseAsync();
            playwright.Dispose();
        }
    }
}
