using Candor.State;

namespace Candor.Importing.Feeds;

/// <summary>What a title says where the entry's text has no head.</summary>
internal static class FeedWords
{
    private static readonly string[] Over = ["resolved", "mitigated", "restored", "completed", "operating normally", "recovered", "fixed"];
    private static readonly string[] Planned = ["scheduled", "maintenance", "planned"];

    public static IncidentStatus? Status(string title) =>
        Array.Exists(Over, w => title.Contains(w, StringComparison.OrdinalIgnoreCase)) ? IncidentStatus.Resolved : null;

    public static bool IsMaintenance(string title) =>
        Array.Exists(Planned, w => title.Contains(w, StringComparison.OrdinalIgnoreCase));
}
