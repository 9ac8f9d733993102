using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Discord;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Maintenances;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Wording;

/// <summary>What is easily said in a way that is not so: since when, until when, on which day, and of what.</summary>
public sealed class TruthTests
{
    private static readonly DateTimeOffset Began = TellingTests.Opened.StartedAt;

    [Theory]
    [InlineData("en", 9, "Identified. It began at 09:54 UTC (9 min ago).")]
    [InlineData("en", 0, "Identified. It began at 09:54 UTC.")]
    [InlineData("de", 9, "Ursache gefunden. Begonnen hat es um 09:54 UTC (vor 9 Min.).")]
    [InlineData("de", 0, "Ursache gefunden. Begonnen hat es um 09:54 UTC.")]
    public void A_state_is_not_dated_to_the_beginning_and_what_began_just_now_has_no_age(string tag, int minutes, string line) =>
        Assert.Equal(line, Line(1, TellingTests.Opened with { Status = "identified" }, tag, Began.AddMinutes(minutes)));

    [Theory]
    [InlineData("en", 30, "In progress. It began at 09:54 UTC (30 min ago) and is to end by 11:54 UTC.")]
    [InlineData("en", 150, "In progress. It began at 09:54 UTC (2h 30m ago) and was to end by 11:54 UTC.")]
    [InlineData("de", 30, "Läuft. Begonnen hat es um 09:54 UTC (vor 30 Min.); dauern soll es bis 11:54 UTC.")]
    [InlineData("de", 150, "Läuft. Begonnen hat es um 09:54 UTC (vor 2 Std. 30 Min.); dauern sollte es bis 11:54 UTC.")]
    public void Work_under_way_says_until_when(string tag, int minutes, string line) => Assert.Equal(line, Line(1, Underway, tag, Began.AddMinutes(minutes)));

    [Theory]
    [InlineData("en", false, "[Heron Copier] Database upgrade: scheduled for Mar 3, 2024, 09:54 UTC, until 11:54 UTC https://status.heron.example/incidents/k2vx1abcdefg")]
    [InlineData("en", true, "[Heron Copier] Database upgrade: in progress, planned until 11:54 UTC https://status.heron.example/incidents/k2vx1abcdefg")]
    [InlineData("de", false, "[Heron Copier] Database upgrade: geplant für den 3. März 2024, 09:54 UTC, bis 11:54 UTC https://status.heron.example/incidents/k2vx1abcdefg")]
    [InlineData("de", true, "[Heron Copier] Database upgrade: läuft, geplant bis 11:54 UTC https://status.heron.example/incidents/k2vx1abcdefg")]
    public void A_text_message_says_when_planned_work_is(string tag, bool underway, string body) =>
        Assert.Equal(body, SmsForm.Of(Written(underway ? Underway : TellingTests.Planned, tag, Began.AddMinutes(5)), "+49").Last().Value);

    [Theory]
    [InlineData("UTC", "UTC", 9, "It began at 09:54 UTC (")]
    [InlineData("UTC", "UTC", 15 * 60, "It began at Feb 29, 2024, 09:54 UTC (")]
    [InlineData("Pacific/Auckland", "UTC", 60, "It began at 10:54 PM UTC+13 (")]
    [InlineData("Pacific/Kiritimati", "Pacific/Kiritimati", 5, "It began at 23:54 UTC+14 (")]
    [InlineData("Pacific/Kiritimati", "Pacific/Honolulu", 1, "It began at Feb 29, 2024, 23:54 UTC+14 (")]
    public void A_time_has_its_date_where_it_is_not_today_or_another_day_for_the_page(string zone, string page, int minutes, string words) => Assert.Contains(
        words,
        Telling.Of(TellingTests.Opened, new(new PageClock(zone, Language.English), Began.AddMinutes(minutes)) { PageZone = TimeZoneInfo.FindSystemTimeZoneById(page) }).Text,
        StringComparison.Ordinal);

    [Fact]
    public void A_digest_has_the_link_of_each()
    {
        var words = Telling.Of(
            TellingTests.Opened with { About = MessageSubject.Digest, Updates = [], Url = "https://status.heron.example", Parts = [TellingTests.Opened, TellingTests.Planned with { Url = "https://status.heron.example/maintenance/m1" }] },
            Hearer("en", Began.AddMinutes(30)));

        Assert.Contains("\nRead it on the page: https://status.heron.example/incidents/k2vx1abcdefg\n", words.Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://status.heron.example/maintenance/m1\">", words.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_cut_keeps_what_is_promised_next()
    {
        var long_ = TellingTests.Opened with { Updates = [new(1, "investigating", Began, string.Join(' ', Enumerable.Repeat("Quartz is what we look at.", 400)))] };
        var message = Written(long_, "en", Began.AddMinutes(26));
        var text = SlackBody.Of(message)["blocks"]![1]!["text"]!["text"]!.GetValue<string>();

        Assert.EndsWith("…\n\nNext update by 10:54 UTC, or sooner.", text, StringComparison.Ordinal);
        Assert.True(text.Length <= 3_000);
        Assert.Single(text.Split("Next update by").Skip(1));
    }

    [Fact]
    public void Discord_shows_a_link_that_hides_where_it_leads_as_it_was_written()
    {
        var said = TellingTests.Opened with { Updates = [new(1, "investigating", Began, @"[the page](https://evil.example) \[a](https://evil.example)")] };
        var text = (string)DiscordBody.Of(Written(said, "en", Began))["embeds"]![0]!["description"]!;

        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
        Assert.Contains(@"[the page]\(https://evil.example)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_has_the_time_at_which_it_is_sent_and_proves_an_alert_by_raising_and_resolving_it()
    {
        var message = TestLetter.Of(new("heroncopier1", "Heron Copier", "UTC"), "key", "k", Noon);
        var events = PagerDutyBody.All(message);

        Assert.Equal("2026-03-01T12:00:00Z", (string?)DiscordBody.Of(message)["embeds"]![0]!["timestamp"]);
        Assert.Equal([("trigger", "k"), ("resolve", "k")], events.Select(static one => ((string)one["event_action"]!, (string)one["dedup_key"]!)));
        Assert.All(events, static one => Assert.Equal("2026-03-01T12:00:00.000Z", (string?)one["payload"]!["timestamp"]));
        Assert.Equal("/v2/enqueue", PagerDutyBody.PathOf(message));
    }

    [Fact]
    public void The_page_is_as_bad_as_what_is_open_on_it_whatever_a_notice_is_about()
    {
        var world = Folded([Opens(Noon), Opens(Noon, new("other0000000")), Says(Noon, 2, IncidentStatus.Resolved, id: new("other0000000"))], Start(1));
        var message = Written(world, Topic.Of(new IncidentId("other0000000")), 2, "webhook");

        Assert.Equal("resolved", message.Facts.Status);
        Assert.Equal(new("critical", "Major System Outage"), message.Facts.PageLine);
        Assert.Equal(MessagePageLine.Unknown, Written(world, OutageTopic, 1, "email").Facts.PageLine);

        // What only some may know of makes it no worse for everybody.
        var home = world.Components[Home].Definition;
        var hidden = Folded([new PageConfigured(Noon, world.Page with { Audiences = ["staff"] }), new ComponentChanged(Noon, home with { OnlyFor = ["staff"] })], world);
        Assert.Equal(new("minor", "Status Unknown"), PageLines.Of(hidden));
    }

    [Fact]
    public void A_maintenance_leads_to_its_own_page()
    {
        var work = new MaintenanceId("work00000000");
        var world = Folded([new MaintenanceScheduled(Noon, work, new("New disks", Noon.AddHours(1), Noon.AddHours(2), [Home]), "New ones.", new("person:ada"))], Start(1));

        Assert.Equal("https://status.example.com/maintenance/work00000000", Written(world, Topic.Of(work), 1, "email").Facts.Url);
    }

    [Theory]
    [InlineData("en", "Chosen: Homepage and Mail; incidents from major on; no planned maintenance; everything of a day together.", "Chosen: the whole page.")]
    [InlineData("de", "Ausgewählt: Homepage und Mail; Störungen ab Auswirkung „erheblich“; keine geplanten Wartungen; täglich zusammengefasst.", "Ausgewählt: die ganze Seite.")]
    public void Whoever_is_asked_to_confirm_reads_what_was_chosen_and_where_the_link_leads(string tag, string chosen, string whole)
    {
        var wishes = new SubscriberWishes("email") { Language = tag };
        var message = Asked(wishes with { Components = [Home, Mail], MinimumImpact = Impact.Major, Maintenance = false, Digest = DigestEvery.Daily });

        Assert.Contains($"\n\n{chosen}\n\n", message.Text, StringComparison.Ordinal);
        Assert.Contains($">{(tag == "de" ? "Bestätigen" : "Confirm")}</a>", message.Html, StringComparison.Ordinal);
        Assert.Contains(">https://status.example.com/subscriptions/x</a>", message.Html, StringComparison.Ordinal);
        Assert.Contains(whole, Asked(wishes).Text, StringComparison.Ordinal);
    }

    private static readonly MessageFacts Underway = TellingTests.Planned with
    {
        Status = "in_progress", StartedAt = Began, ScheduledFor = Began, ScheduledUntil = Began.AddHours(2),
    };

    private static Hearer Hearer(string tag, DateTimeOffset now) => new(new PageClock("UTC", Language.Of(tag)), now);

    private static string Line(int number, MessageFacts facts, string tag, DateTimeOffset now) => Telling.Of(facts, Hearer(tag, now)).Text.Split('\n')[number];

    private static Message Written(MessageFacts facts, string tag, DateTimeOffset now)
    {
        var words = Telling.Of(facts, Hearer(tag, now));
        return new()
        {
            Key = "k", Thread = "t", Address = "a", Words = new() { Subject = words.Subject, Line = words.Line, Next = words.Next, Text = words.Text, Html = words.Html, Language = tag, Facts = facts },
        };
    }

    private static Message Written(World world, Topic topic, int seq, string channel) => MessageWriter.Write(
        new(world, world.Subscribers[IdOf(1)], new NoticeStream(IdOf(1), topic).Accept([new(seq, Noon, PieceState.Pending)]).Begin(channel, Noon), Noon) { Channel = channel, Address = "a" });

    private static Message Asked(SubscriberWishes wishes)
    {
        var world = Folded([new SubscriberJoined(Noon, IdOf(2), wishes, Confirmed: false), new SubscriberAsked(Noon, IdOf(2))], Start(1));
        var stream = new NoticeStream(IdOf(2), Topic.Of(IdOf(2))).Accept([new(1, Noon, PieceState.Pending)]).Begin("email", Noon);
        return MessageWriter.Write(new(world, world.Subscribers[IdOf(2)], stream, Noon) { Channel = "email", Address = "a", ManageUrl = "https://status.example.com/subscriptions/x" });
    }
}
