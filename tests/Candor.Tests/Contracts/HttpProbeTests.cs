using System.IO.Compression;
using System.Text;
using Candor.Judging;
using Candor.Probing;

namespace Candor.Tests.Contracts;

public class HttpProbeTests
{
    private const string Ok = "HTTP/1.1 200 OK\nContent-Length: 5\nX-Served-By: a1";

    [Fact]
    public async Task An_answer_within_expectations_is_good_and_has_phases()
    {
        await using var server = LocalListener.Answering(Ok, "Heron");
        var seen = await Looking.LookAsync(
            $"http: {server.Http}/\nexpect: {{ status: 200-299, body: Heron, body_matches: 'H.r+on', header: {{ X-Served-By: a }}, within: 4s }}");
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Equal(["dns", "connect", "first_byte", "body"], seen.Phases.Select(p => p.Name));
        Assert.True(seen.Took >= seen.Phases.Aggregate(TimeSpan.Zero, (t, p) => t + p.Took));
        Assert.Equal(200, seen.Measurements.Single(m => m.Name == "status").Value);
    }

    [Theory]
    [InlineData("expect: { status: 201 }", "answered 200")]
    [InlineData("expect: { body: Kiwi }", "body does not contain “Kiwi”")]
    [InlineData("expect: { body_lacks: Heron }", "body contains “Heron”")]
    [InlineData("expect: { body_matches: '^[0-9]+$' }", "body does not match “^[0-9]+$”")]
    [InlineData("expect: { header: { X-Served-By: b2 } }", "header X-Served-By does not contain “b2”")]
    [InlineData("expect: { header: { X-None: b2 } }", "header X-None does not contain “b2”")]
    [InlineData("expect: { json: { status: ok } }", "body is not JSON, or nested too deeply")]
    public async Task Each_broken_expectation_is_said(string yaml, string reason)
    {
        await using var server = LocalListener.Answering(Ok, "Heron");
        var seen = await Looking.LookAsync($"http: {server.Http}/\n{yaml}");
        Assert.Equal((Reading.Bad, reason), (seen.Reading, seen.Reason));
    }

    [Theory]
    [InlineData("state: up", nameof(Reading.Good), "")]
    [InlineData("'parts[1].name': b", nameof(Reading.Good), "")]
    [InlineData("'$.parts[1][\"name\"]': c", nameof(Reading.Bad), "$.parts[1][\"name\"] is “b”, expected “c”")]
    [InlineData("'parts[7].name': b", nameof(Reading.Bad), "body has no parts[7].name")]
    [InlineData("depth: 3", nameof(Reading.Good), "")]
    public async Task Values_are_found_in_json(string expected, string reading, string reason)
    {
        await using var server = LocalListener.Answering(
            "HTTP/1.1 200 OK\nContent-Type: application/json", """{"state":"up","depth":3,"parts":[{"name":"a"},{"name":"b"}]}""");
        var seen = await Looking.LookAsync($"http: {server.Http}/\nexpect: {{ json: {{ {expected} }} }}");
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task A_good_answer_that_took_too_long_is_slow()
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await LocalListener.HeadAsync(stream, cancellation);
            await Task.Delay(60, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
        });
        var seen = await Looking.LookAsync($"http: {server.Http}/\nexpect: {{ within: 50ms }}");
        Assert.Equal(Reading.Slow, seen.Reading);
        Assert.EndsWith("expected within 50 ms", seen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_is_what_the_owner_wrote()
    {
        var asked = new TaskCompletionSource<string>();
        await using var server = Recording(asked);
        var tools = Looking.Tools() with { Secrets = name => name == "TOKEN" ? "s3cret" : null };
        var seen = await Looking.LookAsync(
            $"http: {server.Http}/a?b=c\nmethod: POST\nsend: hello\nheaders: {{ Authorization: Bearer $TOKEN, Content-Type: text/x }}\npast_cache: true",
            tools: tools);
        var head = await asked.Task;
        Assert.Equal(Reading.Good, seen.Reading);
        Assert.Matches(@"^POST /a\?b=c&candor=[a-z0-9]{12} HTTP/1.1\r\n", head);
        Assert.Contains($"Host: 127.0.0.1:{server.Port}\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store, no-cache\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/x\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_origin_is_asked_directly_under_the_public_name()
    {
        var asked = new TaskCompletionSource<string>();
        await using var server = Recording(asked);
        var seen = await Looking.LookAsync($"http: http://www.example.com/\norigin: 127.0.0.1:{server.Port}");
        Assert.Equal(Reading.Good, seen.Reading);
        Assert.Contains("Host: www.example.com\r\n", await asked.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_variable_is_our_trouble_and_nothing_is_sent()
    {
        await using var server = LocalListener.Answering(Ok, "Heron");
        var seen = await Looking.LookAsync($"http: {server.Http}/\nheaders: {{ Authorization: Bearer $NOT_SET }}");
        Assert.Equal((Reading.None, "the header Authorization needs a variable that is not set here"), (seen.Reading, seen.Reason));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Redirects_are_followed_five_times_and_own_headers_stay_at_home()
    {
        var asked = new TaskCompletionSource<string>();
        await using var away = Recording(asked);
        await using var home = LocalListener.Answering($"HTTP/1.1 302 Found\nLocation: http://known.test:{away.Port}/in?x=1");
        var seen = await Looking.LookAsync(
            $"http: {home.Http}/\nmethod: POST\nsend: hello\nheaders: {{ Authorization: Bearer $TOKEN, X-Own: 1 }}",
            tools: Looking.Tools() with { Secrets = _ => "abc" });
        var head = await asked.Task;
        Assert.Equal(Reading.Good, seen.Reading);
        Assert.StartsWith("GET /in?x=1 HTTP/1.1", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Own", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_without_end_is_bad()
    {
        await using var server = LocalListener.Answering("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0");
        var seen = await Looking.LookAsync($"http: {server.Http}/");
        Assert.Equal((Reading.Bad, "redirects more than 5 times"), (seen.Reading, seen.Reason));
        Assert.Equal(6, server.Connections);
    }

    [Fact]
    public async Task A_redirect_may_itself_be_the_answer()
    {
        await using var server = LocalListener.Answering("HTTP/1.1 302 Found\nLocation: http://169.254.169.254/\nContent-Length: 0");
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"http: {server.Http}/\nredirects: refuse\nexpect: {{ status: 302 }}")).Reading);
    }

    /// <summary>Where attackers point redirects: another scheme, another host in disguise, the machine itself, the cloud.</summary>
    public static readonly TheoryData<string> Evil =
    [
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://2852039166/", "http://0xa9fea9fe/",
        "http://[fd00:ec2::254]/", "http://10.0.0.1/", "http://192.168.1.1:8080/", "http://[fe80::1]/", "//10.0.0.1/", "//169.254.169.254",
        "///169.254.169.254/", "file:///etc/passwd", "gopher://10.0.0.1/", "ftp://example.com/", "javascript:alert(1)", "data:text/html,x",
        "http://user:pass@known.test/", "\\\\10.0.0.1\\x", "/\\10.0.0.1/", "http:\\\\10.0.0.1/", "http://known.test\\@10.0.0.1/",
        "http://a..b/", "http://0251.0376.0251.0376/", "http://169.254.169.254./", "http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", "ldap://10.0.0.1/",
    ];

    [Theory]
    [MemberData(nameof(Evil))]
    public async Task SEC_37_A_redirect_to_where_nobody_may_go_ends_the_look(string location)
    {
        await using var server = LocalListener.Answering($"HTTP/1.1 302 Found\nLocation: {location}\nContent-Length: 0");
        var seen = await Looking.LookAsync($"http: {server.Http}/", tools: Looking.Tools());
        Assert.Contains(seen.Reading, (Reading[])[Reading.None, Reading.Bad]);
        Assert.Equal(1, server.Connections);
        Assert.Matches("never contacts|egress.allow|not a web address", seen.Reason);
    }

    [Fact]
    public async Task Nothing_private_is_probed_unless_the_settings_allow_it()
    {
        await using var server = LocalListener.Answering(Ok, "Heron");
        var seen = await Looking.LookAsync($"http: {server.Http}/", tools: Looking.Tools(Candor.Effects.EgressRules.PublicOnly));
        Assert.Equal(Reading.None, seen.Reading);
        Assert.Contains("egress.allow", seen.Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_closed_port_is_bad()
    {
        int port;
        await using (var server = LocalListener.Answering(Ok))
        {
            port = server.Port;
        }

        var seen = await Looking.LookAsync($"http: http://127.0.0.1:{port}/");
        Assert.Equal((Reading.Bad, "connection refused"), (seen.Reading, seen.Reason));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "its answer is not HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "closed the connection too early")]
    [InlineData("", "closed the connection too early")]
    public async Task What_is_not_an_answer_is_bad(string bytes, string reason)
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await LocalListener.HeadAsync(stream, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), cancellation);
        });
        var seen = await Looking.LookAsync($"http: {server.Http}/");
        Assert.Equal((Reading.Bad, reason), (seen.Reading, seen.Reason));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compressed_bodies_are_read(string encoding)
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await LocalListener.HeadAsync(stream, cancellation);
            var packed = new MemoryStream();
            await using (var pack = Packing(encoding, packed))
            {
                await pack.WriteAsync("a Heron in the mist"u8.ToArray(), cancellation);
            }

            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n"), cancellation);
            await stream.WriteAsync(packed.ToArray(), cancellation);
        });
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"http: {server.Http}/\nexpect: {{ body: Heron }}")).Reading);
    }

    internal static Stream Packing(string encoding, Stream into) => encoding switch
    {
        "gzip" => new GZipStream(into, CompressionLevel.SmallestSize, leaveOpen: true),
        "br" => new BrotliStream(into, CompressionLevel.Optimal, leaveOpen: true),
        _ => new ZLibStream(into, CompressionLevel.SmallestSize, leaveOpen: true),
    };

    private static LocalListener Recording(TaskCompletionSource<string> asked) => new(async (stream, cancellation) =>
    {
        asked.TrySetResult(await LocalListener.HeadAsync(stream, cancellation));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
    });
}
