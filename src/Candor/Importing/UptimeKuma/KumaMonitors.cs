using System.Collections.Immutable;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;

namespace Candor.Importing.UptimeKuma;

/// <summary>Kuma's checks in the words of candor.yaml. Backups write camelCase, the database snake_case.</summary>
internal sealed class KumaMonitors(MonitorList list, KumaComponents components)
{
    public ImmutableArray<ImportedMonitor> Make() => list.Make();

    public void Add(SourceValue monitor)
    {
        var title = monitor["name"].Line ?? "monitor";
        var yaml = new MonitorYaml();
        var kind = monitor["type"].Text ?? "";
        if (kind == "group" || !Kind(yaml, monitor, title, kind) || !monitor.Has("interval"))
        {
            if (kind != "group" && monitor.Has("interval"))
            {
                list.Leave(title, kind);
            }

            return;
        }

        if (kind != "push")
        {
            var every = Math.Clamp((double)(monitor["interval"].Number ?? 60), 1, 604_800);
            yaml.Time("every", every, 1, 604_800).Time("timeout", Math.Min(monitor["timeout"].Number ?? 0, every), 0.1, 300);
        }

        if (monitor["maxretries"].Number is > 0 and var retries)
        {
            yaml.Set("judging.down_after", Math.Min(retries + 1, 100).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        list.Add(monitor["id"].Text!, title, yaml, components.Of(monitor["id"].Text));
    }

    private bool Kind(MonitorYaml yaml, SourceValue monitor, string title, string kind)
    {
        var host = monitor["hostname"].Line;
        var port = monitor["port"].Number;
        switch (kind)
        {
            case "http" or "keyword" or "json-query" or "real-browser" when monitor["url"].Line is { } url && url.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                Http(yaml, monitor, title, url);
                return true;
            case "port" when host is not null && port is not null: yaml.Set("tcp", $"{Bracketed(host)}:{port}"); return true;
            case "ping" when host is not null: yaml.Set("icmp", host); return true;
            case "smtp" when host is not null: yaml.Set("smtp", $"{Bracketed(host)}:{port ?? 25}"); return true;
            case "postgres" when Uri.TryCreate(monitor.Any("databaseConnectionString", "database_connection_string").Text, UriKind.Absolute, out var at) && at.Host.Length > 0:
                yaml.Set("postgres", $"{at.Host}:{(at.Port > 0 ? at.Port : 5432)}");
                yaml.Set("database", at.AbsolutePath.Trim('/'));
                return true;
            case "dns" when host is not null:
                yaml.Set("dns", host).Set("type", monitor.Any("dns_resolve_type").Line is "CAA" or "PTR" ? null : monitor.Any("dns_resolve_type").Line);
                yaml.Set("server", monitor.Any("dns_resolve_server").Line?.Split(',')[0].Trim());
                return true;
            case "push":
                yaml.Set("heartbeat.every", MonitorYaml.Duration(Math.Clamp((double)(monitor["interval"].Number ?? 60), 1, 34_560_000)));
                return true;
            default: return false;
        }
    }

    private void Http(MonitorYaml yaml, SourceValue monitor, string title, string url)
    {
        yaml.Set("http", WithoutUser(url));
        yaml.Set("method", monitor["method"].Line is "GET" or null ? null : monitor["method"].Line);
        foreach (var (name, value) in Inner(monitor["headers"]).Members)
        {
            list.Header(yaml, title, name, value.Text);
        }

        if (monitor.Any("basic_auth_user", "basicAuthUser").Line is { } user)
        {
            yaml.Set("user", user).Set("password", list.Secret(title, "password"));
        }

        yaml.Set("send", monitor["body"].Text);
        yaml.Set("redirects", monitor["maxredirects"].Number == 0 ? "refuse" : null);
        var codes = Inner(monitor.Any("accepted_statuscodes", "accepted_statuscodes_json")).Items.Select(c => c.Text).OfType<string>().ToList();
        yaml.Set("expect.status", codes is ["200-299"] or [] ? codes.FirstOrDefault() : string.Join(", ", codes));
        if (monitor["keyword"].Text is { Length: > 0 } keyword && monitor["type"].Text == "keyword")
        {
            yaml.Set(monitor.Any("invertKeyword", "invert_keyword").Truth is true ? "expect.body_lacks" : "expect.body", keyword);
        }

        if (monitor.Any("ignoreTls", "ignore_tls").Truth is true)
        {
            yaml.Set("certificate.verify", value: false);
        }

        if (monitor.Any("expiryNotification", "expiry_notification").Truth is true)
        {
            yaml.Set("certificate.warn", "14d");
        }
    }

    /// <summary>A list or map, or the text of one.</summary>
    private static SourceValue Inner(SourceValue value) => value.IsObject || value.IsList ? value : value.Text is { } text ? SourceJson.Inner(text) : default;

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;

    private static string WithoutUser(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length > 0 ? url.Replace($"{parsed.UserInfo}@", "", StringComparison.Ordinal) : url;
}
