using Candor.Access;
using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Effects;
using Candor.Settings;

namespace Candor.Commands;

/// <summary>Signing in over a provider: from what the settings say to what the reception asks, the secret put in.</summary>
internal static partial class OidcWay
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    public static OidcSignIn? Of(Declaration said, Reception reception, INetwork network, Func<string, string?> environment, ILogger logger)
    {
        if (said.Oidc is not { } oidc)
        {
            return null;
        }

        var secret = oidc.ClientSecret?.Reveal(environment);
        if (oidc.ClientSecret is { } written && string.IsNullOrEmpty(secret))
        {
            NoSecret(logger, oidc.Issuer, written.Names[0]);
            return null;
        }

        // The client lives as long as the settings that named it, and holds nothing while nobody signs in.
        return new(
            new OidcProvider(new(oidc.Name, oidc.Issuer, oidc.ClientId, secret), OutboundHttp.Client(network, AnswersWithin), reception.Time),
            reception.Register, reception.Challenges, reception.Randomness, reception.Time);
    }

    [LoggerMessage(1261, LogLevel.Error, "Nobody can sign in over {Issuer}: the variable {Variable} is not set.")]
    private static partial void NoSecret(ILogger logger, string issuer, string variable);
}
