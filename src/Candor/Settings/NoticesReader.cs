using Candor.Settings.Entries;

namespace Candor.Settings;

/// <summary><c>notices:</c>. Passwords are references to the environment; one in the open is a fault.</summary>
internal static class NoticesReader
{
    private static readonly string[] Later =
        ["webhook", "slack", "teams", "discord", "telegram", "sms", "ntfy", "pagerduty", "web_push"];

    public static NoticeSettings Read(Entry root, Faults faults)
    {
        if (root.Map("notices", faults) is not { } notices)
        {
            return new();
        }

        foreach (var later in notices.Peek().Where(m => Later.Contains(m.Key)))
        {
            notices.Know([later.Key]);
            faults.Add(later.Wrong("is not in this version yet", "known is email"));
        }

        return new() { Email = notices.Map("email", faults) is { } email ? EmailReader.Read(email, faults) : null };
    }
}
