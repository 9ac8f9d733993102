namespace Candor.Access.External;

/// <summary>A provider that operators may sign in with, as its owner registered us there.</summary>
/// <param name="Issuer">Exactly as the provider calls itself.</param>
/// <param name="ClientSecret">Null for a client without one.</param>
internal sealed record Oidc(string Name, string Issuer, string ClientId, string? ClientSecret)
{
    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => Issuer;
}

/// <summary>Who somebody is for a provider.</summary>
internal sealed record ExternalIdentity(string Issuer, string Subject);

/// <summary>What a genuine ID token says.</summary>
/// <param name="Email">In lower case, and only where the provider has verified it.</param>
internal sealed record IdTokenClaims(string Subject, string? Email, string? Name);
