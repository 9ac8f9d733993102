using System.Diagnostics.CodeAnalysis;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>sign_in:</c>. Passkeys and passwords always work; this adds a provider.</summary>
internal static class SignInReader
{
    public static OidcSettings? Read(Entry root, Faults faults)
    {
        if (root.Map("sign_in", faults) is not { } signIn || signIn.Map("oidc", faults) is not { } oidc)
        {
            return null;
        }

        var hasIssuer = oidc.Required("issuer", ReadIssuer, faults, out string? issuer);
        var hasClient = oidc.Required("client_id", Texts.UpTo(Defaults.DescriptionLengthMax), faults, out string? client);
        var secret = oidc.Value<Secret?>("client_secret", Secret.ReadReference!, null, faults);
        var name = oidc.Value("name", Texts.UpTo(Defaults.NameLengthMax), "your account", faults);
        return hasIssuer && hasClient ? new(name, issuer!, client!) { ClientSecret = secret } : null;
    }

    /// <summary>As it was written: a provider's name is compared letter by letter, a slash at its end counts.</summary>
    private static string? ReadIssuer(string text, [MaybeNull] out string value)
    {
        value = text;
        return Uri.TryCreate(text, UriKind.Absolute, out var issuer) && issuer is { UserInfo: "", Query: "", Fragment: "" }
            && (issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback))
            ? null
            : "write the provider's https address as it calls itself, such as https://id.example.com";
    }
}
