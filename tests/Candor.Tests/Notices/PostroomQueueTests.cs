using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Queue.Memory;
using Candor.State;
using Candor.State.Incidents;
using Candor.Watching;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>What a post room knows beside its queue, brings into it, and says of it.</summary>
public sealed class PostroomQueueTests
{
    private const int Patience = 120_000;

    [Fact(Timeout = Patience)]
    public async Task P_07_An_empty_queue_of_a_journal_that_knows_who_was_told_is_made_anew_and_said_for_a_day()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Journal.State.Told.ContainsKey(OutageTopic));
        rig.IsLocked = true;
        await rig.HappensAsync(Says(Noon.AddSeconds(2), 2, IncidentStatus.Identified));
        await rig.BeatUntilAsync(() => rig.Working.IsFaulted);

        // As `candor restore` leaves it.
        rig.Medium.Streams.Clear();
        rig.Medium.Done = Position.Start;
        rig.IsLocked = false;
        rig.Work();
        await rig.BeatUntilAsync(() => rig.Sent.Count == 2 && rig.Room.View.Total.Sent == 2);

        Assert.Equal([2], rig.Sent.Last().Facts.Updates.Select(static update => update.Seq));
        Assert.Equal(
            (Gravity.Private, "The queue of the channel webhook was not there and is made anew from the journal."),
            Assert.Single(rig.Self.Problems) is var said ? (said.Gravity, said.Sentence) : default);
        Assert.Equal((0, 0), (rig.Room.View.Mended, rig.Room.View.Ambiguous));

        await rig.BeatAsync(130);
        Assert.Single(rig.Self.Problems);
        rig.Time.Advance(TimeSpan.FromDays(1));
        await rig.BeatUntilAsync(() => rig.Self.Problems.IsEmpty);
    }

    [Fact(Timeout = Patience)]
    public async Task The_first_queue_of_a_channel_is_nothing_to_be_said()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Room.View.Total.Sent == 1);

        Assert.Empty(rig.Self.Problems);
    }

    [Fact(Timeout = Patience)]
    public async Task The_end_of_what_an_incident_goes_on_in_closes_that_one_at_once_in_a_list_of_what_is_open()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        var slow = new IncidentId("slow00000000");
        await rig.HappensAsync(Opens(Noon, slow));
        await rig.BeatUntilAsync(() => rig.Journal.State.Told.ContainsKey(Topic.Of(slow)));
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Sent.Count == 2);
        await rig.HappensAsync([.. IncidentDecisions.Merge(rig.Journal.State, Noon, new("person:ada"), slow, new(Outage)).Events]);
        await rig.BeatUntilAsync(() => rig.Sent.Count >= 3 && rig.Room.View is { IsReady: true, InFlight: 0, Total.Pending: 0 });
        var thread = rig.Sent.First().Thread;
        var before = rig.Sent.Count(message => message.Thread == thread);

        // No time passes from here on, so nobody looks again by the clock.
        await rig.HappensAsync(Says(Noon, rig.Journal.State.Incidents[Outage].Updates.Length + 1, IncidentStatus.Resolved));

        await PostroomRig.UntilAsync(() => rig.Sent.Count(message => message.Thread == thread) == before + 1);
    }

    [Fact(Timeout = Patience)]
    public async Task How_fast_the_one_server_takes_it_is_known_also_after_the_room_began_anew()
    {
        await using var rig = await PostroomRig.StartAsync(new ByOneServer(), static number => $"https://receiver{number}.example/", new(), subscribers: 300);
        rig.Answer = static _ => Handover.TryAgain(Blame.None, "throttled", "450", stress: true);
        await rig.HappensAsync(Opens(Noon));
        await rig.BeatUntilAsync(() => rig.Medium.Streams.Values.Any(static one => one.Tries > 0 && one.Attempt is null));
        rig.IsLocked = true;
        await rig.HappensAsync(Says(Noon, 2, IncidentStatus.Identified));
        await rig.BeatUntilAsync(() => rig.Working.IsFaulted);
        rig.Answer = static _ => Handover.Delivered("250");
        rig.IsLocked = false;
        var before = rig.Sent.Count;
        rig.Work();

        await rig.BeatUntilAsync(() => rig.Sent.Count > before);
        await rig.BeatAsync(1);

        Assert.InRange(rig.Sent.Count - before, 1, 100);
    }

    /// <summary>A kind whose messages all go by one server, as mail does.</summary>
    private sealed class ByOneServer : IChannelKind
    {
        private readonly WebhookKind webhook = new();

        public string Name => webhook.Name;

        public ChannelTiming Timing { get; } = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)) { Nominal = 1_000, ByOneServer = true };

        public (string? Address, Refusal? Refusal) ReadAddress(string text) => webhook.ReadAddress(text);

        public string DestinationOf(string address) => webhook.DestinationOf(address);

        public IChannel Open(ChannelSettings settings, ChannelTools tools) => webhook.Open(settings, tools);
    }
}
