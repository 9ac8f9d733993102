using Candor.Judging;
using Candor.Probing;
using Candor.Settings.Entries;
using Candor.State;
using Candor.Tests.Contracts;
using Candor.Tests.Effects;

namespace Candor.Tests.Probing;

public class CheckKindsTests
{
    /// <summary>The stored forms are in journals for ever: these texts may grow, never change.</summary>
    [Theory]
    [InlineData("http: https://example.com", "https://example.com/", """{"url":"https://example.com/"}""")]
    [InlineData(
        "http: https://example.com/a\nmethod: POST\nsend: x\nheaders: { B: 2, A: $T }\nexpect: { status: 200-299, body: b, within: 2s, json: { a.b: c } }\npast_cache: true\norigin: 10.0.0.1:8443\nredirects: refuse\ncertificate: { warn: 14d }",
        "https://example.com/a",
        """{"url":"https://example.com/a","method":"POST","headers":[{"name":"A","value":"$T"},{"name":"B","value":"2"}],"send":"x","status":"200-299","body":"b","json":[{"name":"a.b","value":"c"}],"within":"00:00:02","keep_redirects":true,"certificate_warn_days":14,"past_cache":true,"origin":"10.0.0.1:8443"}""")]
    [InlineData("write_read: https://example.com/note", "https://example.com/note", """{"url":"https://example.com/note","back":{}}""")]
    [InlineData(
        "write_read: https://example.com/a/{value}\nmethod: POST\nheaders: { Authorization: Bearer $T, Content-Type: a/b }\nuser: u\npassword: $P\nsend: 'x{value}'\norigin: 10.0.0.1\nread: { address: 'https://example.com/b', json: n, past_cache: true, origin: 10.0.0.2, within: 2s }\nexpect: { status: 201, within: 1s }\ncertificate: { verify: false }",
        "https://example.com/a/{value}",
        """{"url":"https://example.com/a/%7Bvalue%7D","method":"POST","headers":[{"name":"Authorization","value":"Bearer $T"},{"name":"Content-Type","value":"a/b"}],"user":"u","password":"$P","send":"x{value}","status":"201","origin":"10.0.0.1","skip_verify":true,"within":"00:00:01","back":{"url":"https://example.com/b","headers":[{"name":"Authorization","value":"Bearer $T"}],"user":"u","password":"$P","json":"n","past_cache":true,"origin":"10.0.0.2","within":"00:00:02"}}""")]
    [InlineData("tcp: db.example.com:5432\nexpect: { within: 1s }", "db.example.com:5432", """{"address":"db.example.com:5432","within":"00:00:01"}""")]
    [InlineData("tls: example.com", "example.com:443", """{"address":"example.com:443","warn_days":14}""")]
    [InlineData("dns: example.com.\ntype: MX\nexpect: { answers: [10 mx.example.com] }", "MX example.com", """{"name":"example.com","type":"MX","answers":["10 mx.example.com"]}""")]
    [InlineData("icmp: 192.0.2.1", "192.0.2.1", """{"host":"192.0.2.1","packets":3}""")]
    [InlineData("smtp: mx.example.com\nstarttls: required", "mx.example.com:25", """{"address":"mx.example.com:25","start_tls":"Required"}""")]
    [InlineData("heartbeat: { every: 24h, grace: 1h }", "a heartbeat every 24h", """{"every":"1.00:00:00","grace":"01:00:00"}""")]
    [InlineData("command: [/usr/bin/check_x, -w, '10']", "check_x", """{"command":["/usr/bin/check_x","-w","10"]}""")]
    [InlineData("self: disk\nfree: 1GiB", "free disk space", """{"part":"Disk","free_bytes":1073741824}""")]
    public void Settings_become_the_stored_form(string yaml, string target, string options)
    {
        var check = Looking.Read(yaml);
        Assert.Equal((target, options), (check.Target, check.Options));
        Assert.NotNull(CheckKinds.Open(check, Looking.Tools()));
    }

    [Theory]
    [InlineData("http: https://example.com/a", "https://example.com/a", null)]
    [InlineData("http: https://example.com/a\npast_cache: true", null, "https://example.com/a")]
    [InlineData("http: https://example.com/a\norigin: 10.0.0.1", null, "https://example.com/a")]
    [InlineData("http: https://example.com/a\nmethod: POST", null, null)]
    [InlineData("write_read: https://example.com/a", null, "https://example.com/a")]
    [InlineData("write_read: https://example.com/a\nread: { address: 'https://www.example.com/b' }", null, "https://www.example.com/b")]
    [InlineData("tcp: example.com:1", null, null)]
    public void A_check_says_whether_a_cache_may_answer_it(string yaml, string? front, string? behind)
    {
        var check = Looking.Read(yaml);
        Assert.Equal((front, behind), (check.Front, check.Behind));
    }

    [Theory]
    [InlineData("http: ftp://example.com", "monitors")]
    [InlineData("http: https://example.com\nexpect: { status: 700 }", "write status codes")]
    [InlineData("http: https://example.com\nexpect: { stauts: 200 }", "did you mean “status”?")]
    [InlineData("http: https://example.com\nexpect: { body_matches: '(a' }", "write a regular expression")]
    [InlineData("http: https://example.com\nheaders: { Host: x }", "Candor writes this header itself")]
    [InlineData("http: https://example.com\nmethod: BREW", "write GET, HEAD")]
    [InlineData("tcp: example.com", "write host:port")]
    [InlineData("dns: example.com\ntype: MXX", "did you mean MX?")]
    [InlineData("icmp: example.com\npackets: 99", "from 1 to 10")]
    [InlineData("heartbeat: { grace: 1h }", "has no “every”")]
    [InlineData("command: check_x -w 10", "write a list")]
    [InlineData("command: [check_x]", "full path")]
    [InlineData("self: soul", "write disk, journal or names")]
    public void Wrong_settings_are_faults_with_a_remedy(string yaml, string remedy)
    {
        var faults = new Faults();
        Looking.TryRead(yaml, faults);
        var said = string.Join('\n', faults.Sorted());
        Assert.True(faults.Any);
        Assert.Contains(remedy == "monitors" ? "only http and https" : remedy, said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WebAddressTests.Refused), MemberType = typeof(WebAddressTests))]
    public async Task SEC_01_A_forbidden_address_is_refused_when_saved_and_when_run(string url)
    {
        var faults = new Faults();
        var entry = Entry.OfMap(1, 1, "m", [new("http", 1, 1, Entry.OfText(1, 1, "m.http", url))]);
        Assert.Null(CheckKinds.All.Single(k => k.Key == "http").Read(entry, faults));
        Assert.True(faults.Any);

        // As if an older build, or somebody with the journal's key, had let it through.
        var stored = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["url"] = url });
        var network = new FakeNetwork
        {
            Resolve = _ => throw new InvalidOperationException("it was looked up"),
            Connect = (_, _) => throw new InvalidOperationException("it was connected to"),
        };
        var probe = CheckKinds.Open(new("http", url, stored), Looking.Tools() with { Network = network });
        var seen = await probe.LookAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(Reading.None, seen.Reading);
    }

    [Theory]
    [InlineData("teleport", "{}")]
    [InlineData("http", "nonsense")]
    [InlineData("http", "{}")]
    [InlineData("tcp", """{"address":"no port"}""")]
    [InlineData("command", "{}")]
    public async Task What_this_build_cannot_open_says_nothing_about_the_service(string kind, string options)
    {
        var probe = CheckKinds.Open(new Check(kind, "x", options), Looking.Tools());
        Assert.Equal(Reading.None, (await probe.LookAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).Reading);
    }
}
