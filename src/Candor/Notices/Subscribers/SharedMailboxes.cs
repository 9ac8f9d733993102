using System.Collections.Frozen;

namespace Candor.Notices.Subscribers;

/// <summary>
/// Addresses behind which several people or none are, by how they are commonly named. They may be told; but whoever of them
/// presses "unsubscribe" does it for all, and what nobody reads helps nobody.
/// </summary>
internal static class SharedMailboxes
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "all", "everyone", "everybody", "team", "teams", "staff", "company", "office", "list", "lists", "group", "groups", "members", "users",
        "dev", "devs", "developers", "engineering", "engineers", "ops", "devops", "sre", "it", "noc", "oncall", "on-call", "support", "help", "helpdesk",
        "info", "contact", "sales", "marketing", "hr", "admin", "admins", "root", "postmaster", "hostmaster", "webmaster", "abuse", "security", "alerts",
        "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "announce", "announcements", "notifications", "status");

    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon");

    private static readonly string[] Hosts = ["lists.", "list.", "groups.", "googlegroups.com", "groups.io"];

    /// <summary>What to say of it, or null where it looks like one person's.</summary>
    public static string? Warning(string channel, string address) => IsOfNobody(channel, address) switch
    {
        true => "This looks like an address that nobody reads.",
        false => "This looks like an address of several people: whoever of them unsubscribes does it for all.",
        null => null,
    };

    /// <summary>Whether nobody reads it, or several people do; null where it looks like one person's.</summary>
    public static bool? IsOfNobody(string channel, string address)
    {
        if (channel != "email" || address.Split('@') is not [var local, var host])
        {
            return null;
        }

        var name = local.Split('+')[0];
        return Silent.Contains(name) ? true
            : Names.Contains(name) || name.Split('-', '.', '_').Any(static part => part is "list" or "team" or "all" or "group")
                || Hosts.Any(known => host == known || (known.EndsWith('.') && host.StartsWith(known, StringComparison.Ordinal)))
                ? false
                : null;
    }
}
