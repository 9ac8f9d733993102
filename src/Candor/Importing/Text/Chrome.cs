using System.Collections.Frozen;
using Candor.State;

namespace Candor.Importing.Text;

/// <summary>What pages put around an incident and what is no word of it: links, buttons, badges.</summary>
internal static class Chrome
{
    private static readonly FrozenSet<string> Lines = FrozenSet.ToFrozenSet(
        [
            "read details", "read more", "read the postmortem", "view vendor source", "view incident", "view incident report",
            "view details", "view full incident", "subscribe to updates", "get updates", "copy link", "permalink", "all systems operational",
            "back to status page", "view history", "previous incidents", "past incidents",
            "powered by atlassian statuspage", "powered by instatus", "powered by incident.io", "powered by better stack",
            "powered by cachet", "powered by status.io", "report a problem", "privacy policy", "terms of service", "log in", "sign in", "toggle navigation", "skip to content", "show all", "show more",
            "see more", "hide details", "show details", "date time description",
        ],
        StringComparer.OrdinalIgnoreCase);

    // Words that a postmortem has as headings too: links only where an arrow says so.
    private static readonly FrozenSet<string> WithArrow = FrozenSet.ToFrozenSet(
        ["current status", "status", "back", "history", "incident history", "next", "previous", "subscribe", "share"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Crumbs = FrozenSet.ToFrozenSet(
        ["incident", "incidents", "status", "service health", "past incidents", "incident history", "previous incidents", "home", "overview", "outages"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Impact> Severities = new Dictionary<string, Impact>(StringComparer.OrdinalIgnoreCase)
    {
        ["notice"] = Impact.None, ["informational"] = Impact.None, ["minor"] = Impact.Minor, ["major"] = Impact.Major,
        ["critical"] = Impact.Critical, ["degraded performance"] = Impact.Minor, ["degraded"] = Impact.Minor,
        ["disruption"] = Impact.Major, ["service disruption"] = Impact.Major, ["partial outage"] = Impact.Major,
        ["minor outage"] = Impact.Minor, ["major outage"] = Impact.Critical, ["full outage"] = Impact.Critical, ["disrupted"] = Impact.Major,
        ["down"] = Impact.Critical, ["minor incident"] = Impact.Minor, ["major incident"] = Impact.Major, ["critical incident"] = Impact.Critical,
        ["operational"] = Impact.None, ["under maintenance"] = Impact.None,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Arrows = ["→", "←", "›", "»", "↗", "⟶", ">", "<"];

    public static bool Is(string line) => line.Length < 60 && Plain(line) is var plain
        && (Lines.Contains(plain) || (plain.Length < line.Trim().Length && WithArrow.Contains(plain)));

    /// <summary>What stands over an incident's title: the name of the page ("Heron Status"), the way down ("Incidents"), a number.</summary>
    public static bool IsCrumb(string line)
    {
        var plain = Plain(line);
        return plain.Length is > 0 and < 50 && (Crumbs.Contains(plain) || plain.EndsWith(" status", StringComparison.OrdinalIgnoreCase)
            || plain.EndsWith(" status page", StringComparison.OrdinalIgnoreCase) || plain.EndsWith(" service health", StringComparison.OrdinalIgnoreCase)
            || (plain.LastIndexOf(" incident #", StringComparison.OrdinalIgnoreCase) is > 0 and var number && !plain.AsSpan(number + 11).ContainsAnyExceptInRange('0', '9'))
            || (plain.StartsWith("incident ", StringComparison.OrdinalIgnoreCase) && plain.AsSpan(9).TrimStart('#').ContainsAnyExceptInRange('0', '9') is false));
    }

    public static Impact? Severity(string words) => Severities.TryGetValue(words.Trim(), out var impact) ? impact : null;

    /// <summary>A row of badges, "Notice Resolved View vendor source →": the severity and the status in it, and nothing else.</summary>
    public static bool IsBadges(string line, out Impact? severity, out IncidentStatus? status)
    {
        (severity, status) = (null, null);
        var rest = Plain(line);
        if (rest.Length is 0 or > 90)
        {
            return false;
        }

        foreach (var link in Lines)
        {
            if (rest.Length > link.Length && rest.EndsWith(" " + link, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[..^link.Length].TrimEnd();
            }
        }

        while (rest.Length > 0)
        {
            var word = Known(rest, out var taken);
            if (taken == 0)
            {
                return false;
            }

            severity ??= word.Severity;
            status ??= word.Status;
            rest = rest[taken..].TrimStart(' ', '·', '|', ',', '-', '–', '/');
        }

        return true;
    }

    private static (Impact? Severity, IncidentStatus? Status) Known(string rest, out int taken)
    {
        for (taken = Math.Min(rest.Length, 24); taken >= 4; taken--)
        {
            if (taken < rest.Length && char.IsLetterOrDigit(rest[taken]))
            {
                continue;
            }

            if (Severity(rest[..taken]) is { } severity)
            {
                return (severity, null);
            }

            if (Label.Read(rest.AsSpan(0, taken), out var end) is { } label && end == taken)
            {
                return (null, label.Status);
            }
        }

        taken = 0;
        return default;
    }

    private static string Plain(string line)
    {
        var text = line.Trim().Replace('\t', ' ');
        foreach (var arrow in Arrows)
        {
            text = text.StartsWith(arrow + " ", StringComparison.Ordinal) ? text[arrow.Length..].TrimStart()
                : text.EndsWith(" " + arrow, StringComparison.Ordinal) ? text[..^arrow.Length].TrimEnd() : text;
        }

        return text;
    }
}
