using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Ntfy;
using Candor.Notices.Queue.Memory;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Notices.Workers;
using Candor.Watching;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>A post room with everything around it, and what is around it fails.</summary>
public sealed class PostroomTests
{
    private const int Patience = 120_000; // for machines that are slow; nothing here takes any time of its own

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Who_was_told_while_the_disk_was_full_is_told_to_the_journal_once_there_is_room()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        rig.Answer = _ =>
        {
            rig.Full = new(Reserve.DiskFull, "The disk is full.");
            return Handover.Delivered("200");
        };
        await rig.HappensAsync(Opens(Noon));
        await PostroomRig.UntilAsync(() => rig.Refused > 0);
        rig.Full = null;

        await rig.InTimeAsync(() => rig.Journal.State.Told.ContainsKey(OutageTopic));

        Assert.Equal(1, rig.Journal.State.Told[OutageTopic].Single().SeqOf(1));
        Assert.Single(rig.Sent);
    }

    [Fact(Timeout = Patience)]
    public async Task A_process_that_never_opens_is_said_within_seconds_and_taken_back_once_one_does()
    {
        await using var rig = await PostroomRig.StartAsync(new(), opens: false);
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => !rig.Self.Problems.IsEmpty);
        var problem = Assert.Single(rig.Self.Problems);
        Assert.Equal(("notices:webhook", Gravity.Public), (problem.Key, problem.Gravity));
        Assert.EndsWith(Problem.NothingGoesOut, problem.Sentence, StringComparison.Ordinal);
        Assert.True(problem.Since - Noon >= TimeSpan.FromSeconds(10), $"after {problem.Since - Noon}");

        rig.Opens = true;
        rig.Processes.Last().Kill();
        await rig.BeatUntilAsync(() => rig.Self.Problems.IsEmpty && rig.Room.View.Total.Sent == 1);
    }

    [Fact(Timeout = Patience)]
    public async Task The_first_of_a_crowd_are_told_before_everybody_is_taken_in()
    {
        const int crowd = 800;
        await using var rig = await PostroomRig.StartAsync(new(), crowd);
        await rig.BeatUntilAsync(() => rig.Room.View.IsReady);
        var stored = new List<(int Before, int Streams, int Begun)>();
        rig.Storing = streams =>
        {
            stored.Add((rig.Medium.Streams.Count, streams.Count, streams.Count(static stream => stream.Attempt is not null)));
            return default;
        };
        await rig.HappensAsync(Opens(Noon));
        await rig.HappensAsync(Says(Noon, 2, IncidentStatus.Identified));
        await rig.BeatUntilAsync(() => rig.Room.View.Total is { Pending: 0, Accepted: 2 * crowd });

        Assert.InRange(stored.First(static write => write.Streams > 0).Streams, 1, crowd - 1);
        Assert.Contains(stored, static write => write is { Before: < crowd, Begun: > 0 });
        Assert.All(rig.Medium.Streams.Values, static stream => Assert.Equal(2, stream.ToldUpTo));
        Assert.True(rig.Room.View.Total.AddUp);
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_over_for_days_when_a_channel_opens_again_goes_out_as_one_message()
    {
        var second = new IncidentId("second000000");
        await using var rig = await PostroomRig.StartAsync(new NtfyKind(), static number => $"https://ntfy.example/reader{number}", new(), opens: false);
        await rig.HappensAsync(
            Opens(Noon), Says(Noon.AddMinutes(30), 2, IncidentStatus.Resolved),
            Opens(Noon, second), Says(Noon.AddMinutes(30), 2, IncidentStatus.Resolved, id: second));
        await rig.BeatUntilAsync(() => rig.Room.View.Total.Pending == 4);
        rig.Time.Advance(TimeSpan.FromDays(3));

        rig.Opens = true;
        rig.Processes.Last().Kill();
        await rig.BeatUntilAsync(() => rig.Room.View.Total is { Pending: 0, Sent: 2 });

        var message = Assert.Single(rig.Sent);
        Assert.Equal(["outage000000", "second000000"], message.Facts.Parts.Select(static part => part.Id));
        Assert.Equal([2, 2], rig.Medium.Streams.Values.Select(static stream => stream.ToldUpTo));
    }

    [Fact(Timeout = Patience)]
    public async Task What_does_not_go_out_is_not_called_late_however_late_it_is()
    {
        await using var rig = await PostroomRig.StartAsync(new(), opens: false);
        await rig.HappensAsync(Opens(Noon));
        rig.Time.Advance(TimeSpan.FromMinutes(7));
        await rig.InTimeAsync(() => rig.Self.Problems is [{ } problem] && problem.Sentence.EndsWith(Problem.NothingGoesOut, StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task Settings_that_are_gone_are_said_while_somebody_is_told_by_the_channel()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        rig.Unset = "1 are told by webhook, and the settings have no notices.webhook any more.";
        await rig.InTimeAsync(() => rig.Self.Problems is [{ Gravity: Gravity.Public }]);
        Assert.Equal(("Notices by webhook " + Problem.NothingGoesOut, rig.Unset), (rig.Self.Problems[0].Sentence, rig.Self.Problems[0].Detail));

        rig.Unset = null;
        await rig.InTimeAsync(() => rig.Self.Problems.IsEmpty);
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_entered_the_address_goes_along_with_each_message(bool byStranger)
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(
            new SubscriberLeft(Noon, IdOf(1)),
            new SubscriberJoined(Noon, IdOf(1), new(Channel), Confirmed: false) { By = byStranger ? null : new("token:t") },
            new SubscriberAsked(Noon, IdOf(1)));
        await PostroomRig.UntilAsync(() => rig.Sent.Count == 1);
        await rig.HappensAsync(new SubscriberConfirmed(Noon, IdOf(1)), Opens(Noon));
        await PostroomRig.UntilAsync(() => rig.Sent.Count == 2);

        Assert.All(rig.Sent, message => Assert.Equal(byStranger, message.PublicOnly));
    }

    [Fact(Timeout = Patience)]
    public async Task Readers_hear_of_a_queue_that_takes_nothing_and_nothing_is_lost_by_it()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.InTimeAsync(() => rig.Room.IsOpen);
        rig.IsLocked = true;
        await rig.HappensAsync(Opens(Noon));

        await rig.InTimeAsync(() => rig.Working.IsFaulted);
        var said = Assert.Single(rig.Self.Problems);
        Assert.Equal((Gravity.Public, "Notices by webhook " + Problem.NothingGoesOut), (said.Gravity, said.Sentence));

        rig.IsLocked = false;
        rig.Work();
        await PostroomRig.UntilAsync(() => !rig.Sent.IsEmpty);
        await rig.InTimeAsync(() => rig.Self.Problems.IsEmpty && rig.Room.View.Total.Sent == 1);
        Assert.Single(rig.Sent);
    }

    [Theory]
    [InlineData(false, 4, null)]
    [InlineData(false, 12, "Notices by email are delayed; the oldest waits for 12 min.")]
    [InlineData(true, 0, "Notices by email, the oldest waiting for less than a minute, " + Problem.NothingGoesOut)]
    [InlineData(true, 12, "Notices by email, the oldest waiting for 12 min, " + Problem.NothingGoesOut)]
    public void What_readers_hear_of_a_channel_says_how_long_the_oldest_waits(bool isStopped, int minutes, string? sentence) =>
        Assert.Equal(sentence, Lateness.Sentence("email", isStopped, Noon.AddMinutes(-minutes), Noon));

    [Fact(Timeout = Patience)]
    public async Task New_settings_wait_for_what_is_in_hand_and_nobody_is_told_twice_for_them()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        rig.Answer = static _ => StubProcess.InHand;
        await rig.HappensAsync(Opens(Noon));
        await PostroomRig.UntilAsync(() => rig.Sent.Count == 1);
        rig.Rate = "2";
        await rig.BeatAsync(5);
        var first = Assert.Single(rig.Processes);
        Assert.False(first.IsKilled);

        await first.SayAsync(new() { Done = new(rig.Sent.Single().Key, Handover.Delivered("200")) }, Ct);
        await rig.BeatUntilAsync(() => rig.Processes.Count == 2 && rig.Room.View is { IsReady: true, Total.Sent: 1 });

        Assert.True(first.IsKilled);
        Assert.Equal((0, 0), (rig.Room.View.Ambiguous, rig.Room.View.Restarts));
        Assert.Single(rig.Sent);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_hangs_while_settings_change_holds_them_up_for_seconds_and_is_to_blame_for_nothing()
    {
        var medium = new MemoryQueueMedium();
        await using var rig = await PostroomRig.StartAsync(medium);
        rig.Answer = static _ => StubProcess.InHand;
        await rig.HappensAsync(Opens(Noon));
        for (var change = 1; change <= 4; change++)
        {
            await rig.BeatUntilAsync(() => rig.Sent.Count == change);
            rig.Rate = $"changed {change} times";
            await rig.BeatAsync(5);
            Assert.False(rig.Processes.Last().IsKilled);
            await rig.BeatUntilAsync(() => rig.Processes.Count == change + 1);
        }

        await rig.BeatUntilAsync(() => rig.Sent.Count == 5);
        var stream = Assert.Single(medium.Streams.Values);
        Assert.Equal((0, PieceState.Pending), (stream.Crashes, stream.Pieces.Single().State));
        await rig.BeatUntilAsync(() => rig.Room.View.Ambiguous == 4);
        Assert.Equal(0, rig.Room.View.Restarts);
    }

    [Fact(Timeout = Patience)]
    public async Task Settings_that_say_the_same_touch_no_process()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await PostroomRig.UntilAsync(() => !rig.Processes.IsEmpty);
        await rig.BeatAsync(30);
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Room.View.Total.Sent == 1);

        Assert.False(Assert.Single(rig.Processes).IsKilled);
    }

    [Fact(Timeout = Patience)]
    public async Task A_process_that_holds_something_beyond_its_time_is_replaced_and_that_alone_is_suspected()
    {
        var medium = new MemoryQueueMedium();
        await using var rig = await PostroomRig.StartAsync(medium, subscribers: 2);
        rig.Answer = message => message.Address.Contains("receiver1", StringComparison.Ordinal) ? StubProcess.InHand : Handover.Delivered("200");
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Room.View.Total.Sent == 1);
        rig.Answer = static _ => StubProcess.InHand;
        await rig.BeatAsync(10);
        await rig.HappensAsync(Says(Noon.AddSeconds(10), 2, IncidentStatus.Identified));
        await rig.BeatUntilAsync(() => rig.Sent.Count == 3);
        Assert.False(Assert.Single(rig.Processes).IsKilled);

        await rig.BeatUntilAsync(() => rig.Processes.First().IsKilled && medium.Streams.Values.Any(static stream => stream.Crashes > 0));

        Assert.Equal([1, 0], medium.Streams.Values.OrderBy(static stream => stream.Subscriber.Value, StringComparer.Ordinal).Select(static stream => stream.Crashes));
    }

    [Fact(Timeout = Patience)]
    public async Task A_process_that_says_nothing_for_fifteen_seconds_is_replaced()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await PostroomRig.UntilAsync(() => !rig.Processes.IsEmpty);
        await rig.BeatAsync(40);
        var first = Assert.Single(rig.Processes);
        Assert.False(first.IsKilled);
        for (var second = 0; second < 15; second++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(first.IsKilled);
        await rig.InTimeAsync(() => first.IsKilled && rig.Processes.Count == 2);
    }

    [Theory(Timeout = Patience)]
    [InlineData("pending")]
    [InlineData("told of the first")]
    [InlineData("gone")]
    public async Task P_07_A_queue_that_knows_less_than_the_journal_is_settled_from_it_and_said(string older)
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(Opens(Noon));
        await PostroomRig.UntilAsync(() => rig.Sent.Count == 1);
        await rig.InTimeAsync(() => rig.Medium.Streams.Values.Any(static one => one.ToldUpTo == 1));
        var first = rig.Medium.Streams.Values.Single();
        await rig.HappensAsync(Says(Noon.AddSeconds(1), 2, IncidentStatus.Identified));
        await rig.InTimeAsync(() => rig.Journal.State.Told.TryGetValue(OutageTopic, out var told) && told.Single().SeqOf(1) == 2);
        Assert.Empty(rig.Self.Problems);
        rig.IsLocked = true;
        await rig.HappensAsync(Says(Noon.AddSeconds(2), 3, IncidentStatus.Monitoring));
        await rig.InTimeAsync(() => rig.Working.IsFaulted);

        rig.Medium.Streams.Clear();
        if (older != "gone")
        {
            rig.Medium.Streams[first.Key] = older == "pending"
                ? new NoticeStream(first.Subscriber, first.Topic).Accept([new(1, Noon, PieceState.Pending)])
                : first;
        }

        rig.IsLocked = false;
        rig.Work();
        await PostroomRig.UntilAsync(() => rig.Sent.Count >= 3);
        await rig.InTimeAsync(() => rig.Room.View.Total.Pending == 0 && rig.Room.View.Total.Sent > 0);

        Assert.Equal([3], rig.Sent.Last().Facts.Updates.Select(static update => update.Seq));
        Assert.Equal(3, rig.Sent.Count);
        Assert.Contains(rig.Self.Problems, static one => one.Key == "notices:queue:webhook" && one.Sentence.Contains("knew less than the journal", StringComparison.Ordinal));
        Assert.Equal(1, rig.Room.View.Mended);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_no_fact_brings_is_found_by_asking_again()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(new SubscriberWishesChanged(Noon, IdOf(1), new(Channel) { MinimumImpact = Impact.Critical }), Opens(Noon, status: ComponentStatus.DegradedPerformance));
        await rig.InTimeAsync(() => rig.Medium.Done == rig.Journal.Current.Position);

        // No fact of the incident says so, and nobody brings it.
        await rig.HappensAsync(new SubscriberWishesChanged(Noon, IdOf(1), new(Channel)));
        Assert.Empty(rig.Sent);
        await rig.InTimeAsync(() => rig.Sent.Count == 1);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_wishes_for_more_is_told_of_what_goes_on_and_nothing_was_missing()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(
            new ComponentAdded(Noon, new(Mail, "Mail", null, 1)),
            new SubscriberJoined(Noon, IdOf(2), new(NoticeWorld.Channel) { Components = [Mail] }, Confirmed: true),
            Opens(Noon));
        await rig.InTimeAsync(() => rig.Room.View.Total.Sent == 1 && rig.Time.GetUtcNow() > Noon.AddMinutes(3));

        await rig.HappensAsync(new SubscriberWishesChanged(rig.Time.GetUtcNow(), IdOf(2), new(NoticeWorld.Channel)));
        await rig.InTimeAsync(() => rig.Room.View.Total.Accepted == 2);

        Assert.Equal(0, rig.Room.View.Mended);
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_settled_long_ago_is_gone_from_the_queue_and_from_what_others_see()
    {
        var medium = new MemoryQueueMedium();
        var old = new NoticeStream(IdOf(1), Topic.Of(new IncidentId("longago00000")))
            .Accept([new(1, Noon.AddDays(-40), PieceState.Suppressed) { SettledAt = Noon.AddDays(-40) }]);
        medium.Streams[old.Key] = old;
        await using var rig = await PostroomRig.StartAsync(medium);
        await rig.HappensAsync(Opens(Noon));

        await rig.InTimeAsync(() => rig.Room.View.Total.Sent == 1);

        // Some minutes after the start, when nothing waits any more.
        await rig.InTimeAsync(() => rig.Room.View.Total.Accepted == 1 && medium.Streams.Count == 1);

        Assert.Equal([OutageTopic], rig.Room.View.ByTopic.Keys);
        Assert.Equal([OutageTopic], medium.Streams.Keys.Select(static key => key.Topic));
    }
}
