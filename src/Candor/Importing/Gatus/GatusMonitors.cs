using System.Collections.Immutable;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;

namespace Candor.Importing.Gatus;

/// <summary>Endpoints in the words of candor.yaml; the scheme of the address says which check it is.</summary>
internal sealed class GatusMonitors(MonitorList list, Warnings warnings)
{
    public void Add(SourceValue endpoint, ImmutableArray<string> component)
    {
        var title = endpoint["name"].Line ?? "endpoint";
        if (endpoint["enabled"].Truth is false)
        {
            warnings.Add($"endpoint “{title}”", "is switched off there and was left out", "add it by hand where it is wanted");
            return;
        }

        var yaml = new MonitorYaml();
        var url = endpoint["url"].Line;
        if (url is null && endpoint["token"].Says)
        {
            yaml.Set("heartbeat.every", MonitorYaml.Duration(Seconds(endpoint["heartbeat"]["interval"].Text) ?? 300));
            warnings.Add($"endpoint “{title}”", "is told from outside; its token is not carried", "call the heartbeat's address instead: candor heartbeats shows it");
        }
        else if (url is null || !Kind(yaml, endpoint, title, url))
        {
            list.Leave(title, url?.Split(':')[0] ?? "without an address");
            return;
        }
        else
        {
            var every = Seconds(endpoint["interval"].Text) ?? 60;
            yaml.Time("every", every, 1, 604_800).Time("timeout", Math.Min(Seconds(endpoint["client"]["timeout"].Text) ?? 0, every), 0.1, 300);
            new GatusConditions(title, warnings).Write(yaml, endpoint);
        }

        list.Add($"{endpoint["group"].Line}/{title}", endpoint["group"].Line is { } group ? $"{group} {title}" : title, yaml, component);
    }

    private bool Kind(MonitorYaml yaml, SourceValue endpoint, string title, string url)
    {
        if (endpoint["dns"].IsObject)
        {
            yaml.Set("dns", endpoint["dns"]["query-name"].Line?.TrimEnd('.')).Set("type", endpoint["dns"]["query-type"].Line)
                .Set("server", url.Replace("dns://", "", StringComparison.Ordinal));
            return endpoint["dns"]["query-name"].Says;
        }

        var at = url.IndexOf("://", StringComparison.Ordinal);
        var (scheme, rest) = at < 0 ? ("", url) : (url[..at], url[(at + 3)..].TrimEnd('/'));
        switch (scheme)
        {
            case "http" or "https": Http(yaml, endpoint, title, url); return true;
            case "icmp": yaml.Set("icmp", rest.Split(':')[0]); return true;
            case "tcp": yaml.Set("tcp", rest); return true;
            case "tls": yaml.Set("tls", rest); return true;
            case "starttls": yaml.Set("smtp", rest).Set("starttls", "required"); return true;
            default: return false;
        }
    }

    private void Http(MonitorYaml yaml, SourceValue endpoint, string title, string url)
    {
        yaml.Set("http", url).Set("method", endpoint["method"].Line is "GET" ? null : endpoint["method"].Line);
        foreach (var (name, value) in endpoint["headers"].Members)
        {
            list.Header(yaml, title, name, value.Text);
        }

        yaml.Set("send", endpoint["body"].Text).Set("redirects", endpoint["client"]["ignore-redirect"].Truth is true ? "refuse" : null);
        if (endpoint["client"]["insecure"].Truth is true)
        {
            yaml.Set("certificate.verify", value: false);
        }
    }

    /// <summary>Go's durations: "30s", "5m", "1h30m", "500ms".</summary>
    public static double? Seconds(string? duration)
    {
        var (total, number) = (0.0, "");
        for (var i = 0; i < (duration ?? "").Length && i < 30; i++)
        {
            var c = duration![i];
            if (char.IsAsciiDigit(c) || c == '.')
            {
                number += c;
                continue;
            }

            var milli = c == 'm' && i + 1 < duration.Length && duration[i + 1] == 's';
            if (!double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            total += value * (milli ? 0.001 : c switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => double.NaN });
            (number, i) = ("", milli ? i + 1 : i);
        }

        return double.IsFinite(total) && total > 0 && number.Length == 0 ? total : null;
    }
}
