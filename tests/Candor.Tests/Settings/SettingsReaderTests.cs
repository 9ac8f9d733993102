using Candor.Settings;
using Candor.State;

namespace Candor.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string Shortest = "page: { name: Heron }\nmonitors:\n  home-page: { http: https://example.com/ }\n";

    [Fact]
    public void A_complete_file_is_read_into_typed_settings()
    {
        var read = Written.Declared(Written.Complete);

        Assert.Equal("https://status.example.com/", read.Page.Url);
        Assert.Equal(("Heron Copier", "Europe/Berlin", "#0a7d55"), (read.Page.Name, read.Page.TimeZone, read.Page.Accent));
        Assert.Equal(["Frontend", "Homepage", "Connect", "Mail"], read.Components.Select(c => c.Name));
        Assert.Equal(read.Components[0].Id, read.Components[1].Parent);
        Assert.Equal(1, read.Components[2].Redundancy!.Need);
        Assert.Equal(["homepage", "mx", "connect-1", "connect-2"], read.Monitors.Select(m => m.Id.Value));
        Assert.Equal(new JudgingRules(3, 4, 2), read.Monitors[0].Rules);
        Assert.Equal(new JudgingRules(2, 4, 2), read.Monitors[1].Rules);
        Assert.Equal(["local", "us", "eu"], read.Policy.Vantages.Select(v => v.Value));
        Assert.Equal(["eu", "us", "us"], new[] { "eu", "us", "local" }.Select(place => read.Policy.RegionOf(new(place))));
        Assert.Equal(["eu", "us"], read.Monitors[0].Regions);
        Assert.Empty(read.Monitors[1].Regions);
        Assert.Equal(["10.0.0.0/8", "192.168.1.10/32"], read.Policy.EgressAllow);
        Assert.Equal(AutomaticIncidents.Confirm, read.Policy.Automatic);
        Assert.Equal(["SMTP_PASSWORD"], read.Notices.Email!.Smtp.Names);
    }

    [Fact]
    public void What_is_not_written_has_the_documented_default()
    {
        var read = Written.Declared(Shortest);

        var monitor = Assert.Single(read.Monitors);
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10)), (monitor.Every, monitor.Timeout));
        Assert.Equal(JudgingRules.Default, monitor.Rules);
        Assert.Equal(TimeSpan.FromMinutes(2), read.Policy.ResolveAfter);
        Assert.Equal(AutomaticIncidents.Publish, read.Policy.Automatic);
        Assert.Equal(["gateway", "resolvers"], read.Policy.Controls);
        Assert.Equal("UTC", read.Page.TimeZone);
    }

    [Fact]
    public void Without_components_every_monitor_is_one()
    {
        var component = Assert.Single(Written.Declared(Shortest).Components);

        Assert.Equal("Home page", component.Name);
        Assert.Equal(["home-page"], component.Monitors.Select(m => m.Value));
    }

    [Fact]
    public void A_timeout_never_exceeds_the_interval_by_default() =>
        Assert.Equal(
            TimeSpan.FromSeconds(2),
            Written.Declared("page: { name: H }\nmonitors: { a: { tcp: a:1, every: 2s } }").Monitors[0].Timeout);

    [Fact]
    public void All_faults_are_named_at_once_in_the_order_of_the_file()
    {
        var answer = Written.Read("""
            page: { time_zone: Berlin }
            components:
              - name: A
                monitors: [hompage]
            monitors:
              homepage: { http: x, every: 30 sec }
            colour: red
            """);

        Assert.Null(answer.Declaration);
        Assert.Equal(
            [
                "line 1, column 7: page has no “name”: add “name: …”, a text of up to 100 characters",
                "line 1, column 20: page.time_zone is “Berlin”: write an IANA name; did you mean Europe/Berlin?",
                "line 4, column 16: components.A.monitors#1 names the monitor “hompage”, which is not there: did you mean “homepage”?",
                "line 6, column 31: monitors.homepage.every is “30 sec”: write a duration such as 30s, 5m or 24h",
                "line 7, column 1: colour is not a setting: known here are alerts, alive, audiences, components, egress, incidents, judging, maintenance, monitors, notices, page, read_back, serving, sign_in, vantage",
            ],
            answer.Faults.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("DE")]
    [InlineData("de-AT")]
    public void A_language_that_is_not_there_is_answered_with_those_that_are(string tag) =>
        Assert.Equal(
            $"line 1, column 19: page.language is “{tag}”: write en or de",
            Assert.Single(Written.Read($"page: {{ language: {tag}, name: H }}").Faults).ToString());

    [Theory]
    [InlineData("page: { name: H }", null)]
    [InlineData("page: { name: H, language: en }", null)]
    [InlineData("page: { name: H, language: de }", "de")]
    public void English_is_spoken_where_nothing_else_is_written(string text, string? tag) =>
        Assert.Equal(tag, Written.Declared(text).Page.Language);

    [Fact]
    public void A_kind_of_a_later_version_is_named_as_such() =>
        Assert.Equal(
            "line 2, column 18: monitors.q.redis is not in this version yet: known are http, tcp, tls, dns, icmp, smtp, heartbeat, command, self",
            Assert.Single(Written.Read(
                "page: { name: H }\nmonitors: { q: { redis: \"10.0.0.12:6379\" } }").Faults).ToString());

    [Fact]
    public void A_secret_tells_nobody_and_is_revealed_only_from_the_environment()
    {
        var smtp = Written.Declared(Written.Complete).Notices.Email!.Smtp;

        Assert.DoesNotContain("SMTP", $"{smtp} {Written.Declared(Written.Complete).Notices}", StringComparison.Ordinal);
        Assert.Equal("smtp://user:hunter2@mail.example.com:587", smtp.Reveal(name => name == "SMTP_PASSWORD" ? "hunter2" : null));
        Assert.Null(smtp.Reveal(_ => null));
    }

    [Theory]
    [InlineData("name: \"<script>alert(1)</script>\"")]
    [InlineData("name: \"a\\u202Eb\"")]
    [InlineData("name: \"a\\nb\"")]
    [InlineData("url: javascript:alert(1)")]
    [InlineData("url: \"https://x/\\\" onclick=alert(1)\"")]
    [InlineData("url: https://user:pass@example.com/")]
    [InlineData("time_zone: ../../etc/passwd")]
    [InlineData("time_zone: Europe/Berlin;x")]
    [InlineData("accent: \"red;background:url(//evil)\"")]
    [InlineData("accent: \"#12345\"")]
    [InlineData("logo: data:image/svg+xml,<svg/>")]
    [InlineData("logo: http://example.com/logo.svg")]
    [InlineData("logo: //evil.example/x.svg")]
    [InlineData("contact: javascript:alert(1)")]
    [InlineData("contact: \"mailto:a@b.example?bcc=everyone@example.com\"")]
    [InlineData("analytics: G-123\" onload=x")]
    [InlineData("head: <script src=//evil></script>")]
    [InlineData("css: \"*{display:none}\"")]
    [InlineData("description: \"a\\u0007b\"")]
    public void SEC_08_Hostile_page_settings_are_refused_or_are_nothing_but_text(string line)
    {
        var answer = Written.Read($"page:\n  {line}\n{(line.StartsWith("name", StringComparison.Ordinal) ? "" : "  name: H\n")}monitors: {{}}\n");

        if (answer.Declaration is { } read)
        {
            // Free text may hold anything visible: the renderer encodes it. Nothing else on the page took the value.
            Assert.StartsWith("name: \"<script>", line, StringComparison.Ordinal);
            Assert.Empty(read.Page.Audiences);
            Assert.Empty(read.Page.OnlyFor);
            Assert.Equal(
                new Page(read.Page.Id, "<script>alert(1)</script>", "UTC") { Audiences = read.Page.Audiences, OnlyFor = read.Page.OnlyFor },
                read.Page);
        }
        else
        {
            Assert.All(answer.Faults, fault => Assert.StartsWith("page", fault.Path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Notes_say_what_is_right_but_may_not_be_meant()
    {
        var notes = Written.Declared(Written.Complete + "\n").Notes;

        Assert.Contains(notes, note => note.Contains("us, eu", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, note => note.Contains("notices.email", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, note => note.Contains("No component shows", StringComparison.Ordinal));
    }

    [Fact]
    public void Notes_name_regions_that_only_one_side_knows()
    {
        var notes = Written.Declared("""
            page: { name: H }
            components:
              - { name: Shop, regions: [eu, us], monitors: [shop] }
              - { name: Blog, regions: [eu, us] }
            monitors:
              shop: { tcp: a:1 }
            vantage: { places: [eu], regions: { asia: [tokyo] } }
            """).Notes;

        Assert.Contains("No component has the region asia; name it under “regions:” of a component to see it there.", notes);
        Assert.Contains(
            "No place looks at Shop from its region us, so there it is unknown; say under “vantage: { regions: … }” which places do.", notes);
        Assert.DoesNotContain(notes, static note => note.Contains("Blog", StringComparison.Ordinal));
    }

    [Fact]
    public void A_heartbeat_is_heard_in_one_place_and_judged_in_no_region() => Assert.Empty(Written.Declared("""
        page: { name: H }
        components: [{ name: Backup, regions: [eu, us], monitors: [backup] }]
        monitors: { backup: { heartbeat: nightly } }
        vantage: { regions: { eu: [local], us: [us] } }
        """).Monitors[0].Regions);
}
