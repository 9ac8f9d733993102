using System.Text;
using System.Text.Json.Nodes;
using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>What becomes of those who were told that something began, and then may know no more of it.</summary>
public sealed class HiddenRulesTests
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly Topic Reminding = Topic.OfReminder(OutageTopic);

    private World world = Start(0);

    [Theory]
    [InlineData("page")]
    [InlineData("component")]
    public void Where_their_side_keeps_it_open_it_ends_and_nothing_else_of_it_is_told(string what)
    {
        var outbox = Told("pagerduty", out var thread);
        Hide(what);
        Happens(outbox, Says(At(6), 2, IncidentStatus.Identified));
        Assert.Empty(Begin(outbox, At(6)));
        Assert.Equal((PieceState.Suppressed, "private"), (Stream(outbox).Pieces[1].State, Stream(outbox).Pieces[1].Why));
        Happens(outbox, Says(At(9), 3, IncidentStatus.Resolved));

        var (stream, message) = Assert.Single(Begin(outbox, At(9)));

        var body = Assert.Single(PagerDutyBody.All(message));
        Assert.Equal(("resolve", thread), (body["event_action"]!.GetValue<string>(), body["dedup_key"]!.GetValue<string>()));
        Assert.Equal((thread, "An incident that is no longer public", 0, null), (message.Thread, message.Facts.Title, message.Facts.Updates.Length, message.Facts.Url));
        Assert.DoesNotContain("Update", body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Homepage", body.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(9))));
        Assert.Equal([PieceState.Sent, PieceState.Suppressed, PieceState.Sent], Stream(outbox).Pieces.Select(static piece => piece.State));
    }

    [Fact]
    public void Everybody_else_hears_nothing_and_the_ledger_says_why()
    {
        var outbox = Told("email", out _);
        Hide("component");
        Happens(outbox, Says(At(9), 2, IncidentStatus.Resolved));

        Assert.Empty(Begin(outbox, At(9)));
        Assert.Equal((PieceState.Suppressed, "private"), (Stream(outbox).Pieces[1].State, Stream(outbox).Pieces[1].Why));
        Assert.Equal((2, 1, 1, true), (outbox.Total.Accepted, outbox.Total.Sent, outbox.Total.Suppressed, outbox.Total.AddUp));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("component")]
    public void Shown_again_it_is_told_once_as_it_is_by_then_to_whoever_knows_of_it(string what)
    {
        var outbox = Told("email", out _);
        Hide(what);
        Happens(outbox, Says(At(6), 2, IncidentStatus.Identified));
        Happens(outbox, Says(At(9), 3, IncidentStatus.Resolved));
        Assert.Empty(Begin(outbox, At(9)));

        Hide("nothing");
        outbox.Reconcile(world, Now(At(15)));

        var (stream, message) = Assert.Single(Begin(outbox, At(15)));
        Assert.Equal(("resolved", (2, 3)), (message.Facts.Status, (stream.Attempt!.From, stream.Attempt.To)));
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(15))));
        outbox.Reconcile(world, Now(At(16)));
        Assert.Empty(Begin(outbox, At(16)));
        Assert.Equal([PieceState.Sent, PieceState.Superseded, PieceState.Sent], Stream(outbox).Pieces.Select(static piece => piece.State));
        Assert.Equal((3, true), (outbox.Total.Accepted, outbox.Total.AddUp));
    }

    [Fact]
    public void What_waited_when_it_was_hidden_goes_once_it_is_shown_again_without_what_was_taken_back()
    {
        world = Folded([Joins(1)], world);
        var outbox = Of("webhook");
        Happens(outbox, Opens(At(0)), Says(At(1), 2, IncidentStatus.Identified));
        Hide("component");
        Assert.Empty(Begin(outbox, At(6)));
        Assert.Equal(2, outbox.Total.Suppressed);

        Hide("nothing");
        world = Folded([new UpdateRemoved(At(7), Outage, 2, "A slip.", new("token:t"))], world);
        outbox.Reconcile(world, Now(At(8)));

        Assert.Equal((1, 1), Assert.Single(Begin(outbox, At(8))).Stream.Attempt is { } attempt ? (attempt.From, attempt.To) : default);
    }

    [Fact]
    public void Whose_side_heard_of_the_end_while_it_was_hidden_hears_nothing_more_once_it_is_shown()
    {
        var outbox = Told("pagerduty", out _);
        Hide("page");
        Happens(outbox, Says(At(6), 2, IncidentStatus.Identified));
        Happens(outbox, Says(At(9), 3, IncidentStatus.Resolved));
        var (stream, message) = Assert.Single(Begin(outbox, At(9)));
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(9))));

        Hide("nothing");
        outbox.Reconcile(world, Now(At(15)));

        Assert.Empty(Begin(outbox, At(15)));
        Happens(outbox, Says(At(16), 4, IncidentStatus.Resolved));
        Assert.Equal((4, 4), Assert.Single(Begin(outbox, At(16))).Stream.Attempt is { } attempt ? (attempt.From, attempt.To) : default);
    }

    [Fact]
    public void A_program_that_keeps_a_list_is_told_that_it_is_over_and_nothing_else_of_it()
    {
        var outbox = Told("webhook", out _);
        Hide("component");
        Happens(outbox, Says(At(6), 2, IncidentStatus.Identified));
        Assert.Empty(Begin(outbox, At(6)));
        Happens(outbox, Says(At(9), 3, IncidentStatus.Resolved));

        var post = Encoding.UTF8.GetString(WebhookBody.Of(Assert.Single(Begin(outbox, At(9))).Message));

        var incident = JsonNode.Parse(post)!["incident"]!;
        Assert.Equal((Outage.Value, "resolved", null), ((string?)incident["id"], (string?)incident["status"], incident["shortlink"]));
        Assert.DoesNotContain("Update", post, StringComparison.Ordinal);
        Assert.DoesNotContain("Homepage", post, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_quiet_word_with_the_end_or_after_it_keeps_the_end_from_nobody(bool quietEnd, bool quietLater)
    {
        var outbox = Told("pagerduty", out var thread);
        Hide("component");
        Happens(outbox, Says(At(9), 2, IncidentStatus.Resolved, quiet: quietEnd), Says(At(10), 3, IncidentStatus.Postmortem, quiet: quietLater));

        var (stream, message) = Assert.Single(Begin(outbox, At(10)));

        Assert.Equal(("resolve", thread), Assert.Single(PagerDutyBody.All(message)) is var end ? ((string)end["event_action"]!, (string)end["dedup_key"]!) : default);
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(10))));
        Happens(outbox, Says(At(11), 4, IncidentStatus.Postmortem));
        Assert.Empty(Begin(outbox, At(11)));
    }

    [Theory]
    [InlineData("webhook", "completed")]
    [InlineData("pagerduty", null)]
    public void Planned_work_that_is_hidden_ends_in_a_list_and_was_no_alert(string channel, string? told)
    {
        var work = new MaintenanceId("work00000000");
        var plan = new MaintenancePlan("New disks", At(30), At(60), [Home]);
        world = Folded([new SubscriberJoined(Noon, IdOf(1), new(channel), Confirmed: true), new MaintenanceScheduled(At(0), work, plan, "We plan it.", new("person:ada"))], world);
        var outbox = Of(channel);
        outbox.Accept(world, Topic.Of(work), Now(At(0)));
        var (stream, message) = Assert.Single(Begin(outbox, At(0)));
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(0))));

        Hide("component");
        world = Folded([new MaintenanceUpdated(At(40), work, 2, MaintenanceStatus.Completed, "Done.", Automatic: false)], world);
        outbox.Accept(world, Topic.Of(work), Now(At(40)));

        var ends = Begin(outbox, At(40)).Select(static one => (one.Message.Facts.Status, one.Message.Facts.Title));
        Assert.Equal(told is null ? [] : [(told, "Planned maintenance that is no longer public")], ends);
    }

    [Fact]
    public void Who_never_heard_of_it_has_no_row_of_what_was_said_since()
    {
        world = Folded([Joins(1)], world);
        var outbox = Of("webhook");
        Hide("component");
        Happens(outbox, Opens(At(0)), Says(At(9), 2, IncidentStatus.Resolved));

        Assert.Empty(outbox.Streams);
    }

    [Fact]
    public void An_alarm_of_whoever_is_reminded_no_more_ends_all_the_same()
    {
        world = Folded([new SubscriberJoined(Noon, IdOf(1), new("pagerduty") { Reminders = true }, Confirmed: true), Opens(At(0))], world);
        var outbox = Of("pagerduty");
        var raised = new ReminderRaised(At(60), OutageTopic, ReminderCause.Silence, At(60));
        world = Folded([raised], world);
        outbox.Accept(world, Reminding, Now(At(60)));
        var (stream, message) = Assert.Single(Begin(outbox, At(60)));
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(60))));

        world = Folded([new SubscriberWishesChanged(At(61), IdOf(1), new("pagerduty")), Says(At(62), 2, IncidentStatus.Identified)], world);
        outbox.Accept(world, Reminding, Now(At(62)));

        var end = Assert.Single(Begin(outbox, At(62)));
        Assert.Equal((Reminding, message.Thread), (end.Stream.Topic, end.Message.Thread));
        Assert.NotNull(end.Message.Facts.EndedAt);
    }

    private Outbox Told(string channel, out string thread)
    {
        world = Folded([new SubscriberJoined(Noon, IdOf(1), new(channel), Confirmed: true)], world);
        var outbox = Of(channel);
        Happens(outbox, Opens(At(0)));
        var (stream, message) = Assert.Single(Begin(outbox, At(0)));
        Assert.NotNull(outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("202"), Now(At(0))));
        thread = message.Thread;
        return outbox;
    }

    private void Hide(string what) => world = Folded(
    [
        new PageConfigured(At(5), world.Page with { Audiences = ["staff"], OnlyFor = what == "page" ? ["staff"] : [] }),
        new ComponentChanged(At(5), world.Components[Home].Definition with { OnlyFor = what == "component" ? ["staff"] : [] }),
    ],
    world);

    private void Happens(Outbox outbox, params Event[] events)
    {
        world = Folded(events, world);
        outbox.Accept(world, OutageTopic, Now(events[^1].At));
    }

    private static Outbox Of(string channel) => new(channel, Timing, static _ => "receiver.example", static () => 0.5);

    private static NoticeStream Stream(Outbox outbox) => Assert.Single(outbox.Streams);

    private static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    private static Moment Now(DateTimeOffset at) => new(at, at - Noon);

    private List<(NoticeStream Stream, Message Message)> Begin(Outbox outbox, DateTimeOffset at) =>
    [
        .. outbox.Begin(world, Now(at), 100).Started.Select(stream => (stream, MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, at) { Channel = world.Subscribers[stream.Subscriber].Wishes.Channel, Address = "key" }))),
    ];
}
