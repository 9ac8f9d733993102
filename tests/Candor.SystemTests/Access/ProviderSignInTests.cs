using System.Net;
using System.Text.RegularExpressions;

namespace Candor.SystemTests.Access;

/// <summary>Operators who sign in over a provider of OpenID Connect, with the real executable and a real provider.</summary>
public sealed partial class ProviderSignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_here_comes_in_over_the_provider_also_after_it_changed_its_key_and_nobody_else_does()
    {
        await using var provider = await IdentityProvider.StartAsync(Ct);
        await using var candor = await StartAsync(provider);
        await SetUpAsync(candor);

        provider.Claims["email"] = "eve@example.com";
        provider.Claims["email_verified"] = true;
        Assert.Contains("Ask an owner for an invitation", (await SignInAsync(candor)).Text, StringComparison.Ordinal);
        provider.Claims["email"] = "ada@example.com";
        provider.Claims["email_verified"] = false;
        Assert.Contains("Ask an owner for an invitation", (await SignInAsync(candor)).Text, StringComparison.Ordinal);

        provider.Claims["email_verified"] = true;
        var first = await SignInAsync(candor);
        Assert.Equal("/account", first.Path);
        Assert.Contains("Signed in as Ada", first.Text, StringComparison.Ordinal);

        // The account is bound: its address does not matter any more, and nobody else gets in by the address.
        provider.Claims.Remove("email");
        Assert.Contains("Signed in as Ada", (await SignInAsync(candor)).Text, StringComparison.Ordinal);
        provider.Claims["email"] = "ada@example.com";
        provider.Claims["sub"] = "subject-2";
        Assert.Contains("Somebody else came with this address", (await SignInAsync(candor)).Text, StringComparison.Ordinal);

        provider.Claims.Remove("sub");
        provider.Claims["nonce"] = "another";
        Assert.Contains("does not work at the moment", (await SignInAsync(candor)).Text, StringComparison.Ordinal);
        await Patience.UntilAsync(
            () => Task.FromResult(candor.Log.Contains("it answers another question", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        Assert.DoesNotContain(IdentityProvider.Secret, candor.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_back_that_belongs_to_another_browser_or_was_used_leads_nowhere()
    {
        await using var provider = await IdentityProvider.StartAsync(Ct);
        provider.Claims["email"] = "ada@example.com";
        provider.Claims["email_verified"] = true;
        await using var candor = await StartAsync(provider);
        await SetUpAsync(candor);
        using var ada = Browser();
        var back = await BackAsync(ada, candor);

        using var other = Browser();
        Assert.Contains("belongs to another browser", await TextAsync(other, back), StringComparison.Ordinal);
        Assert.Contains("belongs to another browser", await TextAsync(ada, back), StringComparison.Ordinal);

        var again = await BackAsync(ada, candor);
        using var came = await ada.GetAsync(again, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, came.StatusCode);
        Assert.Contains("belongs to another browser", await TextAsync(ada, again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_provider_is_away_it_is_said_and_the_own_ways_are_there()
    {
        await using var provider = await IdentityProvider.StartAsync(Ct);
        await using var candor = await StartAsync(provider);
        await SetUpAsync(candor);
        await provider.DisposeAsync();

        var said = await SignInAsync(candor);

        Assert.Contains("A passkey, or a password with a code, always works", said.Text, StringComparison.Ordinal);
        Assert.Contains("Sign in with a passkey", said.Text, StringComparison.Ordinal);
    }

    private static Task<CandorProcess> StartAsync(IdentityProvider provider) => CandorProcess.StartAsync(
        new CandorOptions
        {
            Settings = $$"""
                page: { name: Heron }
                egress: { allow: [127.0.0.0/8] }
                sign_in: { oidc: { issuer: "{{provider.Issuer}}", client_id: {{IdentityProvider.ClientId}}, client_secret: $OIDC_SECRET, name: Example } }
                """,
            Environment = new Dictionary<string, string> { ["OIDC_SECRET"] = IdentityProvider.Secret },
        },
        Ct);

    private static async Task SetUpAsync(CandorProcess candor)
    {
        await Patience.UntilAsync(() => Task.FromResult(SetUpCode().IsMatch(candor.Log)), TimeSpan.FromSeconds(10), () => candor.Log, Ct);
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(candor.AdminAddress, "/set-up"))
        {
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["code"] = SetUpCode().Match(candor.Log).Groups["code"].Value, ["name"] = "Ada", ["email"] = "ada@example.com",
            }),
        };
        using var said = await browser.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
    }

    /// <summary>A browser of its own goes the whole way; what it ends at.</summary>
    private static async Task<(string Path, string Text)> SignInAsync(CandorProcess candor)
    {
        using var browser = Browser();
        var at = new Uri(candor.AdminAddress, "/sign-in/oidc?to=%2Faccount");
        while (true)
        {
            using var said = await browser.GetAsync(at, Ct);
            if (said.Headers.Location is not { } next)
            {
                return (at.AbsolutePath, await said.Content.ReadAsStringAsync(Ct));
            }

            at = new Uri(at, next);
        }
    }

    private static async Task<Uri> BackAsync(HttpClient browser, CandorProcess candor)
    {
        using var there = await browser.GetAsync(new Uri(candor.AdminAddress, "/sign-in/oidc"), Ct);
        using var back = await browser.GetAsync(there.Headers.Location, Ct);
        return back.Headers.Location!;
    }

    private static async Task<string> TextAsync(HttpClient browser, Uri at)
    {
        using var said = await browser.GetAsync(at, Ct);
        return await said.Content.ReadAsStringAsync(Ct);
    }

    private static HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    [GeneratedRegex("Set-up code: (?<code>\\S+),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SetUpCode();
}
