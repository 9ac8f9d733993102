using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.Intake.Alerts;
using Candor.Probing.Alert;
using Candor.Probing.Heartbeat;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;
using Candor.Tests.Intake.Alerts;
using Candor.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Contracts;

/// <summary>Where other tools send their alerts, over a real socket.</summary>
public sealed class AlertEndpointsTests : IAsyncLifetime
{
    private const string Body = """{"alerts":[{"id":"queue","status":"firing","labels":{"service":"mail"}}]}""";
    private static readonly MonitorId Mail = new("mail-alerts");
    private static readonly AlertCheck Check = new(new() { ["service"] = ["mail"] });

    private readonly ManualTimeProvider time = new(new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeDisk disk = new();
    private readonly List<MonitorId> looked = [];
    private readonly SelfLog self;
    private readonly HttpClient http = new();
    private AlertBook book = null!;
    private WebApplication app = null!;

    public AlertEndpointsTests() => self = new(time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        book = Open();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        var desk = await FrontDesk.OpenAsync(static () => new(new MemoryPeople().Open()), null, time, NullLogger.Instance, Ct);
        app.UseRouting();
        app.UseGate(desk);
        app.MapAlerts(() => book, time);
        await app.StartAsync(Ct);
        http.BaseAddress = new(app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        book.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task What_is_acknowledged_is_on_disk_and_looked_at_at_once()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(AlertTool.Alertmanager, AlertMessagesTests.Alertmanager));

        Assert.Equal([Mail], looked);
        Assert.Equal(new AlertSight(1, 0, TimeSpan.Zero), book.Look(Check));
        using var again = Open();
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(new AlertSight(1, 0, TimeSpan.FromMinutes(3)), again.Look(Check));
    }

    [Fact]
    public async Task What_nobody_waits_for_is_kept_and_said()
    {
        await SendAsync(AlertTool.Alertmanager, """{"alerts":[{"status":"firing","fingerprint":"1","labels":{"alertname":"Disk","service":"billing"}}]}""");

        Assert.Empty(book.All.Single().Monitors);
        var problem = Assert.Single(self.Problems);
        Assert.Equal(Gravity.Private, problem.Gravity);
        Assert.Contains("1 firing alert is about no monitor", problem.Sentence, StringComparison.Ordinal);
        book.Expect([new(AlertTool.Alertmanager, null)], [(Mail, new(new() { ["service"] = ["billing"] }))]);
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task What_was_not_taken_is_said_to_operators_without_a_word_of_it()
    {
        await SendAsync(AlertTool.Alertmanager, "{\"alerts\":[\"secret words\"");
        time.Advance(TimeSpan.FromMinutes(1));
        await SignedAsync(null, null);

        Assert.Equal([AlertTool.Generic, AlertTool.Alertmanager], book.Faults.Select(static one => one.Tool));
        Assert.Contains("cannot be read as one of alertmanager", book.Faults[1].Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", book.Faults[1].Sentence, StringComparison.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            await SignedAsync(null, null);
        }

        Assert.Equal(20, book.Faults.Count);
    }

    [Fact]
    public async Task SEC_23_A_sender_that_hangs_up_before_the_answer_may_send_again()
    {
        var message = new SignedMessage("hash", SignedRequest.Window);
        IReadOnlyList<ToldAlert> told = [new("queue", AlertStatus.Firing, "Queue", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, "", null)];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await book.TakeAsync(AlertTool.Generic, told, message, new(canceled: true)));

        Assert.True(await book.TakeAsync(AlertTool.Generic, told, message, Ct));
        Assert.False(await book.TakeAsync(AlertTool.Generic, told, message, Ct));
    }

    [Fact]
    public async Task SEC_23_A_message_that_is_not_signed_wrongly_signed_old_or_played_again_is_refused_and_not_kept()
    {
        var (now, before) = (time.GetUtcNow().ToUnixTimeSeconds(), disk.Writes);
        foreach (var (stamp, signature) in new (string?, string?)[]
        {
            (null, null), ($"{now}", null), (null, Sign(now, Body)), ($"{now}", Sign(now, Body + " ")), ($"{now}", Sign(now, Body, "other")),
            ($"{now}", Sign(now, Body)[7..]), ($"{now}", "sha256="), ($"{now}", "sha256=zz"), ($"{now}", "sha1=" + Sign(now, Body)[7..]),
            ($"{now - 301}", Sign(now - 301, Body)), ($"{now + 301}", Sign(now + 301, Body)), ($"-{now}", Sign(now, Body)), ($"{now}", Sign(now - 1, Body)),
            ("99999999999999999999", Sign(now, Body)),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await SignedAsync(stamp, signature));
        }

        Assert.Equal((before, 0), (disk.Writes, book.All.Count));
        Assert.Equal(HttpStatusCode.OK, await SignedAsync($"{now}", Sign(now, Body)));
        var writes = disk.Writes;
        Assert.Equal(HttpStatusCode.Unauthorized, await SignedAsync($"{now}", Sign(now, Body)));
        time.Advance(TimeSpan.FromMinutes(4));
        using (book)
        {
            book = Open();
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await SignedAsync($"{now}", Sign(now, Body)));
        Assert.Equal(writes, disk.Writes);
        Assert.Equal(HttpStatusCode.OK, await SignedAsync($"{now + 1}", Sign(now + 1, Body)));
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_acknowledged_and_may_come_again()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        disk.IsFull = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SignedAsync($"{now}", Sign(now, Body)));
        disk.IsFull = false;
        Assert.Equal(HttpStatusCode.OK, await SignedAsync($"{now}", Sign(now, Body)));
    }

    [Fact]
    public async Task An_address_lets_one_tool_in_and_nobody_else()
    {
        var before = disk.Writes;
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/alerts/generic/{book.TokenOf(AlertTool.Alertmanager)}", "x"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/alerts/datadog/{book.TokenOf(AlertTool.Datadog)}", "x"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/alerts/alertmanager/{new string('0', 32)}", "x"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/alerts/nagios/{book.TokenOf(AlertTool.Alertmanager)}", "x"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/alerts/alertmanager/{new string('0', 4_000)}", "x"));
        Assert.Equal(before, disk.Writes);
    }

    [Fact]
    public async Task A_secret_that_is_asked_for_has_to_be_sent_and_one_that_the_environment_lacks_lets_nobody_in()
    {
        book.Expect([new(AlertTool.Alertmanager, "$ALERTS")], []);
        var address = $"/alerts/alertmanager/{book.TokenOf(AlertTool.Alertmanager)}";

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(address, AlertMessagesTests.Alertmanager));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(address, AlertMessagesTests.Alertmanager, Bearer("wrong")));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(address, AlertMessagesTests.Alertmanager, Bearer("s3cret")));
        book.Expect([new(AlertTool.Alertmanager, "$NOT_SET")], []);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(address, AlertMessagesTests.Alertmanager, Bearer("")));
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_too_large_or_too_often_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(AlertTool.Alertmanager, "{"));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(AlertTool.Alertmanager, new string('[', 200_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(AlertTool.Alertmanager, new string(' ', (1 << 20) + 1)));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 130; i++)
        {
            answers.Add(await SendAsync(AlertTool.Alertmanager, """{"alerts":[]}"""));
        }

        Assert.Equal(117, answers.Count(static answer => answer == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    private static Action<HttpRequestHeaders> Bearer(string secret) => headers => headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);

    private static string Sign(long stamp, string body, string secret = "s3cret") => "sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stamp}.{body}"))));

    private AlertBook Open()
    {
        var made = new AlertBook(
            disk, "alerts.json", HeartbeatTokens.Load(disk, "heartbeats.key", new Cast.Chance()),
            static name => name == "ALERTS" ? "s3cret" : null, self, time)
        {
            Heard = looked.Add,
        };
        made.Expect([new(AlertTool.Alertmanager, null), new(AlertTool.Generic, "$ALERTS")], [(Mail, Check)]);
        return made;
    }

    private Task<HttpStatusCode> SendAsync(AlertTool tool, string body) =>
        PostAsync($"/alerts/{tool.ToString().ToLowerInvariant()}/{book.TokenOf(tool)}", body);

    private Task<HttpStatusCode> SignedAsync(string? stamp, string? signature) => PostAsync(
        $"/alerts/generic/{book.TokenOf(AlertTool.Generic)}", Body, headers =>
        {
            if (stamp is not null)
            {
                headers.TryAddWithoutValidation("X-Candor-Timestamp", stamp);
            }

            if (signature is not null)
            {
                headers.TryAddWithoutValidation("X-Candor-Signature", signature);
            }
        });

    private async Task<HttpStatusCode> PostAsync(string path, string body, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        headers?.Invoke(request.Headers);
        using var response = await http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
