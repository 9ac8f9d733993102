using System.Text;
using Candor.Probing;
using Candor.Settings;
using Candor.Settings.Entries;

namespace Candor.Tests.Settings;

/// <summary>Every key that the program asks for, by section, found by letting it read a file with every map in it.</summary>
internal static class KnownKeys
{
    /// <summary>One monitor of each kind, with every map that the kind can have.</summary>
    private const string Everything = """
        page: { name: H }
        components:
          - { name: C, redundancy: { members: [tcp, tls], need: 1 } }
        monitors:
          http: { http: "https://example.com/", expect: {}, certificate: {} }
          write_read: { write_read: "https://example.com/", expect: {}, certificate: {}, read: {} }
          tcp: { tcp: "example.com:1", expect: {} }
          tls: { tls: example.com, expect: {} }
          dns: { dns: example.com, expect: {} }
          icmp: { icmp: example.com, expect: {} }
          smtp: { smtp: example.com, expect: {} }
          heartbeat: { heartbeat: { every: 1h } }
          alert: { alert: { labels: { service: mail } } }
          command: { command: [/bin/true] }
          rabbitmq: { rabbitmq: "http://example.com:15672", queue: q }
          postgres: { postgres: example.com, expect: {} }
          self: { self: disk }
        audiences: { staff: { members: true } }
        judging: {}
        incidents: { texts: {}, reminders: {} }
        maintenance: {}
        vantage: {}
        sign_in: { oidc: { issuer: "https://id.example.com", client_id: candor } }
        egress: {}
        alerts: { generic: { secret: $ALERTS } }
        serving: {}
        read_back: {}
        alive: {}
        notices:
          email: { smtp: "smtp://example.com", from: a@example.com, dkim: { selector: s, key: /k } }
          telegram: { token: $T }
          sms: { account: a, token: $T, from: "1" }
          pagerduty: {}
        """;

    public static IReadOnlyDictionary<string, string[]> BySection()
    {
        var faults = new Faults();
        var root = Yaml.Read(Encoding.UTF8.GetBytes(Everything), faults)!;
        new SettingsReader(CheckKinds.All).Read(root, faults);
        Assert.Empty(faults.Sorted());

        var sections = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        Add(sections, "the file", root);
        AddMaps(sections, root, ["page", "judging", "incidents", "maintenance", "vantage", "sign_in", "egress", "alerts", "serving", "read_back", "alive", "notices"]);
        AddMaps(sections, At(root, "incidents"), ["texts", "reminders"], "incidents.");
        AddMaps(sections, At(root, "notices"), ["email", "telegram", "sms", "pagerduty"], "notices.");
        Add(sections, "alerts.tool", At(At(root, "alerts"), "generic"));
        AddMaps(sections, At(At(root, "notices"), "email"), ["dkim"], "notices.email.");
        AddMaps(sections, At(root, "sign_in"), ["oidc"], "sign_in.");
        Add(sections, "audiences.name", At(At(root, "audiences"), "staff"));
        var component = At(root, "components").Items(faults)[0];
        Add(sections, "components[]", component);
        Add(sections, "components[].redundancy", At(component, "redundancy"));
        AddKinds(sections, At(root, "monitors").Peek());
        return sections;
    }

    private static void AddKinds(SortedDictionary<string, string[]> sections, IReadOnlyList<Member> monitors)
    {
        var kinds = CheckKinds.All.Select(kind => kind.Key).ToHashSet();
        Assert.Equal(kinds.Order(), monitors.Select(m => m.Key).Order());
        var common = monitors.Select(m => m.Entry.Known.Except(kinds)).Aggregate((a, b) => a.Intersect(b)).ToHashSet();
        sections["monitors.name"] = [.. common.Order(StringComparer.Ordinal)];
        foreach (var monitor in monitors)
        {
            var own = monitor.Entry.Known.Where(key => key == monitor.Key || (!kinds.Contains(key) && !common.Contains(key)));
            var below = monitor.Entry.Peek().SelectMany(m => m.Entry.Known.Select(key => $"{m.Key}.{key}"));
            sections[monitor.Key] = [.. own.Concat(below).Order(StringComparer.Ordinal)];
        }
    }

    private static void AddMaps(SortedDictionary<string, string[]> sections, Entry map, string[] keys, string prefix = "")
    {
        foreach (var key in keys)
        {
            Add(sections, prefix + key, At(map, key));
        }
    }

    private static void Add(SortedDictionary<string, string[]> sections, string name, Entry map) =>
        sections[name] = [.. map.Known.Order(StringComparer.Ordinal)];

    private static Entry At(Entry map, string key) => map.Peek().Single(m => m.Key == key).Entry;
}
