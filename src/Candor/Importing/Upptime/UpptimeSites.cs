using System.Collections.Immutable;
using System.Text;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.Upptime;

/// <summary>Sites by their slug, which is what files and labels are called.</summary>
internal sealed class UpptimeSites(MonitorList list, Warnings warnings)
{
    private readonly Dictionary<string, (string Name, ComponentStatus? Status)> sites = [];
    private readonly List<(SourceValue Site, string Slug)> configured = [];

    public ImmutableArray<ImportedComponent> Components =>
        [.. sites.Select((s, i) => new ImportedComponent(s.Key, [s.Value.Name]) { Status = s.Value.Status, Order = i + 1 })];

    public ImmutableArray<ImportedMonitor> Monitors()
    {
        configured.ForEach(c => Monitor(c.Site, c.Slug));
        return list.Make();
    }

    public ImmutableArray<string>? Find(string slug) => sites.TryGetValue(slug, out var site) ? [site.Name] : null;

    public void Configured(SourceValue declared)
    {
        foreach (var site in declared.Items.Where(s => s["name"].Line is not null && s["url"].Says))
        {
            var slug = site["slug"].Line ?? Slug(site["name"].Line!);
            sites.TryAdd(slug, (site["name"].Line!, null));
            configured.Add((site, slug));
        }
    }

    /// <summary>A file of the history: the last check of one site.</summary>
    public void Seen(string slug, SourceValue check) =>
        sites[slug] = (sites.TryGetValue(slug, out var known) ? known.Name : slug, StatusWords.Component(check["status"].Text));

    public void Summarised(SourceValue site)
    {
        if (site["slug"].Line is not { } slug)
        {
            warnings.Add("history/summary.json", "has a site without a slug, which was left out", "let Upptime write the file again");
            return;
        }

        sites[slug] = (site["name"].Line ?? slug, StatusWords.Component(site["status"].Text));
        if (site["dailyMinutesDown"].Says)
        {
            warnings.Add("history/summary.json", "has minutes of downtime by day without their times, which are not carried", "import the repository's issues, which have them");
        }
    }

    /// <summary>As Upptime makes them: lower case, words joined by a hyphen, other marks dropped.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (c is ' ' or '-' or '_' or '.' or '/' && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }

    private void Monitor(SourceValue site, string slug)
    {
        var (title, url, yaml) = (site["name"].Line!, site["url"].Line!, new MonitorYaml());
        if (site["check"].Text is "tcp-ping" or "icmp-ping" or "ws")
        {
            if (site["check"].Text == "ws")
            {
                list.Leave(title, "ws");
                return;
            }

            yaml.Set(site["check"].Text == "tcp-ping" ? "tcp" : "icmp", site["port"].Line is { } port && site["check"].Text == "tcp-ping" ? $"{url}:{port}" : url);
        }
        else
        {
            yaml.Set("http", url).Set("method", site["method"].Line is "GET" ? null : site["method"].Line);
            foreach (var header in site["headers"].Items.Select(h => h.Line?.Split(':', 2, StringSplitOptions.TrimEntries)).Where(h => h?.Length == 2))
            {
                list.Header(yaml, title, header![0], header[1]);
            }

            yaml.Set("send", site["body"].Text);
            yaml.Set("expect.status", string.Join(", ", site["expectedStatusCodes"].Items.Select(c => c.Line).OfType<string>()));
            yaml.Set("expect.body_lacks", site.Any("__dangerous__body_down", "__dangerous__body_down_if_text_exists").Text);
            yaml.Set("expect.body", site.Any("__dangerous__body_down_if_text_missing").Text);
            yaml.Set("expect.within", site["maxResponseTime"].Number is { } ms and > 0 and <= 600_000 ? $"{ms}ms" : null);
            if (site["__dangerous__insecure"].Truth is true || site["__dangerous__disable_verify_peer"].Truth is true)
            {
                yaml.Set("certificate.verify", value: false);
            }
        }

        list.Add(slug, title, yaml.Set("every", "5m"), [title]);
    }
}
