using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Candor.Access.External;

/// <summary>Where a provider takes what, as it says itself.</summary>
internal sealed record OidcPlaces(Uri Authorization, Uri Token, Uri Keys, bool TakesBasic);

/// <summary>
/// Asks a provider: where things are, its keys, and an ID token for a code. What it says is kept for an hour; a key that is
/// not known is asked for at once, but not more than once a minute. Faults are <see cref="IOException"/>.
/// </summary>
internal sealed class OidcProvider(Oidc provider, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeysAnewAfter = TimeSpan.FromMinutes(1);

    private volatile Known<OidcPlaces>? places;
    private volatile Known<ImmutableArray<OidcKey>>? keys;

    public Oidc Settings => provider;

    public async Task<OidcPlaces> PlacesAsync(CancellationToken cancellation)
    {
        if (places is { } known && time.GetElapsedTime(known.At) < KeptFor)
        {
            return known.Value;
        }

        var said = await AskAsync(new(HttpMethod.Get, provider.Issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellation);
        if (Text(said, "issuer") != provider.Issuer)
        {
            throw new IOException($"It calls itself “{Text(said, "issuer")}”; write exactly that as issuer.");
        }

        var found = new OidcPlaces(
            Place(said, "authorization_endpoint"), Place(said, "token_endpoint"), Place(said, "jwks_uri"),
            !said.TryGetProperty("token_endpoint_auth_methods_supported", out var ways) || ways.ValueKind != JsonValueKind.Array
                || ways.EnumerateArray().Any(static way => way.ValueKind == JsonValueKind.String && way.GetString() == "client_secret_basic"));
        places = new(found, time.GetTimestamp());
        return found;
    }

    /// <summary>The keys, with the named one among them if the provider has it.</summary>
    public async Task<ImmutableArray<OidcKey>> KeysAsync(string? wanted, CancellationToken cancellation)
    {
        if (keys is { } known)
        {
            var age = time.GetElapsedTime(known.At);
            var has = wanted is null || known.Value.Any(key => key.Id == wanted);
            if (age < (has ? KeptFor : KeysAnewAfter))
            {
                return known.Value;
            }
        }

        var found = IdToken.KeysOf(await AskAsync(new(HttpMethod.Get, (await PlacesAsync(cancellation)).Keys), cancellation));
        keys = new(found, time.GetTimestamp());
        return found;
    }

    /// <summary>The ID token for a code.</summary>
    public async Task<string> RedeemAsync(string code, string verifier, string redirect, CancellationToken cancellation)
    {
        var where = await PlacesAsync(cancellation);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect,
            ["client_id"] = provider.ClientId, ["code_verifier"] = verifier,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, where.Token);
        if (provider.ClientSecret is { } secret)
        {
            if (where.TakesBasic)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                    Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}")));
            }
            else
            {
                form["client_secret"] = secret;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return Text(await AskAsync(request, cancellation), "id_token") ?? throw new IOException("It gave no ID token; register the scope openid.");
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var asked = request;
        try
        {
            asked.Headers.Accept.Add(new("application/json"));
            using var response = await http.SendAsync(asked, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.StatusCode != HttpStatusCode.OK
                ? throw new IOException($"{asked.RequestUri!.AbsolutePath} answered {(int)response.StatusCode}.")
                : JsonDocument.Parse(body).RootElement is { ValueKind: JsonValueKind.Object } read ? read : throw new IOException($"{asked.RequestUri!.AbsolutePath} answered no object.");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IOException($"{asked.RequestUri!.AbsolutePath}: {fault.Message}", fault);
        }
    }

    /// <summary>Never in the open, except within this machine.</summary>
    private static Uri Place(JsonElement said, string name) =>
        Uri.TryCreate(Text(said, name), UriKind.Absolute, out var place)
        && (place.Scheme == Uri.UriSchemeHttps || (place.Scheme == Uri.UriSchemeHttp && place.IsLoopback))
            ? place
            : throw new IOException($"Its {name} is no https address.");

    private static string? Text(JsonElement within, string name) =>
        within.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Known<T>(T Value, long At);
}
