using System.Globalization;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;

namespace Candor.Importing.Gatus;

/// <summary>Conditions as expectations. What has no counterpart is said, never dropped in silence.</summary>
internal sealed class GatusConditions(string title, Warnings warnings)
{
    private readonly List<string> answers = [];
    private readonly List<string> statuses = [];

    public void Write(MonitorYaml yaml, SourceValue endpoint)
    {
        var isDns = endpoint["dns"].IsObject;
        foreach (var condition in endpoint["conditions"].Items.Select(c => c.Line).OfType<string>())
        {
            if (!One(yaml, condition, isDns, endpoint["url"].Line ?? ""))
            {
                warnings.Add($"endpoint “{title}”", $"has the condition “{condition}”, which has no counterpart", "see docs/settings.md for what can be expected, and write it by hand");
            }
        }

        yaml.Set("expect.status", string.Join(", ", statuses));
        yaml.Set("expect.answers", answers);
    }

    private bool One(MonitorYaml yaml, string condition, bool isDns, string url)
    {
        var parts = condition.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3)
        {
            return false;
        }

        var (left, compare, right) = (parts[0], parts[1], parts[2].Trim());
        switch (left)
        {
            case "[CONNECTED]" when compare == "==" && right == "true": return true;
            case "[DNS_RCODE]" when compare == "==" && right == "NOERROR": return true;
            case "[STATUS]": return Status(compare, right);
            case "[RESPONSE_TIME]" when compare is "<" or "<=" && double.TryParse(right, CultureInfo.InvariantCulture, out var ms) && ms is >= 1 and <= 600_000:
                yaml.Set("expect.within", $"{(long)ms}ms");
                return true;
            case "[CERTIFICATE_EXPIRATION]" when compare is ">" or ">=" && GatusMonitors.Seconds(right) is { } seconds:
                var days = Math.Clamp((int)Math.Ceiling(seconds / 86_400), 1, 365);
                yaml.Set(url.StartsWith("http", StringComparison.Ordinal) ? "certificate.warn" : "warn", $"{days}d");
                return true;
            case "[BODY]" when compare == "==" && isDns: answers.Add(right); return true;
            case "[BODY]" when compare is "==" or "!=" && Text(right) is { } text:
                yaml.Set(compare == "==" ? "expect.body" : "expect.body_lacks", text);
                return true;
            case ['[', 'B', 'O', 'D', 'Y', ']', '.' or '[', ..] when compare == "==" && !right.Contains('(', StringComparison.Ordinal):
                yaml.SetIn("expect.json", left[6..].TrimStart('.'), right);
                return true;
            default: return false;
        }
    }

    private bool Status(string compare, string right)
    {
        if (right.StartsWith("any(", StringComparison.Ordinal) && compare == "==")
        {
            statuses.AddRange(right[4..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries).Where(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
            return true;
        }

        if (!int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 100 or > 599)
        {
            return false;
        }

        var range = compare switch
        {
            "==" => $"{code}",
            "<" when code > 100 => $"100-{code - 1}",
            "<=" => $"100-{code}",
            ">" when code < 599 => $"{code + 1}-599",
            ">=" => $"{code}-599",
            _ => null,
        };
        statuses.AddRange(range is null ? [] : [range]);
        return range is not null;
    }

    /// <summary>"pat(*UP*)" with nothing but stars around is "holds UP"; a plain text is held as well as equalled.</summary>
    private static string? Text(string right) => right.StartsWith("pat(", StringComparison.Ordinal) && right.EndsWith(')')
        ? right[4..^1].Trim('*') is { Length: > 0 } inside && !inside.Contains('*', StringComparison.Ordinal) ? inside : null
        : right.Contains('(', StringComparison.Ordinal) ? null : right;
}
