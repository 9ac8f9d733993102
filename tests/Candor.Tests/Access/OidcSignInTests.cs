using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Candor.Tests.Access;

/// <summary>The way to a provider and back, with a provider that is a table of answers.</summary>
public sealed class OidcSignInTests : IAsyncLifetime
{
    private const string Issuer = "https://id.example.com";
    private const string Back = "http://127.0.0.1:8081/sign-in/oidc/callback";
    private static readonly RSA Key = RSA.Create(2048);

    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly MemoryPeople people = new();
    private readonly Provider provider = new();
    private Register register = null!;
    private Challenges challenges = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var ada = Cast.Somebody();
        people.Rows[(ada.Kind, ada.Key)] = ada;
        register = await Register.OpenAsync(people.Open(), Ct);
        challenges = new(time, new Cast.Chance(7));
    }

    public async ValueTask DisposeAsync()
    {
        await register.DisposeAsync();
        provider.Dispose();
    }

    [Fact]
    public async Task Whoever_comes_back_with_state_cookie_and_code_comes_in_once()
    {
        var (sign, begun) = await BegunAsync();

        var came = await sign.EndAsync(begun.State, "code", Issuer, begun.Browser, Ct);

        Assert.Equal((new PersonId("ada000000000"), "/people"), (came.Person, came.To));
        Assert.Equal("oidc.state", (await sign.EndAsync(begun.State, "code", Issuer, begun.Browser, Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task The_code_is_redeemed_with_the_verifier_of_the_challenge_and_the_address_it_was_asked_for_with()
    {
        var (sign, begun) = await BegunAsync();
        await sign.EndAsync(begun.State, "code-1", null, begun.Browser, Ct);

        var sent = QueryHelpers.ParseQuery(provider.Redeemed);
        Assert.Equal("S256", begun.Query["code_challenge_method"]);
        Assert.Equal(begun.Query["code_challenge"].ToString(), Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(sent["code_verifier"].ToString()))));
        Assert.Equal(("code-1", Back, "candor"), (sent["code"].ToString(), sent["redirect_uri"].ToString(), sent["client_id"].ToString()));
        Assert.DoesNotContain("verifier", string.Join('&', begun.Query.Keys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_browser_another_state_and_a_late_one_lead_nowhere_and_no_code_is_redeemed()
    {
        foreach (var (state, browser, wait) in new (string?, string?, TimeSpan)[]
        {
            (null, "own", default), ("forged", "own", default), ("own", null, default), ("own", "", default), ("own", "forged", default),
            ("own", "own", TimeSpan.FromMinutes(6)),
        })
        {
            var (sign, begun) = await BegunAsync();
            time.Advance(wait);
            var came = await sign.EndAsync(state == "own" ? begun.State : state, "code", null, browser == "own" ? begun.Browser : browser, Ct);
            Assert.Equal(("oidc.state", null), (came.Refusal?.Code, came.Person));
        }

        Assert.Empty(provider.Redeemed);
    }

    [Fact]
    public async Task A_code_of_one_provider_is_never_given_to_another()
    {
        var (sign, begun) = await BegunAsync();
        Assert.Equal("oidc.state", (await sign.EndAsync(begun.State, "code", "https://other.example.com", begun.Browser, Ct)).Refusal?.Code);

        // The settings name another provider between going and coming back.
        var (_, again) = await BegunAsync();
        var other = SignIn("https://other.example.com");
        Assert.Equal("oidc.state", (await other.EndAsync(again.State, "code", null, again.Browser, Ct)).Refusal?.Code);
        Assert.Empty(provider.Redeemed);
    }

    [Fact]
    public async Task A_token_that_answers_another_question_or_is_signed_by_nobody_known_brings_nobody_in()
    {
        foreach (var spoil in (Action[])[() => provider.Nonce = "another", () => provider.Algorithm = "none", () => provider.Algorithm = "HS256", () => provider.ClaimedIssuer = "https://evil.example.com"])
        {
            (provider.Nonce, provider.Algorithm, provider.ClaimedIssuer) = (null, "RS256", Issuer);
            spoil();
            var (sign, begun) = await BegunAsync();
            await Assert.ThrowsAsync<IOException>(() => sign.EndAsync(begun.State, "code", null, begun.Browser, Ct));
        }

        Assert.Empty(register.Roster.People.Values.SelectMany(static one => one.Identities));
    }

    [Theory]
    [InlineData("issuer", "https://id.example.com/")]
    [InlineData("issuer", "https://evil.example.com")]
    [InlineData("token_endpoint", "http://id.example.com/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    public async Task A_provider_that_calls_itself_otherwise_or_speaks_in_the_open_is_not_asked(string member, string value)
    {
        provider.Places[member] = value;

        await Assert.ThrowsAsync<IOException>(() => SignIn(Issuer).BeginAsync(Back, "/", Ct));
    }

    private async Task<(OidcSignIn Sign, Begun Begun)> BegunAsync()
    {
        var sign = SignIn(Issuer);
        var (location, browser) = await sign.BeginAsync(Back, "/people", Ct);
        var query = QueryHelpers.ParseQuery(new Uri(location).Query);
        provider.Asked = query["nonce"].ToString();
        return (sign, new(query["state"].ToString(), browser, query));
    }

    private OidcSignIn SignIn(string issuer) => new(
        new OidcProvider(new("Example", issuer, "candor", null), new HttpClient(provider, disposeHandler: false), time), register, challenges, new Cast.Chance(8), time);

    private sealed record Begun(string State, string Browser, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Query);

    private sealed class Provider : HttpMessageHandler
    {
        public Dictionary<string, string> Places { get; } = new()
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Issuer + "/token", ["jwks_uri"] = Issuer + "/keys",
        };

        public string Redeemed { get; private set; } = "";

        public string Asked { get; set; } = "";

        public string? Nonce { get; set; }

        public string Algorithm { get; set; } = "RS256";

        public string ClaimedIssuer { get; set; } = Issuer;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Redeemed = request.Content is { } form ? await form.ReadAsStringAsync(cancellationToken) : Redeemed;
            return new(HttpStatusCode.OK)
            {
                Content = new StringContent(request.RequestUri!.AbsolutePath switch
                {
                    "/token" => $$"""{"id_token":"{{Token()}}"}""",
                    "/keys" => Keys(),
                    _ => System.Text.Json.JsonSerializer.Serialize(Places),
                }),
            };
        }

        private static string Keys()
        {
            var own = Key.ExportParameters(includePrivateParameters: false);
            return $$"""{"keys":[{"kty":"RSA","kid":"k","n":"{{Base64Url.EncodeToString(own.Modulus)}}","e":"{{Base64Url.EncodeToString(own.Exponent)}}"}]}""";
        }

        /// <summary>With "HS256" the public key is the secret, as who confuses the algorithms would have it.</summary>
        private string Token()
        {
            var now = Cast.Now.AddMinutes(1).ToUnixTimeSeconds();
            var signed = Part($$"""{"alg":"{{Algorithm}}","kid":"k"}""") + "." + Part(
                $$"""{"iss":"{{ClaimedIssuer}}","aud":"candor","sub":"s1","iat":{{now - 60}},"exp":{{now + 600}},"nonce":"{{Nonce ?? Asked}}","email":"ada@example.com","email_verified":true}""");
            var bytes = Encoding.ASCII.GetBytes(signed);
            return signed + "." + Base64Url.EncodeToString(Algorithm switch
            {
                "RS256" => Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                "HS256" => HMACSHA256.HashData(Key.ExportSubjectPublicKeyInfo(), bytes),
                _ => [0],
            });
        }

        private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }
}
