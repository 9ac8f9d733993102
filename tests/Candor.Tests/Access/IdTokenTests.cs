using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Access.External;

namespace Candor.Tests.Access;

public sealed class IdTokenTests
{
    private static readonly Oidc Provider = new("Example", "https://id.example.com", "candor", null);
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly long Now = Cast.Now.ToUnixTimeSeconds();

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void A_genuine_token_says_who_it_is(string algorithm)
    {
        var (claims, fault) = Verify(Token(algorithm, Claims()));

        Assert.Null(fault);
        Assert.Equal(new("subject-1", "ada@example.com", "Ada"), claims);
    }

    [Theory]
    [InlineData("iss", "\"https://id.example.com/\"", "issuer")]
    [InlineData("aud", "\"other\"", "another client")]
    [InlineData("aud", "[\"other\"]", "another client")]
    [InlineData("aud", "[\"candor\",\"other\"]", "another client")]
    [InlineData("azp", "\"other\"", "another client")]
    [InlineData("nonce", "\"another\"", "another question")]
    [InlineData("nonce", "null", "another question")]
    [InlineData("sub", "\"\"", "nobody")]
    [InlineData("sub", "7", "nobody")]
    [InlineData("exp", "-61", "over")]
    [InlineData("exp", "null", "over")]
    [InlineData("exp", "1e300", "over")]
    [InlineData("iat", "61", "future")]
    [InlineData("iat", "null", "future")]
    [InlineData("nbf", "61", "yet")]
    public void What_is_wrong_with_a_claim_is_named(string name, string value, string said)
    {
        var text = name is "exp" or "iat" or "nbf" && int.TryParse(value, out var off) ? $"{Now + off}" : value;

        Assert.Contains(said, Verify(Token("RS256", Claims((name, text)))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Clocks_may_differ_by_a_minute()
    {
        Assert.Null(Verify(Token("RS256", Claims(("exp", $"{Now - 59}")))).Fault);
        Assert.Null(Verify(Token("RS256", Claims(("iat", $"{Now + 59}")))).Fault);
    }

    [Fact]
    public void An_address_counts_only_where_the_provider_has_verified_it()
    {
        Assert.Null(Verify(Token("RS256", Claims(("email_verified", "false")))).Claims!.Email);
        Assert.Null(Verify(Token("RS256", Claims(("email_verified", "null")))).Claims!.Email);
        Assert.Null(Verify(Token("RS256", Claims(("email_verified", "1")))).Claims!.Email);
        Assert.Equal("ada@example.com", Verify(Token("RS256", Claims(("email_verified", "\"true\"")))).Claims!.Email);
    }

    [Fact]
    public void A_signature_is_by_a_key_of_the_provider_with_an_algorithm_from_the_list_or_none()
    {
        var good = Token("RS256", Claims());
        using var other = RSA.Create(2048);
        using var small = RSA.Create(1024);
        var header = Encode("""{"alg":"none","kid":"rsa"}""");
        var hmacKey = Rsa.ExportRSAPublicKey();
        var confused = $"{Encode("""{"alg":"HS256","kid":"rsa"}""")}.{Encode(Claims())}";
        string[] forged =
        [
            $"{header}.{Encode(Claims())}.", $"{header}.{Encode(Claims())}.AAAA",
            $"{confused}.{Base64Url.EncodeToString(HMACSHA256.HashData(hmacKey, Encoding.ASCII.GetBytes(confused)))}",
            Token("RS256", Claims(), other), good[..^4] + "AAAA", good.Replace(Encode(Claims()), Encode(Claims(("sub", "\"eve\""))), StringComparison.Ordinal),
            Token("RS256", Claims(), kid: "unknown"), good + ".x", good.Replace('.', ' '), "", "..", new string('a', 20_000) + ".a.a",
            Token("ES256", Claims()).Replace(Encode("""{"alg":"ES256","kid":"ec"}"""), Encode("""{"alg":"ES256","kid":"rsa"}"""), StringComparison.Ordinal),
            Token("RS256", Claims(), header: """{"alg":"RS256","kid":"rsa","crit":["x"]}"""),
            Token("RS256", """{"iss":"https://id.example.com","iss":"https://id.example.com"}"""),
            Token("RS256", new string('[', 1000)),
        ];

        Assert.All(forged, static token => Assert.NotNull(Verify(token).Fault));
        Assert.NotNull(IdToken.Verify(Token("RS256", Claims(), small), [Key("rsa", small)], Provider, "nonce", Cast.Now).Fault);
        Assert.NotNull(IdToken.Verify(good, [], Provider, "nonce", Cast.Now).Fault);
    }

    private static (IdTokenClaims? Claims, string? Fault) Verify(string token) => IdToken.Verify(token, Keys(), Provider, "nonce", Cast.Now);

    private static ImmutableArray<OidcKey> Keys()
    {
        var point = Curve.ExportParameters(false).Q;
        return [Key("rsa", Rsa), .. IdToken.KeysOf(JsonElement.Parse(
            $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"ec","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"},{"kty":"oct","kid":"rsa","k":"AAAA"},7]}"""))];
    }

    private static OidcKey Key(string id, RSA rsa)
    {
        var open = rsa.ExportParameters(false);
        return new(id, null, JsonElement.Parse(
            $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(open.Modulus)}}","e":"{{Base64Url.EncodeToString(open.Exponent)}}"}"""));
    }

    private static string Claims(params (string Name, string Value)[] changed)
    {
        var claims = new Dictionary<string, string>
        {
            ["iss"] = "\"https://id.example.com\"", ["aud"] = "\"candor\"", ["sub"] = "\"subject-1\"", ["nonce"] = "\"nonce\"",
            ["exp"] = $"{Now + 300}", ["iat"] = $"{Now}", ["email"] = "\"Ada@Example.com\"", ["email_verified"] = "true", ["name"] = "\"Ada\"",
        };
        foreach (var (name, value) in changed)
        {
            claims[name] = value;
        }

        return "{" + string.Join(',', claims.Select(static one => $"\"{one.Key}\":{one.Value}")) + "}";
    }

    private static string Token(string algorithm, string claims, RSA? rsa = null, string? kid = null, string? header = null)
    {
        var signed = $"{Encode(header ?? $$"""{"alg":"{{algorithm}}","kid":"{{kid ?? (algorithm == "ES256" ? "ec" : "rsa")}}"}""")}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "ES256" => Curve.SignData(bytes, HashAlgorithmName.SHA256),
            "PS256" => (rsa ?? Rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => (rsa ?? Rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
