using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Pages;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Wording;

public sealed class GermanNoticeTests
{
    /// <summary>What people wrote in the samples, and what is written alike in both languages.</summary>
    private static readonly string[] Shared = ["xeno", "zirkon", "basalt", "quarz", "utc", "test", "in", "so", "am", "an", "was", "min", "feb", "team", "text", "link"];

    private static readonly Vocabulary English = new(
        NoticeSamples.Kinds(NoticeSpeech.Of(Language.English)).SelectMany(static facts => NoticeSamples.Read(NoticeSamples.Written(facts, Language.English))), Shared);

    private static readonly DateTimeOffset Began = new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("opened")]
    [InlineData("resolved-late")]
    [InlineData("planned")]
    [InlineData("digest")]
    [InlineData("overdue")]
    [InlineData("test")]
    [InlineData("confirmation")]
    public void What_is_said_in_German_is_approved(string name)
    {
        var message = Written(name);

        Approved.Same($"notice-{name}-de.txt", Encoding.UTF8.GetBytes($"{message.Subject}\n\n{message.Text}"));
        Approved.Same($"notice-{name}-de.html", Encoding.UTF8.GetBytes(MailFrame.Around(message.Html!, message.Subject, message.Language)));
    }

    [Fact]
    public void What_a_chat_and_a_telephone_get_in_German_is_approved()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Approved.Same("notice-opened-de.slack.json", Encoding.UTF8.GetBytes(SlackBody.Of(Written("opened")).ToJsonString(options)));
        Approved.Same("notice-resolved-late-de.sms.txt", Encoding.UTF8.GetBytes(SmsForm.Of(Written("resolved-late"), "+49151").Last().Value));
    }

    [Fact]
    public void No_kind_of_notice_says_an_English_word_in_German_by_any_channel() => Assert.All(
        NoticeSamples.Kinds(NoticeSpeech.Of(Language.German)),
        static facts => Assert.All(NoticeSamples.Read(NoticeSamples.Written(facts, Language.German)), static text => Assert.Empty(English.In(text))));

    [Theory]
    [InlineData("Betroffen: Basalt. Next update by 10:00 UTC, or sooner.")]
    [InlineData("Unsubscribe: https://x.example/u")]
    [InlineData("(late by 3 min)")]
    public void A_sentence_that_stayed_English_would_be_found(string text) => Assert.NotEmpty(English.In(text));

    [Theory]
    [InlineData("en", "In progress. It began at 11:56 UTC (4 min ago) and is to end by 14:00 UTC.")]
    [InlineData("de", "Läuft. Begonnen hat es um 11:56 UTC (vor 4 Min.); dauern soll es bis 14:00 UTC.")]
    public void Work_that_was_begun_early_is_not_told_as_work_to_come(string tag, string words)
    {
        var (noon, language) = (new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), Language.Of(tag));
        var facts = TellingTests.Planned with
        {
            Status = "in_progress", StartedAt = noon.AddMinutes(-4), ScheduledFor = noon.AddMinutes(26), ScheduledUntil = noon.AddHours(2),
        };

        Assert.Contains(words, Telling.Of(facts, new(new PageClock("UTC", language), noon)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Postmortem. It began at")]
    [InlineData("de", "Nachbetrachtung. Begonnen hatte es")]
    public void A_postmortem_is_not_dated_to_the_end_of_its_incident(string tag, string words)
    {
        var facts = TellingTests.Resolved with { Status = "postmortem", Delay = null };

        Assert.Contains(words, Telling.Of(facts, new(new PageClock("UTC", Language.Of(tag)), Began.AddDays(2))).Text, StringComparison.Ordinal);
    }

    /// <summary>Programs look for "Resolved:".</summary>
    [Fact]
    public void What_programs_look_for_in_a_webhook_is_the_same_for_every_subscriber() => Assert.All(
        NoticeSamples.Kinds(NoticeSpeech.Of(Language.German)),
        static facts =>
        {
            var late = facts with { Delay = TimeSpan.FromMinutes(17), DelayReason = "die Gegenseite war nicht erreichbar", DelayReasonForPrograms = "the other side could not be reached" };
            var bodies = Language.All.Select(language => JsonNode.Parse(WebhookBody.Of(NoticeSamples.Written(late, language)))!).ToList();

            Assert.All(bodies, body => Assert.Equal(bodies[0]["page"]!.ToJsonString(), body["page"]!.ToJsonString()));
            Assert.All(bodies, static body => Assert.Equal("the other side could not be reached", (string?)body["candor"]!["delay_reason"]));
        });

    /// <summary>One letter outside of GSM 03.38 makes a message cost twice as many parts.</summary>
    [Fact]
    public void A_German_text_message_is_in_the_alphabet_of_text_messages() => Assert.All(
        NoticeSamples.Kinds(NoticeSpeech.Of(Language.German)),
        static facts => Assert.DoesNotContain(
            SmsForm.Of(NoticeSamples.Written(facts, Language.German), "+49151").Last().Value,
            static c => c is not ((>= ' ' and <= '~' and not '`') or 'ä' or 'ö' or 'ü' or 'ß' or 'Ä' or 'Ö' or 'Ü')));

    [Theory]
    [InlineData(null, null, "en")]
    [InlineData(null, "de", "de")]
    [InlineData("de", null, "de")]
    [InlineData("de", "en", "en")]
    [InlineData(null, "de-AT", "de")]
    [InlineData(null, "DE_ch", "de")]
    [InlineData("de", "en-GB", "en")]
    [InlineData("de", "fr", "de")]
    [InlineData("de", "deu", "de")]
    [InlineData(null, "pt-BR", "en")]
    [InlineData("de", "", "de")]
    [InlineData("tlh", null, "en")]
    public void The_subscribers_language_comes_before_the_pages_where_it_is_spoken(string? page, string? subscriber, string told)
    {
        var world = Folded(
        [
            new PageConfigured(Noon, new("heroncopier1", "Heron Copier", "UTC") { Language = page }),
            new SubscriberWishesChanged(Noon, IdOf(1), new(Channel) { Language = subscriber }),
            Opens(Noon),
        ], Start(1));
        var stream = new NoticeStream(IdOf(1), OutageTopic).Accept([new(1, Noon, PieceState.Pending)]).Begin(Channel, Noon);

        var message = MessageWriter.Write(new(world, world.Subscribers[IdOf(1)], stream, Noon.AddMinutes(3)) { Channel = Channel, Address = "a" });

        Assert.Equal(told, message.Language);
        Assert.Equal($"[Heron Copier] Homepage is down: {(told == "de" ? "wird untersucht" : "investigating")}", message.Subject);
        Assert.Contains(told == "de" ? "Betroffen: Homepage (Ausfall)." : "Affected: Homepage (major outage).", message.Text, StringComparison.Ordinal);
        Assert.Contains("We are looking.", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_speaks_as_the_page_does() =>
        Assert.Equal(("de", "[Heron Copier] Test: Dieser Kanal funktioniert"), Of(TestLetter.Of(new("heroncopier1", "Heron Copier", "UTC") { Language = "de" }, "a", "k", Noon)));

    private static (string, string) Of(Message message) => (message.Language, message.Subject);

    private static Message Written(string name)
    {
        var (facts, zone, minute) = name switch
        {
            "opened" => (TellingTests.Opened, "UTC", 26),
            "resolved-late" => (TellingTests.Resolved with { DelayReason = NoticeSpeech.Of(Language.German).DelayReason("timeout") }, "Europe/Berlin", 63),
            "planned" => (TellingTests.Planned, "Europe/Vienna", 26),
            "digest" => (TellingTests.Opened with
            {
                About = MessageSubject.Digest, Parts = [TellingTests.Resolved with { Delay = null }, TellingTests.Planned], Updates = [], StartedAt = Began.AddDays(-1), UpdatedAt = Began.AddHours(1),
            }, "UTC", 63),
            "overdue" => (TellingTests.Opened with { About = MessageSubject.Reminder, Status = "promise", Url = "https://status.heron.example/acknowledge/abc" }, "UTC", 65),
            "test" => (TellingTests.Opened with { About = MessageSubject.Test }, "UTC", 26),
            _ => (TellingTests.Opened with { About = MessageSubject.Confirmation, Url = "https://status.heron.example/confirm/abc" }, "UTC", 26),
        };
        var words = Telling.Of(facts, new(new PageClock(zone, Language.German), Began.AddMinutes(minute)));
        return new()
        {
            Key = "k", Thread = "t", Address = "+4915123456789", Words = new() { Subject = words.Subject, Text = words.Text, Html = words.Html, Language = "de", Facts = facts, LinksFollow = NoticeEnd.FollowsOn(facts.About) },
            ManageUrl = "https://status.heron.example/manage/abc", UnsubscribeUrl = "https://status.heron.example/unsubscribe/abc",
        };
    }
}
