using Candor.State;
using Candor.Tests.Importing.Monitors;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Gatus;

public sealed class GatusTests
{
    [Fact]
    public void Endpoints_become_monitors_that_are_settings()
    {
        var read = As("gatus", ("config.yaml", """
            endpoints:
              - name: Front Page
                group: Web
                url: "https://example.com/health?a=1"
                interval: 1m30s
                method: POST
                headers: { Authorization: "Bearer x", User-Agent: "it's me" }
                body: '{"a": "b # c"}'
                client: { insecure: true, timeout: 5s }
                conditions: ["[STATUS] == any(200, 204)", "[RESPONSE_TIME] < 500", "[CERTIFICATE_EXPIRATION] > 48h", "[BODY].status == UP", "[BODY] == pat(*fine: yes*)", "len([BODY].x) > 3"]
              - { name: dns, url: "192.0.2.53", dns: { query-name: "example.com.", query-type: A }, conditions: ["[BODY] == 192.0.2.1", "[DNS_RCODE] == NOERROR"] }
              - { name: ping, url: "icmp://example.com", conditions: ["[CONNECTED] == true"] }
              - { name: port, url: "tcp://example.com:5432", conditions: ["[CONNECTED] == true"] }
              - { name: cert, url: "tls://example.com:443", conditions: ["[CERTIFICATE_EXPIRATION] > 240h"] }
              - { name: mail, url: "starttls://mx.example.com:587", conditions: ["[CONNECTED] == true"] }
              - { name: shell, url: "ssh://example.com:22", conditions: ["[CONNECTED] == true"] }
              - { name: off, enabled: false, url: "https://example.com", conditions: ["[STATUS] == 200"] }
            external-endpoints:
              - { name: job, group: Web, token: geheim, heartbeat: { interval: 30m } }
            """));

        var yaml = SettingsOf.Whole(read);
        Assert.Equal(["web-front-page", "dns", "ping", "port", "cert", "mail", "web-job"], read.Monitors.Select(m => m.Name));
        Assert.Equal(["Web", "Front Page"], read.Monitors[0].Component);
        Assert.Contains("status: \"200, 204\"", yaml, StringComparison.Ordinal);
        Assert.Contains("within: 500ms", yaml, StringComparison.Ordinal);
        Assert.Contains("every: 90s", yaml, StringComparison.Ordinal);
        Assert.Contains("body: \"fine: yes\"", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer x", yaml, StringComparison.Ordinal);
        string[] said = ["ssh", "len([BODY].x) > 3", "switched off"];
        Assert.All(said, s => Assert.Contains(read.Warnings, w => w.What.Contains(s, StringComparison.Ordinal)));
    }

    [Fact]
    public void From_unhealthy_to_healthy_is_an_outage()
    {
        var read = As("gatus", """
            { "name": "API", "group": "Core", "key": "core_api", "results": [ { "success": false } ], "events": [
                { "type": "START", "timestamp": "2024-03-01T09:00:00Z" }, { "type": "UNHEALTHY", "timestamp": "2024-03-01T10:00:00.123456789Z" },
                { "type": "HEALTHY", "timestamp": "2024-03-01T10:05:00Z" }, { "type": "UNHEALTHY", "timestamp": "2024-03-02T10:00:00Z" } ] }
            """);

        Assert.Equal(ComponentStatus.MajorOutage, read.Components.Single(c => !c.IsGroup).Status);
        Assert.Equal([Utc("2024-03-01 10:05"), null], read.Incidents.Select(i => i.ResolvedAt));
        Assert.Equal(["Core", "API"], read.Incidents[0].Intervals[0].Component);
    }
}
