using Candor.State;

namespace Candor.Subscribing.Reports;

/// <summary>What operators hear of reports of mail providers. Ids 1700 to 1799 belong to this folder. Ids only: no addresses of people.</summary>
internal static partial class ReportLog
{
    [LoggerMessage(
        1700, LogLevel.Warning,
        "A mail says that {Subscriber} bounced or complained, and encloses no mail of this page to them. Anybody can write such a mail, so they go on being told. Whoever knows better takes them out.",
        EventName = "reports.unproven")]
    public static partial void Unproven(ILogger logger, SubscriberId subscriber);
}
