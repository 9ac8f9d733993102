using System.Net;
using System.Text;
using System.Text.Json;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>The button that tries a channel, as programs press it: the real executable and the channel's own process.</summary>
public sealed class TestSendTests
{
    private const string Canary = "canary-of-a-body-that-is-nobody's-business";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_16_A_test_goes_the_way_of_notices_and_nothing_of_the_answers_body_comes_back()
    {
        using var sink = new HookSink { Answer = AnswerAsync };
        var desk = await StartAsync();
        await using var candor = desk.Candor;

        var well = await TestAsync(desk, sink.Url("well"));
        Assert.True(well.GetProperty("handed_over").GetBoolean(), $"{well}\n{candor.Log}");
        Assert.Equal("200 OK", well.GetProperty("said").GetString());
        var post = Assert.Single(sink.Posts).Json;
        Assert.Equal("test", post.GetProperty("candor").GetProperty("about").GetString());
        Assert.False(post.TryGetProperty("incident", out _));

        var refused = await TestAsync(desk, sink.Url("broken"));
        Assert.False(refused.GetProperty("handed_over").GetBoolean());
        Assert.Equal("failing", refused.GetProperty("reason").GetString());
        var moved = await TestAsync(desk, sink.Url("redirect"));
        Assert.Equal("redirect", moved.GetProperty("reason").GetString());
        Assert.DoesNotContain(sink.Posts, static one => one.Path == "/inside");
        var inside = await TestAsync(desk, "http://169.254.169.254/latest/meta-data");
        Assert.Equal("forbidden", inside.GetProperty("reason").GetString());
        foreach (var answer in new[] { well, refused, moved, inside })
        {
            Assert.DoesNotContain(Canary, answer.GetRawText(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Canary, candor.Log, StringComparison.Ordinal);
        var ledger = await desk.LedgerAsync();
        Assert.True(ledger.ValueKind == JsonValueKind.Undefined || Count(ledger, "accepted") == 0, $"{ledger}");
        Assert.Equal(HttpStatusCode.Unauthorized, await WithoutTokenAsync(desk, sink.Url("well")));
        Assert.Equal(3, sink.Posts.Count);
    }

    [Fact]
    public async Task A_command_sends_one_and_says_what_their_side_said()
    {
        using var sink = new HookSink { Answer = AnswerAsync };
        var desk = await StartAsync();
        await using var candor = desk.Candor;
        await desk.SubscribeAsync(sink.Url("well"));

        var (code, output, error) = await desk.RunAsync("subscribers", "test", "webhook", sink.Url("well"));
        Assert.True(code == 0, error);
        Assert.Contains("200 OK", output, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(sink.Posts).Signature);

        (code, _, error) = await desk.RunAsync("subscribers", "test", "webhook", sink.Url("broken"));
        Assert.Equal(1, code);
        Assert.Contains("500", error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> TestAsync(NoticeDesk desk, string address)
    {
        (HttpStatusCode Code, JsonElement Body) answer = default;
        await Patience.UntilAsync(
            async () =>
            {
                answer = await desk.SendAsync(HttpMethod.Post, "/api/notices/test", $$"""{"channel":"webhook","address":"{{address}}"}""");
                return answer.Code != HttpStatusCode.ServiceUnavailable;
            },
            TimeSpan.FromSeconds(30), () => $"{answer}\n{desk.Candor.Log}", Ct);
        Assert.True(answer.Code == HttpStatusCode.OK, $"{answer}\n{desk.Candor.Log}");
        return answer.Body;
    }

    private static async Task<HttpStatusCode> WithoutTokenAsync(NoticeDesk desk, string address)
    {
        using var content = new StringContent($$"""{"channel":"webhook","address":"{{address}}"}""", Encoding.UTF8, "application/json");
        using var answer = await desk.Candor.Http.PostAsync(new Uri(desk.Candor.AdminAddress, "/api/notices/test"), content, Ct);
        return answer.StatusCode;
    }

    private static async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        context.Response.StatusCode = path switch { "/broken" => 500, "/redirect" => 302, _ => 200 };
        if (path == "/redirect")
        {
            context.Response.RedirectLocation = "/inside";
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Canary), Ct);
    }
}
