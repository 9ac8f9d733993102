using System.Text;
using Candor.Judging;
using Candor.Settings.Entries;

namespace Candor.Tests.Contracts;

public class RabbitMqProbeTests
{
    private const string Options = "queue: orders\ndepth_below: 1000\nage_below: 60s\nuser: watcher\npassword: $RABBIT";

    [Theory]
    [InlineData("""{"state":"running","messages":0}""", nameof(Reading.Good), "")]
    [InlineData("""{"state":"running","messages":12,"head_message_timestamp":4102444800}""", nameof(Reading.Good), "")]
    [InlineData("""{"state":"running","messages":1000}""", nameof(Reading.Slow), "1,000 messages wait, expected fewer than 1,000")]
    [InlineData("""{"state":"running","messages":1}""", nameof(Reading.None), "the age of the queue cannot be seen: its messages carry no timestamp")]
    [InlineData("""{"state":"stopped","messages":1}""", nameof(Reading.Bad), "the queue is stopped")]
    [InlineData("""{"state":"crashed"}""", nameof(Reading.Bad), "the queue is crashed")]
    [InlineData("[]", nameof(Reading.Bad), "answered something that is not a queue")]
    [InlineData("no", nameof(Reading.Bad), "answered something that is not JSON")]
    public async Task A_queue_is_judged_by_its_state_depth_and_age(string queue, string reading, string reason)
    {
        await using var server = LocalListener.Answering("HTTP/1.1 200 OK\nContent-Type: application/json", queue);

        var seen = await LookAsync(server.Http);

        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task A_message_that_waits_too_long_makes_the_queue_slow()
    {
        await using var server = LocalListener.Answering("HTTP/1.1 200 OK", """{"messages":1,"head_message_timestamp":1600000000}""");

        var seen = await LookAsync(server.Http);

        Assert.Equal(Reading.Slow, seen.Reading);
        Assert.StartsWith("the oldest message waits for ", seen.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", nameof(Reading.Bad), "there is no queue “orders”")]
    [InlineData("401 Unauthorized", nameof(Reading.None), "the management plugin refuses the user and password of this check")]
    [InlineData("500 Oh", nameof(Reading.Bad), "answered 500")]
    public async Task What_is_not_an_answer_about_the_queue_is_said(string status, string reading, string reason)
    {
        await using var server = LocalListener.Answering($"HTTP/1.1 {status}", "{}");

        var seen = await LookAsync(server.Http);

        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task The_queue_is_asked_for_by_its_host_and_name_with_the_password_of_the_environment()
    {
        var asked = new TaskCompletionSource<string>();
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            asked.TrySetResult(await LocalListener.HeadAsync(stream, cancellation));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"messages\":0}"u8.ToArray(), cancellation);
        });

        var seen = await LookAsync(server.Http, "vhost: shop/eu\n");

        var head = await asked.Task;
        Assert.Equal(Reading.Good, seen.Reading);
        Assert.StartsWith("GET /api/queues/shop%2Feu/orders HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("watcher:s3cret"u8)}", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_not_set_is_a_fault_of_ours()
    {
        await using var server = LocalListener.Answering("HTTP/1.1 200 OK", "{}");

        var seen = await Looking.LookAsync($"rabbitmq: {server.Http}\n{Options}");

        Assert.Equal((Reading.None, "the password needs a variable that is not set here"), (seen.Reading, seen.Reason));
    }

    [Theory]
    [InlineData("rabbitmq: ftp://x:1\nqueue: q", "such as http://10.0.0.12:15672")]
    [InlineData("rabbitmq: http://x:1", "queue")]
    [InlineData("rabbitmq: http://x:1\nqueue: q\ndepth_below: many", "write a whole number")]
    [InlineData("rabbitmq: http://x:1\nqueue: q\npassword: plain", "environment variable")]
    public void Wrong_settings_are_told_with_the_remedy(string yaml, string remedy)
    {
        var faults = new Faults();

        Looking.TryRead(yaml, faults);

        Assert.Contains(remedy, string.Join('\n', faults.Sorted()), StringComparison.Ordinal);
    }

    private static Task<Candor.Probing.Finding> LookAsync(string at, string more = "") => Looking.LookAsync(
        $"rabbitmq: {at}\n{more}{Options}", tools: Looking.Tools() with { Secrets = name => name == "RABBIT" ? "s3cret" : null });
}
