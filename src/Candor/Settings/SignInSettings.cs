using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>Another way for operators to sign in, beside their own: never instead of it.</summary>
/// <param name="Name">What the way is called on the page.</param>
/// <param name="Issuer">The provider, exactly as it calls itself.</param>
internal sealed record OidcSettings(string Name, string Issuer, string ClientId)
{
    public Secret? ClientSecret { get; init; }
}
