using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Candor.SystemTests.Access;

/// <summary>
/// A small provider of OpenID Connect that holds its clients to the rules: the way back, the secret, the verifier, a code once.
/// Whoever comes is signed in as whom the test says.
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "candor";
    public const string Secret = "client secret";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new();
    private RSA key = RSA.Create(2048);
    private int keys = 1;

    private IdentityProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>Claims instead of, or besides, those that are right; null: left out.</summary>
    public Dictionary<string, JsonNode?> Claims { get; } = [];

    public int KeysAsked { get; private set; }

    public static async Task<IdentityProvider> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var provider = new IdentityProvider(builder.Build());
        provider.app.Urls.Add("http://127.0.0.1:0");
        provider.Map();
        await provider.app.StartAsync(cancellation);
        return provider;
    }

    /// <summary>The old key is gone at once, as after a theft.</summary>
    public void RotateKey()
    {
        key = RSA.Create(2048);
        keys++;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new JsonObject
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Issuer + "/token", ["jwks_uri"] = Issuer + "/keys",
        }));
        app.MapGet("/keys", () =>
        {
            KeysAsked++;
            var open = key.ExportParameters(includePrivateParameters: false);
            return Results.Json(new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId,
                    ["n"] = Base64Url.EncodeToString(open.Modulus), ["e"] = Base64Url.EncodeToString(open.Exponent),
                }),
            });
        });
        app.MapGet("/authorize", (HttpContext context) =>
        {
            var asked = context.Request.Query;
            if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256"
                || !asked["scope"].ToString().Split(' ').Contains("openid") || !asked["redirect_uri"].ToString().EndsWith("/sign-in/oidc/callback", StringComparison.Ordinal))
            {
                return Results.BadRequest();
            }

            var code = Guid.NewGuid().ToString("N");
            codes[code] = asked;
            return Results.Redirect(QueryHelpers.AddQueryString(
                asked["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
        });
        app.MapPost("/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(Secret)}"));
            return context.Request.Headers.Authorization == basic && codes.TryRemove(form["code"].ToString(), out var asked)
                && form["grant_type"] == "authorization_code" && form["redirect_uri"] == asked["redirect_uri"]
                && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked["code_challenge"]
                    ? Results.Json(new JsonObject { ["access_token"] = "x", ["token_type"] = "Bearer", ["id_token"] = Token(asked["nonce"].ToString()) })
                    : Results.Json(new JsonObject { ["error"] = "invalid_grant" }, statusCode: 400);
        });
    }

    private string KeyId => keys.ToString(CultureInfo.InvariantCulture);

    private string Token(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = "subject-1", ["iat"] = now, ["exp"] = now + 300, ["nonce"] = nonce };
        foreach (var (name, value) in Claims)
        {
            claims[name] = value?.DeepClone();
        }

        var signed = $"{Encode(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId })}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
