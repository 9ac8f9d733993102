using System.Net;
using System.Text;
using static Candor.SystemTests.Notices.NoticeDesk;

namespace Candor.SystemTests.Notices;

/// <summary>Chat services, text messages and pagers end to end: the real executable, one process for each kind, and a receiver that answers as they do.</summary>
public sealed class ChatChannelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_channel_is_told_that_it_began_and_that_it_is_over()
    {
        using var sink = new HookSink { Answer = AnswerAsTheyDo };
        var server = sink.Url("").TrimEnd('/');
        var desk = await StartAsync($$"""
            notices:
              telegram: { token: $TELEGRAM, server: "{{server}}" }
              sms: { account: AC1, token: $SMS, from: "+491510000000", server: "{{server}}" }
              pagerduty: { server: "{{server}}" }
            """, new() { ["TELEGRAM"] = "42:bot", ["SMS"] = "secret" });
        await using var candor = desk.Candor;
        (string Channel, string Address)[] all =
        [
            ("slack", sink.Url("slack")), ("teams", sink.Url("teams")), ("discord", sink.Url("discord")), ("ntfy", sink.Url("ntfy/heron")),
            ("telegram", "-100123"), ("sms", "+49 151 23456789"), ("pagerduty", "0123456789abcdef0123456789abcdef"),
        ];
        foreach (var (channel, address) in all)
        {
            await desk.SubscribeAsync(address, channel);
        }

        var id = await desk.OpenAsync("Homepage is down");
        await ToldAsync(1);
        await desk.UpdateAsync(id, "All is well.", "resolved");
        await ToldAsync(2);

        string[] paths = ["/slack", "/teams", "/discord", "/ntfy/", "/bot42:bot/sendMessage", "/2010-04-01/Accounts/AC1/Messages.json", "/v2/enqueue"];
        foreach (var path in paths)
        {
            var posts = sink.Posts.Where(post => post.Path == path).Select(static post => WebUtility.UrlDecode(post.Text)).ToList();
            Assert.True(posts.Count == 2, $"{path} had {posts.Count}: {string.Join(", ", sink.Posts.Select(static post => post.Path))}");
            Assert.Contains("Homepage is down", posts[0], StringComparison.Ordinal);
            Assert.Contains("resolve", posts[1], StringComparison.OrdinalIgnoreCase);
        }

        var telegram = sink.Posts.Where(static post => post.Path.EndsWith("/sendMessage", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, telegram[1].Json.GetProperty("reply_parameters").GetProperty("message_id").GetInt32());
        Assert.DoesNotContain("42:bot", candor.Log, StringComparison.Ordinal);

        async Task ToldAsync(int times)
        {
            foreach (var (channel, _) in all)
            {
                MustAddUp(await desk.UntilLedgerAsync(ledger => Count(ledger, "sent") == times, 60, channel));
            }
        }
    }

    private static async Task AnswerAsTheyDo(HttpListenerContext context)
    {
        var (status, body) = context.Request.Url!.AbsolutePath switch
        {
            var path when path.EndsWith("/sendMessage", StringComparison.Ordinal) => (200, """{"ok":true,"result":{"message_id":7}}"""),
            var path when path.EndsWith("/Messages.json", StringComparison.Ordinal) => (201, """{"sid":"SM1","status":"queued"}"""),
            "/v2/enqueue" => (202, """{"status":"success"}"""),
            "/teams" => (202, ""),
            "/discord" => (204, ""),
            _ => (200, "ok"),
        };
        context.Response.StatusCode = status;
        if (body.Length > 0)
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body), Ct);
        }
    }
}
