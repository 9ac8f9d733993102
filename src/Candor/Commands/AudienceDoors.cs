using Candor.Access;
using Candor.Access.Factors;
using Candor.Access.Reading;
using Candor.Settings;

namespace Candor.Commands;

/// <summary>The ways in of audiences: from what the settings say to what the desk asks, passwords put in.</summary>
internal static class AudienceDoors
{
    public static ReaderDoors Of(Declaration said, Func<string, string?> environment, ILogger logger) => new(
        [.. said.Audiences.Select(one => new ReaderDoor(one.Name, one.Addresses, one.Members, one.Links, PasswordOf(one, environment, logger)))],
        said.Page.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.IdnHost : null,
        said.Serving.TrustedProxies);

    /// <summary>One that is not there, or too easily guessed by strangers, lets nobody in.</summary>
    private static string? PasswordOf(AudienceSettings audience, Func<string, string?> environment, ILogger logger)
    {
        if (audience.Password is not { } written)
        {
            return null;
        }

        if (written.Reveal(environment) is { Length: >= Passwords.LengthMin } password)
        {
            return password;
        }

        AudienceLog.NoPassword(logger, audience.Name, written.Names[0], Passwords.LengthMin);
        return null;
    }
}

/// <summary>What the wiring of audiences tells operators.</summary>
internal static partial class AudienceLog
{
    [LoggerMessage(1250, LogLevel.Error, "Nobody gets in as {Audience} by its password: the variable {Variable} is not set, or holds less than {Least} characters.")]
    public static partial void NoPassword(ILogger logger, string audience, string variable, int least);
}
