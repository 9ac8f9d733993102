using System.Text;
using System.Text.Json.Nodes;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Discord;
using Candor.Notices.Channels.Http;
using Candor.Notices.Channels.Ntfy;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Channels.Teams;
using Candor.Notices.Channels.Telegram;
using Candor.State;
using Candor.Tests.Notices.Workers;

namespace Candor.Tests.Notices.Channels;

/// <summary>What each service is sent, and what its answers come to.</summary>
public sealed class ChatChannelsTests
{
    private const string Hostile = "<!channel> @everyone [click](https://evil.example) *bold* <https://evil.example|the page>";

    public static TheoryData<string, string, string?> Addresses => new()
    {
        { "slack", " https://hooks.slack.com/services/T0/B0/x ", "https://hooks.slack.com/services/T0/B0/x" },
        { "slack", "hooks.slack.com/services", null },
        { "slack", "file:///etc/passwd", null },
        { "teams", "https://prod.logic.azure.com/workflows/1?sig=a%2Bb", "https://prod.logic.azure.com/workflows/1?sig=a%2Bb" },
        { "discord", "https://user:pass@discord.com/api/webhooks/1/x", null },
        { "telegram", "-1001234567890", "-1001234567890" },
        { "telegram", "@Heron_Status", "@heron_status" },
        { "telegram", "0", null },
        { "telegram", "@a/../x", null },
        { "sms", "+49 (151) 234-567.89", "+4915123456789" },
        { "sms", "0151 23456789", null },
        { "sms", "+49151abc6789", null },
        { "sms", "+1234567890123456", null },
        { "ntfy", "heron-status", "https://ntfy.sh/heron-status" },
        { "ntfy", "https://ntfy.example.com/in/heron?auth=abc", "https://ntfy.example.com/in/heron?auth=abc" },
        { "ntfy", "https://ntfy.example.com/", null },
        { "ntfy", "two words", null },
        { "pagerduty", "0123456789abcdef0123456789ABCDEF", "0123456789abcdef0123456789ABCDEF" },
        { "pagerduty", "0123", null },
        { "pagerduty", "0123456789abcdef0123456789abcde/", null },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_is_read_as_the_channel_means_it_or_refused_with_a_remedy(string channel, string text, string? expected)
    {
        var (address, refusal) = ChannelKinds.Find(channel)!.ReadAddress(text);
        Assert.Equal(expected, address);
        Assert.Equal(expected is null, refusal is { Field: "address", Sentence.Length: > 20 });
        if (address is not null)
        {
            Assert.Equal(address, ChannelKinds.Find(channel)!.ReadAddress(address).Address);
            Assert.NotEmpty(ChannelKinds.Find(channel)!.DestinationOf(address));
        }
    }

    [Fact]
    public void Slack_gets_blocks_in_which_no_text_is_mark_up()
    {
        var body = SlackBody.Of(Message(Hostile).In(words => words with { Subject = Hostile }));
        Assert.DoesNotContain("<", body["text"]!.GetValue<string>(), StringComparison.Ordinal);
        var blocks = body["blocks"]!.AsArray();
        Assert.Equal(["plain_text", "plain_text", "mrkdwn"], blocks.Select(static block => block!["text"]!["type"]!.GetValue<string>()));
        Assert.Contains(Hostile, blocks[1]!["text"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("<https://status.example.com/incidents/i1|Read it on the page>", blocks[2]!["text"]!["text"]!.GetValue<string>());
        Assert.True(blocks[0]!["text"]!["text"]!.GetValue<string>().Length <= 150);
    }

    [Fact]
    public void Teams_gets_a_card_that_shows_markdown_as_text_and_stays_below_its_limit()
    {
        var content = TeamsBody.Of(Message(Hostile))["attachments"]![0]!["content"]!;
        Assert.Contains("\\[click\\](https://evil.example) \\*bold\\*", content["body"]![1]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("https://status.example.com/incidents/i1", content["actions"]![0]!["url"]!.GetValue<string>());
        var full = TeamsBody.Of(Message(string.Concat(Enumerable.Repeat("五", 20_000)))).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.True(Encoding.UTF8.GetByteCount(full) < 28_000, $"{Encoding.UTF8.GetByteCount(full)} bytes");
    }

    [Theory]
    [InlineData("ж", 10_000)]
    [InlineData("五", 7_000)]
    [InlineData("😀", 3_500)]
    [InlineData("*", 6_000)]
    [InlineData("\n", 0)]
    [InlineData("<&'+>", 12_000)]
    public void Teams_is_posted_as_much_as_it_takes_and_no_more_in_whatever_script(string letter, int characters)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 20_000));
        using var request = JsonRequest.Post(Message(text), "https://teams.example/", TeamsBody.Of(Message(text)));

        Assert.InRange(request.Content!.Headers.ContentLength!.Value, 0, 28_000);
        Assert.InRange(Text(TeamsBody.Of(Message(text))["attachments"]![0]!["content"]!["body"]![1]!["text"])!.Length, characters, int.MaxValue);
    }

    [Fact]
    public void Discord_gets_an_embed_that_mentions_nobody()
    {
        var body = DiscordBody.Of(Message("@everyone " + new string('x', 9_000)));
        Assert.Empty(body["allowed_mentions"]!["parse"]!.AsArray());
        Assert.True(body["embeds"]![0]!["description"]!.GetValue<string>().Length <= 4_096);
        Assert.Equal(0xC8231A, body["embeds"]![0]!["color"]!.GetValue<int>());
        Assert.Null(body["content"]);
    }

    [Fact]
    public void Telegram_gets_plain_text_that_answers_what_was_said_before()
    {
        var first = TelegramBody.Of(Message("It is down."));
        Assert.Null(first["parse_mode"]);
        Assert.Null(first["reply_parameters"]);
        var receipt = TelegramAnswers.Read(new(200, "OK", null, """{"ok":true,"result":{"message_id":815}}""")).Receipt;
        Assert.Equal(815, TelegramBody.Of(Message("It is up.") with { Earlier = receipt })["reply_parameters"]!["message_id"]!.GetValue<long>());
        Assert.True(TelegramBody.Of(Message(new string('x', 9_000)))["text"]!.GetValue<string>().Length <= 4_096);
    }

    [Theory]
    [InlineData(200, """{"ok":true}""", "Delivered", null, false)]
    [InlineData(200, "not json", "Delivered", null, false)]
    [InlineData(401, "", "Refused", "Channel", false)]
    [InlineData(404, "", "Refused", "Channel", false)]
    [InlineData(403, """{"description":"Forbidden: bot was blocked by the user"}""", "Refused", "Recipient", true)]
    [InlineData(400, """{"description":"chat not found"}""", "Refused", "Recipient", false)]
    [InlineData(429, """{"parameters":{"retry_after":17}}""", "TryAgain", "None", false)]
    [InlineData(502, "[]", "TryAgain", "Destination", false)]
    public void Telegram_s_answers(int status, string body, string end, string? blame, bool removes) =>
        Check(TelegramAnswers.Read(new(status, "Word", null, body)), end, blame, removes);

    [Fact]
    public void Telegram_says_in_the_body_how_long_to_wait()
    {
        Assert.Equal(TimeSpan.FromSeconds(17), TelegramAnswers.Read(new(429, "", null, """{"parameters":{"retry_after":17}}""")).RetryAfter);
        Assert.Equal(TimeSpan.FromHours(6), TelegramAnswers.Read(new(429, "", null, """{"parameters":{"retry_after":999999}}""")).RetryAfter);
    }

    [Theory]
    [InlineData(201, """{"sid":"SM1","status":"queued"}""", "Delivered", null, false)]
    [InlineData(400, """{"code":21610}""", "Refused", "Recipient", true)]
    [InlineData(400, """{"code":21211}""", "Refused", "Recipient", false)]
    [InlineData(400, """{"code":21408}""", "Refused", "Recipient", false)]
    [InlineData(400, """{"code":21635}""", "Refused", "Recipient", false)]
    [InlineData(400, """{"code":21611}""", "TryAgain", "Destination", false)]
    [InlineData(400, """{"code":29999}""", "TryAgain", "Recipient", false)]
    [InlineData(400, """{"code":21606}""", "Refused", "Channel", false)]
    [InlineData(400, "<html>", "Refused", "Channel", false)]
    [InlineData(401, """{"code":20003}""", "Refused", "Channel", false)]
    [InlineData(429, """{"code":20429}""", "TryAgain", "None", false)]
    [InlineData(500, "", "TryAgain", "Destination", false)]
    public void Twilio_s_answers(int status, string body, string end, string? blame, bool removes) =>
        Check(SmsAnswers.Read(new(status, "Word", null, body)), end, blame, removes);

    [Fact]
    public void A_text_message_is_short_and_says_where_to_read_on_and_how_late_it_is()
    {
        var message = Message("Long.").In(words => words with { Subject = new string('x', 600) });
        var form = SmsForm.Of(message.In(words => words with { Facts = words.Facts with { Delay = TimeSpan.FromMinutes(12) } }), "+491").ToDictionary();
        Assert.Equal("+491", form["From"]);
        Assert.EndsWith("x... (late by 12 min) https://status.example.com/incidents/i1", form["Body"], StringComparison.Ordinal);
        Assert.Equal(2 * 153, form["Body"].Length);
        Assert.Contains("(late by 12 min)", SmsForm.Of(Message("x").In(words => words with { Facts = words.Facts with { Delay = TimeSpan.FromMinutes(12) } }), "MG1").ToDictionary()["Body"], StringComparison.Ordinal);
        Assert.Equal("MG1", SmsForm.Of(message, "MG1").ToDictionary()["MessagingServiceSid"]);
    }

    [Theory]
    [InlineData("Critical", 5)]
    [InlineData("Major", 4)]
    [InlineData("Minor", 3)]
    public void Ntfy_rings_as_loud_as_it_is_bad(string bad, int priority)
    {
        var impact = Enum.Parse<Impact>(bad);
        var message = Message("It is down.") with { Address = "https://ntfy.example.com/in/heron?auth=abc" };
        var body = NtfyBody.Of(message.In(words => words with { Facts = words.Facts with { Impact = impact } }));
        Assert.Equal(priority, body["priority"]!.GetValue<int>());
        Assert.Equal("heron", body["topic"]!.GetValue<string>());
        Assert.Equal("https://ntfy.example.com/in/?auth=abc", NtfyTopic.Of(message.Address)!.Value.Server);
        Assert.Equal(3, NtfyBody.Of(message.In(words => words with { Facts = words.Facts with { EndedAt = message.Facts.StartedAt.AddHours(1) } }))["priority"]!.GetValue<int>());
    }

    [Fact]
    public void PagerDuty_gets_one_alert_for_one_incident_and_nothing_that_wakes_for_planned_work()
    {
        var open = Message("It is down.");
        var over = (open with { Key = new('b', 32) }).In(words => words with { Facts = words.Facts with { EndedAt = words.Facts.StartedAt.AddHours(1) } });
        var (triggered, resolved) = (Assert.Single(PagerDutyBody.All(open)), Assert.Single(PagerDutyBody.All(over)));
        Assert.Equal(("trigger", "critical"), (Text(triggered["event_action"]), Text(triggered["payload"]!["severity"])));
        Assert.Equal("resolve", Text(resolved["event_action"]));
        Assert.Equal(Text(triggered["dedup_key"]), Text(resolved["dedup_key"]));

        var planned = open.In(words => words with { Facts = words.Facts with { About = MessageSubject.Maintenance } });
        Assert.Equal("/v2/change/enqueue", PagerDutyBody.PathOf(planned));
        Assert.Null(Assert.Single(PagerDutyBody.All(planned))["event_action"]);
        Assert.Equal("/v2/enqueue", PagerDutyBody.PathOf(open));
    }

    [Fact]
    public void Chats_are_not_told_how_to_unsubscribe()
    {
        var message = Message("It is down.") with { UnsubscribeUrl = "https://status.example.com/u/secret", ManageUrl = "https://status.example.com/m/secret" };
        Assert.Contains("secret", message.Text, StringComparison.Ordinal);
        foreach (var body in (JsonObject[])[SlackBody.Of(message), TeamsBody.Of(message), DiscordBody.Of(message), TelegramBody.Of(message), .. PagerDutyBody.All(message)])
        {
            Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("It is down.", body.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_link_that_confirms_says_so_and_rings_no_alarm()
    {
        var asked = Message("Somebody asked.");
        asked = (asked with { ManageUrl = "https://status.example.com/subscriptions/s.p" })
            .In(static words => words with { Facts = words.Facts with { About = MessageSubject.Confirmation, Url = "https://status.example.com/subscriptions/s.p" } });
        var slack = SlackBody.Of(asked)["blocks"]!.AsArray();
        Assert.Equal("<https://status.example.com/subscriptions/s.p|Confirm>", Text(slack[2]!["text"]!["text"]));
        Assert.StartsWith("✅", Text(slack[0]!["text"]!["text"]), StringComparison.Ordinal);
        Assert.Equal("Confirm", Text(TeamsBody.Of(asked)["attachments"]![0]!["content"]!["actions"]![0]!["title"]));
        Assert.Equal("https://status.example.com/subscriptions/s.p", Text(DiscordBody.Of(asked)["embeds"]![0]!["url"]));
        Assert.Equal(3, NtfyBody.Of(asked with { Address = "https://ntfy.sh/heron" })["priority"]!.GetValue<int>());
    }

    [Fact]
    public void A_text_is_cut_between_characters()
    {
        var cut = ChatText.Cut("ab😀😀😀", 4);
        Assert.Equal("ab…", cut);
        Assert.Equal("ab😀", ChatText.Cut("ab😀", 4));
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static void Check(Handover handover, string end, string? blame, bool removes)
    {
        Assert.Equal(end, handover.End.ToString());
        Assert.Equal(blame ?? "None", handover.Blame.ToString());
        Assert.Equal(removes, handover.Removes);
    }

    private static Message Message(string text)
    {
        var since = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return new()
        {
            Key = new('a', 32),
            Thread = new('t', 32),
            Address = "address",
            Words = new()
            {
                Subject = "[Heron] Homepage down: investigating",
                Text = text,
                LinksFollow = true,
                Facts = new()
                {
                    PageId = "p1", PageName = "Heron", PageUrl = "https://status.example.com", Id = "i1", Title = "Homepage down",
                    Url = "https://status.example.com/incidents/i1", Status = "investigating", Impact = Impact.Critical, StartedAt = since, CreatedAt = since, UpdatedAt = since,
                },
            },
        };
    }
}
