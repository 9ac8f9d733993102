using Microsoft.Extensions.Logging;

namespace Candor.Access;

/// <summary>What the gate tells operators. Ids 1200 to 1299 belong to this folder. Ids and codes only: no secrets, no addresses of people.</summary>
internal static partial class GateLog
{
    [LoggerMessage(1200, LogLevel.Error, "The route {Route} states no policy, so nobody may use it. This is a defect.")]
    public static partial void NoPolicy(ILogger logger, string route);

    [LoggerMessage(1201, LogLevel.Warning, "Token {Token} was sent in an address, where logs and histories keep it; it has been revoked.")]
    public static partial void SeenInAddress(ILogger logger, TokenId token);

    [LoggerMessage(1202, LogLevel.Error, "people.db cannot be used, so nobody can sign in: {Fault}")]
    public static partial void NoPeople(ILogger logger, string fault);

    [LoggerMessage(1203, LogLevel.Information, "{Act} of {Subject} by {Actor} from {Address}.")]
    public static partial void Audited(ILogger logger, string act, string subject, string actor, string address);

    [LoggerMessage(1204, LogLevel.Warning, "people.db cannot be written at the moment: {Fault}")]
    public static partial void NotStored(ILogger logger, string fault);
}
