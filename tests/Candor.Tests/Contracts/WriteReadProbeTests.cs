using Candor.Judging;
using Candor.Probing;

namespace Candor.Tests.Contracts;

public class WriteReadProbeTests
{
    private const string Old = "candor-oldoldoldoldoldoldol";
    private static readonly Notepad.Answer Taken = new(204);

    [Fact]
    public async Task What_is_written_and_comes_back_is_good_and_both_halves_have_phases()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, kept) : Keep(ref kept, body));
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note");
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Matches("^candor-[a-z0-9]{20}$", kept);
        Assert.StartsWith("PUT /note HTTP/1.1\r\n", server.Writes.Single(), StringComparison.Ordinal);
        Assert.Equal(
            ["write_dns", "write_connect", "write_first_byte", "write_body", "read_dns", "read_connect", "read_first_byte", "read_body"],
            seen.Phases.Select(static phase => phase.Name));
        Assert.Equal("came_back_after", Assert.Single(seen.Measurements).Name);
    }

    [Fact]
    public async Task Each_look_writes_another_value()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, kept) : Keep(ref kept, body));
        var probe = CheckKinds.Open(Looking.Read($"write_read: {server.Http}/note"), Looking.Tools());
        var first = await LookAsync(probe);
        var before = kept;
        var second = await LookAsync(probe);
        Assert.Equal((Reading.Good, Reading.Good), (first.Reading, second.Reading));
        Assert.NotEqual(before, kept);
    }

    [Fact]
    public async Task The_value_goes_where_the_owner_put_it_and_is_looked_for_there()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) =>
            method == "GET" ? new(200, $$"""{"data":[{"note":"seen: {{kept}}"}],"old":"{{Old}}"}""") : Keep(ref kept, body[9..^2]));
        var tools = Looking.Tools() with { Secrets = static name => name == "TOKEN" ? "s3cret" : null };
        var seen = await Looking.LookAsync(
            $$"""
            write_read: {{server.Http}}/notes?as={value}
            method: POST
            headers: { Authorization: Bearer $TOKEN, Content-Type: application/json }
            send: '{"note":"{value}"}'
            read: { address: "{{server.Http}}/notes/latest", json: "data[0].note", past_cache: true }
            """,
            tools: tools);
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        var write = server.Writes.Single();
        Assert.StartsWith($"POST /notes?as={kept} HTTP/1.1\r\n", write, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", write, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", write, StringComparison.Ordinal);
        Assert.EndsWith($$"""{"note":"{{kept}}"}""", write, StringComparison.Ordinal);
        var read = server.Reads.Single();
        Assert.Matches(@"^GET /notes/latest\?candor=[a-z0-9]{12} HTTP/1.1\r\n", read);
        Assert.Contains("Cache-Control: no-store, no-cache\r\n", read, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "writing failed: answered 503")]
    [InlineData(302, "writing failed: answered 302")]
    [InlineData(403, "writing failed: answered 403")]
    public async Task A_write_that_is_not_taken_is_bad_and_nothing_is_read(int status, string reason)
    {
        await using var server = new Notepad((_, _, _) => new(status) { Head = "Location: /elsewhere\r\n" });
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note");
        Assert.Equal((Reading.Bad, reason), (seen.Reading, seen.Reason));
        Assert.Empty(server.Reads);
        Assert.Single(server.Writes);
    }

    [Fact]
    public async Task The_owner_says_with_what_a_write_is_taken()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, kept) : Keep(ref kept, body) with { Status = 303 });
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"write_read: {server.Http}/note\nexpect: {{ status: 303 }}")).Reading);
    }

    [Fact]
    public async Task A_server_that_is_gone_fails_while_it_is_written_to()
    {
        string address;
        await using (var server = new Notepad(static (_, _, _) => Taken))
        {
            address = server.Http;
        }

        var seen = await Looking.LookAsync($"write_read: {address}/note");
        Assert.Equal((Reading.Bad, "writing failed: connection refused"), (seen.Reading, seen.Reason));
        Assert.All(seen.Phases, static phase => Assert.StartsWith("write_", phase.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cache_that_answers_with_what_it_had_is_found_out_although_the_write_is_taken()
    {
        var kept = "";
        var frozen = (string?)null;
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, frozen ?? kept) : Keep(ref kept, body));
        var probe = CheckKinds.Open(Looking.Read($"write_read: {server.Http}/note\nread: {{ within: 600ms }}"), Looking.Tools());
        Assert.Equal(Reading.Good, (await LookAsync(probe)).Reading);

        frozen = kept;
        for (var look = 0; look < 3; look++)
        {
            var seen = await LookAsync(probe);
            Assert.Equal((Reading.Bad, "read an older value: a cache or a stale replica answered"), (seen.Reading, seen.Reason));
        }

        frozen = null;
        Assert.Equal(Reading.Good, (await LookAsync(probe)).Reading);
    }

    [Fact]
    public async Task An_older_value_of_an_earlier_run_or_of_another_place_is_older_once_it_comes_back_after_a_second_write()
    {
        await using var server = new Notepad(static (method, _, _) => method == "GET" ? new(200, Old) : Taken);
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ within: 600ms }}");
        Assert.Equal((Reading.Bad, "read an older value: a cache or a stale replica answered"), (seen.Reading, seen.Reason));
        Assert.Equal(2, server.Writes.Count());
    }

    [Fact]
    public async Task Another_place_that_writes_in_between_is_no_failure()
    {
        var kept = "";
        var theirs = 0;
        await using var server = new Notepad((method, _, body) =>
        {
            if (method == "GET" && theirs++ == 0)
            {
                kept = Old;
            }

            return method == "GET" ? new(200, kept) : Keep(ref kept, body);
        });
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note");
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Equal(2, server.Writes.Count());
    }

    [Fact]
    public async Task Many_places_at_the_same_address_do_not_call_each_other_down()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, kept) : Keep(ref kept, body));
        var looks = Enumerable.Range(0, 5).Select(async _ =>
        {
            var probe = CheckKinds.Open(Looking.Read($"write_read: {server.Http}/note"), Looking.Tools());
            return new[] { await LookAsync(probe, 20), await LookAsync(probe, 20), await LookAsync(probe, 20) };
        });
        var seen = (await Task.WhenAll(looks)).SelectMany(static one => one).ToList();
        Assert.DoesNotContain(seen, static one => one.Reading is Reading.Bad or Reading.Slow);
        Assert.Contains(seen, static one => one.Reading == Reading.Good);
    }

    [Fact]
    public async Task Where_others_write_all_the_time_nothing_is_said_of_the_service()
    {
        var reads = 0;
        await using var server = new Notepad((method, _, _) => method == "GET" ? new(200, $"candor-{reads++:00000000000000000000}") : Taken);
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ within: 300ms }}", seconds: 20);
        Assert.Equal(Reading.None, seen.Reading);
        Assert.StartsWith("what comes back is what somebody else wrote in between", seen.Reason, StringComparison.Ordinal);
        Assert.Equal(5, server.Writes.Count());

        // Another would take longer than the look may: what is known by then is too little.
        seen = await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ within: 300ms }}", seconds: 0.5);
        Assert.Equal(Reading.None, seen.Reading);
    }

    [Fact]
    public async Task What_comes_late_but_in_time_is_good_and_what_does_not_come_is_bad()
    {
        var (kept, reads) = ("", 0);
        await using var late = new Notepad((method, _, body) => method == "GET" ? new(200, ++reads < 3 ? "nothing yet" : kept) : Keep(ref kept, body));
        var seen = await Looking.LookAsync($"write_read: {late.Http}/note");
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Contains(seen.Phases, static phase => phase.Name == "wait");
        Assert.True(seen.Measurements.Single().Value >= 0.7, "two pauses");

        await using var never = new Notepad(static (method, _, _) => method == "GET" ? new(200, "nothing") : Taken);
        seen = await Looking.LookAsync($"write_read: {never.Http}/note\nread: {{ within: 600ms }}");
        Assert.Equal((Reading.Bad, "what was written did not come back within 600 ms"), (seen.Reading, seen.Reason));
        Assert.InRange(never.Reads.Count(), 2, 4);
        Assert.Single(never.Writes);
    }

    [Theory]
    [InlineData(404, "", "", "reading back failed: answered 404")]
    [InlineData(200, "<html>", "json: note", "reading back failed: body is not JSON, or nested too deeply")]
    [InlineData(200, "{}", "json: note", "what was written did not come back within 100 ms")]
    [InlineData(200, "candor-", "", "what was written did not come back within 100 ms")]
    public async Task A_read_that_fails_says_that_it_was_the_read(int status, string body, string how, string reason)
    {
        await using var server = new Notepad((method, _, _) => method == "GET" ? new(status, body) : Taken);
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ within: 100ms{(how.Length > 0 ? ", " : "")}{how} }}");
        Assert.Equal((Reading.Bad, reason), (seen.Reading, seen.Reason));
    }

    [Fact]
    public async Task A_text_around_the_value_may_be_asked_for()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, $"draft={kept}") : Keep(ref kept, body));
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ body: 'draft={{value}}' }}")).Reading);
        Assert.Equal(Reading.Bad, (await Looking.LookAsync($"write_read: {server.Http}/note\nread: {{ body: 'final={{value}}', within: 100ms }}")).Reading);
    }

    [Fact]
    public async Task A_half_that_hangs_is_named_when_the_time_is_up()
    {
        await using var writes = new Notepad(static (_, _, _) => Taken with { After = TimeSpan.FromMinutes(1) });
        var seen = await Looking.LookAsync($"write_read: {writes.Http}/note", seconds: 0.4);
        Assert.Equal((Reading.Bad, "writing failed: timed out after 400 ms"), (seen.Reading, seen.Reason));

        await using var reads = new Notepad(static (method, _, _) => Taken with { After = method == "GET" ? TimeSpan.FromMinutes(1) : default });
        seen = await Looking.LookAsync($"write_read: {reads.Http}/note", seconds: 0.6);
        Assert.Equal((Reading.Bad, "reading back failed: timed out after 600 ms"), (seen.Reading, seen.Reason));
        Assert.Equal("read_first_byte", seen.Phases[^1].Name);
    }

    [Fact]
    public async Task What_takes_longer_than_expected_is_slow()
    {
        var kept = "";
        await using var server = new Notepad((method, _, body) => method == "GET" ? new(200, kept) : Keep(ref kept, body) with { After = TimeSpan.FromMilliseconds(80) });
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note\nexpect: {{ within: 50ms }}");
        Assert.Equal(Reading.Slow, seen.Reading);
        Assert.Matches("^came back after .*, expected within 50 ms$", seen.Reason);
    }

    [Fact]
    public async Task What_opens_one_server_is_not_shown_to_another()
    {
        var kept = "";
        await using var replica = new Notepad((_, _, _) => new(200, kept));
        await using var server = new Notepad((_, _, body) => Keep(ref kept, body));
        var tools = Looking.Tools() with { Secrets = static _ => "s3cret" };
        var seen = await Looking.LookAsync(
            $"write_read: {server.Http}/note\nheaders: {{ Authorization: Bearer $TOKEN }}\nread: {{ address: '{replica.Http}/note' }}", tools: tools);
        Assert.Equal(Reading.Good, seen.Reading);
        Assert.Contains("s3cret", server.Requests.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", replica.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("write_read: http://169.254.169.254/x", 0)]
    [InlineData("write_read: {0}/x\nread: {{ address: 'http://10.0.0.1/x' }}", 1)]
    public async Task SEC_01_Both_halves_go_through_the_guard(string yaml, int writes)
    {
        await using var server = new Notepad(static (_, _, _) => Taken);
        var seen = await Looking.LookAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, yaml, server.Http));
        Assert.Equal(Reading.None, seen.Reading);
        Assert.Matches("never contacts|egress.allow", seen.Reason);
        Assert.Equal(writes, server.Requests.Count);
    }

    [Fact]
    public async Task Candor_that_stops_says_nothing_of_the_service()
    {
        await using var server = new Notepad(static (method, _, _) => method == "GET" ? new(200, "nothing") : Taken);
        using var stopping = new CancellationTokenSource();
        var look = CheckKinds.Open(Looking.Read($"write_read: {server.Http}/note"), Looking.Tools()).LookAsync(TimeSpan.FromMinutes(1), stopping.Token).AsTask();
        while (!server.Reads.Any())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
    }

    [Fact]
    public async Task A_body_without_end_and_one_that_drips_are_bad_within_the_time()
    {
        await using var endless = new Notepad(static (method, _, _) => method == "GET" ? new(200, new string('x', 2_000_000)) : Taken);
        var seen = await Looking.LookAsync($"write_read: {endless.Http}/note\nread: {{ within: 100ms }}");
        Assert.Equal((Reading.Bad, "reading back failed: the answer is larger than 1024 KiB"), (seen.Reading, seen.Reason));

        await using var drips = new LocalListener(static async (stream, cancellation) =>
        {
            var head = await LocalListener.HeadAsync(stream, cancellation);
            await stream.WriteAsync(head.StartsWith("PUT ", StringComparison.Ordinal) ? "HTTP/1.1 204 X\r\n\r\n"u8.ToArray() : "HTTP/1.1 200 X\r\n\r\n"u8.ToArray(), cancellation);
            while (head.StartsWith("GET ", StringComparison.Ordinal))
            {
                await stream.WriteAsync("x"u8.ToArray(), cancellation);
                await Task.Delay(20, cancellation);
            }
        });
        seen = await Looking.LookAsync($"write_read: {drips.Http}/note", seconds: 0.6);
        Assert.Equal((Reading.Bad, "reading back failed: timed out after 600 ms while sending its answer"), (seen.Reading, seen.Reason));
    }

    [Fact]
    public async Task An_answer_full_of_values_costs_no_more_than_its_length()
    {
        var many = string.Concat(Enumerable.Range(0, 30_000).Select(static i => $"candor-{i:00000000000000000000} "));
        var tricky = string.Concat(Enumerable.Repeat("candor-", 140_000));
        await using var server = new Notepad((method, target, _) => method == "GET" ? new(200, target == "/many" ? many : tricky) : Taken);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var other = await Looking.LookAsync($"write_read: {server.Http}/many\nread: {{ within: 100ms }}");
        var none = await Looking.LookAsync($"write_read: {server.Http}/tricky\nread: {{ within: 100ms }}");
        Assert.Equal("read an older value: a cache or a stale replica answered", other.Reason);
        Assert.Equal("what was written did not come back within 100 ms", none.Reason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_read_that_is_cut_is_tried_again()
    {
        var (kept, reads) = ("", 0);
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            var head = await LocalListener.HeadAsync(stream, cancellation);
            if (head.StartsWith("PUT ", StringComparison.Ordinal))
            {
                var body = new byte[27];
                await stream.ReadExactlyAsync(body, cancellation);
                kept = System.Text.Encoding.ASCII.GetString(body);
                await stream.WriteAsync("HTTP/1.1 204 X\r\n\r\n"u8.ToArray(), cancellation);
                return;
            }

            var whole = $"HTTP/1.1 200 X\r\nContent-Length: 27\r\n\r\n{kept}";
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(reads++ < 2 ? whole[..^10] : whole), cancellation);
        });
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note");
        Assert.Equal((Reading.Good, "", 3), (seen.Reading, seen.Reason, reads));
    }

    [Fact]
    public async Task A_write_that_came_late_is_overwritten_and_not_called_old()
    {
        // The first write is cut before its answer, and lands after the second.
        var (kept, first, writes, reads) = ("", "", 0, 0);
        await using var server = new Notepad((method, _, body) =>
        {
            if (method == "GET")
            {
                kept = reads++ == 0 ? first : kept;
                return new(200, kept);
            }

            first = writes++ == 0 ? body : first;
            kept = body;
            return writes == 1 ? new(500) : Taken;
        });
        var probe = CheckKinds.Open(Looking.Read($"write_read: {server.Http}/note"), Looking.Tools());
        Assert.Equal(Reading.Bad, (await LookAsync(probe)).Reading);
        var seen = await LookAsync(probe);
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_our_trouble_and_nothing_is_written()
    {
        await using var server = new Notepad(static (_, _, _) => Taken);
        var seen = await Looking.LookAsync($"write_read: {server.Http}/note\nheaders: {{ Authorization: Bearer $NOT_SET }}");
        Assert.Equal((Reading.None, "the header Authorization needs a variable that is not set here"), (seen.Reading, seen.Reason));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void An_agent_is_given_the_secrets_of_both_halves_and_no_others() => Assert.Equal(
        ["HOOK", "READER", "WRITER"],
        CheckKinds.SecretsOf(Looking.Read(
            """
            write_read: https://example.com/a
            headers: { Authorization: Bearer $WRITER, X-Hook: $HOOK }
            read: { address: 'https://replica.example.com/a', headers: { Authorization: Bearer $READER } }
            """)).Order());

    private static Notepad.Answer Keep(ref string kept, string body)
    {
        kept = body;
        return Taken;
    }

    private static async Task<Finding> LookAsync(IProbe probe, double seconds = 30) =>
        await probe.LookAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
}
