using System.Diagnostics.CodeAnalysis;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

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

        if (notices.Map("email", faults) is not { } email)
        {
            return new();
        }

        var hasServer = email.Required("smtp", ReadServer, faults, out Secret? server);
        var hasFrom = email.Required("from", MailAddresses.Read, faults, out string? from);
        return new() { Email = hasServer && hasFrom ? new(server!, from!) : null };
    }

    private static string? ReadServer(string text, [MaybeNull] out Secret value)
    {
        const string remedy = "write a server such as smtp://user:$SMTP_PASSWORD@mail.example.com:587";
        if (Secret.Read(text, out value) is not null || !Uri.TryCreate(text, UriKind.Absolute, out var server)
            || server.Scheme is not ("smtp" or "smtps") || server.Host.Length == 0 || server.PathAndQuery.Length > 1)
        {
            return remedy;
        }

        return server.UserInfo.Split(':', 2) is [_, { Length: > 0 } password]
            && Secret.ReadReference(Uri.UnescapeDataString(password), out _) is not null
                ? "write the password as $NAME and put it into the environment variable NAME"
                : null;
    }
}
