using System.Text.Json.Nodes;
using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>Two incidents become one: what whoever was told of one of them, of the other, or of both hears of it.</summary>
public sealed class ContinuingTests
{
    private static readonly IncidentId Slow = new("slow00000000");
    private static readonly Topic SlowTopic = Topic.Of(Slow);
    private static readonly Actor Ada = new("person:ada");

    private readonly Dictionary<SubscriberId, List<Message>> told = [];
    private World world = Start(0);
    private Outbox outbox = new("email", new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)), static _ => "receiver.example", static () => 0.5);
    private string channel = "email";

    [Fact]
    public void Each_is_told_once_where_it_goes_on_and_of_its_end_there()
    {
        Joins();
        Merges();

        Assert.Equal([SlowTopic, SlowTopic, OutageTopic], [.. Enumerable.Range(1, 3).Select(number => TopicOf(Assert.Single(told[IdOf(number)])))]);
        foreach (var message in (Message[])[told[IdOf(1)][0], told[IdOf(2)][0]])
        {
            Assert.Equal("[Heron Copier] Mail is slow: continues in: Homepage is down (identified)", message.Subject);
            Assert.StartsWith("Mail is slow\nContinues in: Homepage is down\nIdentified. That one began at ", message.Text, StringComparison.Ordinal);
            Assert.Contains("Update 2.", message.Text, StringComparison.Ordinal);
            Assert.Equal("https://status.example.com/incidents/" + Outage, message.Facts.Url);
            Assert.DoesNotContain("esolved", message.Subject + message.Text + message.Html, StringComparison.Ordinal);
        }

        told.Clear();
        Happens(At(20), Says(At(20), 4, IncidentStatus.Resolved));
        Assert.All(Enumerable.Range(1, 3), number => Assert.Equal(
            (OutageTopic, "[Heron Copier] Homepage is down: resolved"),
            (TopicOf(Assert.Single(told[IdOf(number)])), told[IdOf(number)][0].Subject)));
    }

    [Fact]
    public void Whoever_was_told_of_the_merged_one_is_told_the_end_whatever_they_wish_by_then_and_however_quickly_it_comes()
    {
        Joins();
        Happens(At(1), Opens(At(1), Slow, status: ComponentStatus.DegradedPerformance) with { Title = "Mail is slow", Components = [new(Mail, ComponentStatus.DegradedPerformance, At(1))] });
        Happens(At(2), Opens(At(2)));
        Happens(At(3), [.. IncidentDecisions.Merge(world, At(3), Ada, Slow, new(Outage)).Events]);
        Happens(At(3), new SubscriberWishesChanged(At(3), IdOf(2), new(channel) { Components = [new("search000000")] }));
        told.Clear();

        Happens(At(3.5), Says(At(3.5), 3, IncidentStatus.Resolved));

        Assert.Equal("[Heron Copier] Homepage is down: resolved", Assert.Single(told[IdOf(2)]).Subject);
    }

    [Fact]
    public void Who_was_told_of_neither_hears_of_the_one_that_goes_on()
    {
        Joins(number: 1);
        world = Folded([Mailing(At(1)), Opens(At(2))], world);
        Happens(At(3), [.. IncidentDecisions.Merge(world, At(3), Ada, Slow, new(Outage)).Events]);

        Assert.Equal(OutageTopic, TopicOf(Assert.Single(told[IdOf(1)])));
        Assert.All(outbox.Of(SlowTopic).Single().Pieces, static piece => Assert.Equal((PieceState.Suppressed, "merged"), (piece.State, piece.Why)));
    }

    [Fact]
    public void Over_by_the_time_that_it_is_sent_it_is_told_as_over()
    {
        Joins(number: 2);
        Happens(At(1), Mailing(At(1)));
        Happens(At(2), Opens(At(2)));
        told.Clear();
        world = Folded([.. IncidentDecisions.Merge(world, At(3), Ada, Slow, new(Outage)).Events], world);
        Happens(At(9), Says(At(9), 3, IncidentStatus.Resolved));

        var message = Assert.Single(told[IdOf(2)], static one => one.Facts.ContinuesIn is not null);
        Assert.EndsWith(": continues in: Homepage is down (resolved)", message.Subject, StringComparison.Ordinal);
        Assert.Null(message.GoesOnInThread);
    }

    [Fact]
    public void A_program_is_told_how_the_other_one_stands_and_closes_this_one_with_it()
    {
        Joins("webhook");
        Merges();

        var post = Post(Assert.Single(told[IdOf(2)]));
        Assert.Equal((Slow.Value, "identified", null), ((string?)post["incident"]!["id"], (string?)post["incident"]!["status"], post["incident"]!["resolved_at"]));
        Assert.Equal((Outage.Value, "Homepage is down"), ((string?)post["candor"]!["continues_in"]!["id"], (string?)post["candor"]!["continues_in"]!["name"]));
        Assert.Equal(Outage.Value, (string?)post["incident"]!["incident_updates"]![0]!["incident_id"]);
        Assert.Equal(("critical", "Major System Outage"), ((string?)post["page"]!["status_indicator"], (string?)post["page"]!["status_description"]));

        told.Clear();
        Happens(At(20), Says(At(20), 4, IncidentStatus.Resolved));
        Assert.Equal(
            [(Outage.Value, "resolved"), (Slow.Value, "resolved")],
            told[IdOf(2)].Select(Post).Select(static one => ((string)one["incident"]!["id"]!, (string)one["incident"]!["status"]!)).Order());
        Assert.Single(told[IdOf(3)]);
    }

    [Fact]
    public void An_alert_is_resolved_behind_the_one_that_goes_on_and_that_one_with_its_incident()
    {
        Joins("pagerduty");
        Merges();

        var message = Assert.Single(told[IdOf(2)]);
        var events = PagerDutyBody.All(message);
        var there = NoticeKey.ThreadOf("pagerduty", new(IdOf(2), OutageTopic));
        Assert.Equal([("trigger", there), ("resolve", message.Thread)], events.Select(static one => ((string)one["event_action"]!, (string)one["dedup_key"]!)));
        Assert.Equal("[Heron Copier] Homepage is down: identified", (string?)events[0]["payload"]!["summary"]);

        told.Clear();
        Happens(At(20), Says(At(20), 4, IncidentStatus.Resolved));
        Assert.Equal([("resolve", there), ("resolve", message.Thread), ("resolve", there)], told[IdOf(2)].SelectMany(Actions));
        Assert.Single(told[IdOf(3)].SelectMany(Actions));
    }

    [Theory]
    [InlineData("pagerduty")]
    [InlineData("webhook")]
    public void What_went_on_in_one_that_is_hidden_by_now_ends_with_it(string by)
    {
        Joins(by, number: 2);
        Merges(hears: 2);
        var there = NoticeKey.ThreadOf(by, new(IdOf(2), OutageTopic));
        told.Clear();
        Happens(At(9), new ComponentChanged(At(9), world.Components[Home].Definition with { OnlyFor = ["staff"] }), Says(At(9), 4, IncidentStatus.Monitoring));
        Assert.Empty(told);

        Happens(At(20), Says(At(20), 5, IncidentStatus.Resolved, quiet: true));

        var message = Assert.Single(told[IdOf(2)]);
        Assert.Equal((Slow.Value, At(20), null), (message.Facts.Id, message.Facts.EndedAt, message.Facts.ContinuesIn));
        Assert.Equal([("resolve", message.Thread), ("resolve", there)], Actions(message));
        Assert.Equal((Slow.Value, "resolved"), ((string?)Post(message)["incident"]!["id"], (string?)Post(message)["incident"]!["status"]));
        Assert.DoesNotContain("Homepage", message.Subject + message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_together_with_what_it_goes_on_in_it_ends_when_that_does()
    {
        Joins("pagerduty", number: 2);
        Merges(hears: 2);
        var there = NoticeKey.ThreadOf("pagerduty", new(IdOf(2), OutageTopic));
        told.Clear();
        Happens(At(9), new PageConfigured(At(9), world.Page with { Audiences = ["staff"], OnlyFor = ["staff"] }), Says(At(9), 4, IncidentStatus.Monitoring));
        Assert.Empty(told);

        Happens(At(20), Says(At(20), 5, IncidentStatus.Resolved));

        Assert.Equal([("resolve", there)], told[IdOf(2)].SelectMany(Actions).Where(one => one.Key == there).Distinct());
        Assert.DoesNotContain("Mail", string.Concat(told[IdOf(2)].Select(static one => one.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_that_was_raised_there_after_its_end_had_come_is_resolved_behind_it()
    {
        Joins("pagerduty", number: 2);
        Happens(At(1), Mailing(At(1)));
        Happens(At(2), Opens(At(2)));
        world = Folded([.. IncidentDecisions.Merge(world, At(8), Ada, Slow, new(Outage)).Events], world);
        outbox.Accept(world, SlowTopic, Now(At(8)));
        var late = Assert.Single(outbox.Begin(world, Now(At(8)), 100).Started);
        var message = MessageWriter.Write(new(world, world.Subscribers[IdOf(2)], late, At(8)) { Channel = channel, Address = "key" });
        var there = NoticeKey.ThreadOf("pagerduty", new(IdOf(2), OutageTopic));
        Assert.Contains(("trigger", there), Actions(message));

        // The end goes out by the other one's own stream while that is on its way.
        told.Clear();
        Happens(At(8.1), Says(At(8.1), 3, IncidentStatus.Resolved));
        Assert.Equal([("resolve", there)], told[IdOf(2)].SelectMany(Actions));
        Assert.NotNull(outbox.Settle(world, late.Key, late.Attempt!.Key, Handover.Delivered("202"), Now(At(8.2))));
        told.Clear();
        Happens(At(8.3));

        Assert.Equal([("resolve", message.Thread), ("resolve", there)], told[IdOf(2)].SelectMany(Actions));
    }

    [Fact]
    public void It_fits_a_line_and_speaks_German()
    {
        world = Folded([new PageConfigured(Noon, world.Page with { Language = "de" })], world);
        Joins("sms");
        Merges();

        Assert.Equal(
            $"[Heron Copier] Mail is slow: geht weiter in: Homepage is down (Ursache gefunden) https://status.example.com/incidents/{Outage}",
            SmsForm.Of(told[IdOf(2)][0], "+49").Last().Value);
        Assert.Contains("Mail is slow\nGeht weiter in: Homepage is down\nUrsache gefunden. Begonnen hat jene um ", told[IdOf(2)][0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "removed", "“Homepage is down” was removed from the page: By mistake.", "Removed at 12:05 UTC.")]
    [InlineData("de", "entfernt", "„Homepage is down“ wurde von der Seite entfernt: By mistake.", "Entfernt um 12:05 UTC.")]
    public void What_was_removed_is_told_under_its_name_and_did_not_last(string language, string state, string sentence, string span)
    {
        world = Folded([new PageConfigured(Noon, world.Page with { Language = language })], world);
        Joins("webhook", number: 1);
        Happens(At(1), Opens(At(1)));
        told.Clear();
        Happens(At(5), new IncidentRemoved(At(5), Outage, "By mistake.", Ada));

        var message = Assert.Single(told[IdOf(1)]);
        Assert.Equal($"[Heron Copier] Homepage is down: {state}", message.Subject);
        Assert.Contains(sentence, message.Text, StringComparison.Ordinal);
        Assert.Contains(span, message.Text, StringComparison.Ordinal);
        Assert.Equal("Removed incident", world.Incidents[Outage].Title);
        var post = Post(message);
        Assert.Equal(("resolved", true), ((string?)post["incident"]!["status"], (bool?)post["candor"]!["removed"]));
    }

    private static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    private static IncidentOpened Mailing(DateTimeOffset at) =>
        Opens(at, Slow) with { Title = "Mail is slow", Components = [new(Mail, ComponentStatus.DegradedPerformance, at)] };

    private static Topic TopicOf(Message message) => Topic.Of(new IncidentId(message.Facts.Id));

    private static JsonNode Post(Message message) => JsonNode.Parse(WebhookBody.Of(message))!;

    /// <summary>The first is told of everything, the second of mail, the third of the homepage.</summary>
    private void Joins(string by = "email", int? number = null)
    {
        channel = by;
        outbox = new(channel, new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)), static _ => "receiver.example", static () => 0.5);
        ComponentId[][] wishes = [[], [Mail], [Home]];
        world = Folded(
        [
            .. Enumerable.Range(1, 3).Where(one => number is null || one == number)
                .Select(one => new SubscriberJoined(Noon, IdOf(one), new(channel) { Components = [.. wishes[one - 1]] }, Confirmed: true)),
        ], world);
    }

    /// <param name="hears">Who is told where it goes on.</param>
    private void Merges(int? hears = null)
    {
        Happens(At(1), Mailing(At(1)));
        Happens(At(2), Opens(At(2)));
        Happens(At(4), Says(At(4), 2, IncidentStatus.Identified));
        told.Clear();
        Happens(At(8), [.. IncidentDecisions.Merge(world, At(8), Ada, Slow, new(Outage)).Events]);
        Assert.True(hears is null || Assert.Single(told[IdOf(hears.Value)]).Facts.ContinuesIn is not null);
    }

    private static IEnumerable<(string Action, string Key)> Actions(Message message) =>
        PagerDutyBody.All(message).Select(static one => ((string)one["event_action"]!, (string)one["dedup_key"]!));

    private static Moment Now(DateTimeOffset at) => new(at, at - Noon);

    /// <summary>It happens, and whoever is to be told is told at once.</summary>
    private void Happens(DateTimeOffset at, params Event[] events)
    {
        world = Folded(events, world);
        var now = Now(at);
        foreach (var topic in Topics.WithMerged(world, events.SelectMany(Topics.Of).Concat([OutageTopic])).ToList())
        {
            outbox.Accept(world, topic, now);
        }

        foreach (var stream in outbox.Begin(world, now, 100).Started)
        {
            var subscriber = world.Subscribers[stream.Subscriber];
            var message = MessageWriter.Write(new(world, subscriber, stream, at) { Channel = channel, Address = "+4915123456789" });
            told.TryAdd(subscriber.Id, []);
            told[subscriber.Id].Add(message);
            Assert.NotNull(outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("200"), now));
        }

        world = Folded([new NoticesHandedOver(at, channel, [.. outbox.Tally.Take()])], world);
        Assert.True(outbox.Total.AddUp);
    }
}
