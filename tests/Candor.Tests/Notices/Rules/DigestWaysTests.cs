using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>Whoever changes between each word, an hour's and a day's hears every word once.</summary>
public sealed class DigestWaysTests
{
    private const string Mails = "email";
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly DigestEvery[] Ways = [DigestEvery.Each, DigestEvery.Hourly, DigestEvery.Daily];

    private readonly Outbox outbox = new(Mails, Timing, static id => id.Value + ".example", static () => 0.5);
    private readonly List<(string Incident, int Seq)> heard = [];
    private readonly List<(string Incident, int Seq)> said = [];
    private World world = Folded(
    [
        new PageConfigured(Noon, new("heroncopier1", "Heron Copier", "Europe/Berlin") { Url = "https://status.example.com" }),
        new ComponentAdded(Noon, new(Home, "Homepage", null, 0)),
    ]);

    public static TheoryData<string, string, int> AllChanges =>
    [
        .. from before in Ways
           from after in Ways
           where before != after
           from minute in (int[])[62, 95, 19 * 60, (20 * 60) + 5, (21 * 60) + 30]
           select (before.ToString(), after.ToString(), minute),
    ];

    /// <summary>Noon is one o'clock in Berlin, so a day is over at 07:00 of this clock.</summary>
    [Theory]
    [MemberData(nameof(AllChanges))]
    public void Each_change_tells_what_was_said_before_and_after_once(string before, string after, int minute)
    {
        Joins(1, Enum.Parse<DigestEvery>(before));
        Say(Opens(At(5)));
        for (var at = 10; at < 48 * 60; at += 10)
        {
            if (at % 30 == 0)
            {
                Say(Says(At(at), NextSeq(Outage), IncidentStatus.Investigating));
            }

            Pass(At(at));
            if (at == minute / 10 * 10)
            {
                Changes(1, At(minute), Enum.Parse<DigestEvery>(after));
            }

            Deliver(At(at));
        }

        End(At(48 * 60));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void However_often_somebody_changes_they_hear_each_word_once(int seed, bool others)
    {
        var chance = new Random(seed);
        if (others)
        {
            Joins(2, DigestEvery.Hourly);
            Joins(3, DigestEvery.Daily);
        }

        Joins(1, Ways[chance.Next(3)]);
        var open = new List<IncidentId>();
        for (var at = 10; at < 5 * 24 * 60; at += 10)
        {
            if (chance.Next(10) == 0)
            {
                var id = open.Count == 0 || chance.Next(4) == 0 ? new IncidentId($"incident{open.Count:000}") : open[chance.Next(open.Count)];
                Say(open.Contains(id) ? Says(At(at), NextSeq(id), IncidentStatus.Investigating, id: id) : Opens(At(at), id));
                open = open.Contains(id) ? open : [.. open, id];
            }

            // Nobody was there to close an hour for a while: it is closed later.
            if (chance.Next(8) != 0)
            {
                Pass(At(at));
            }

            if (chance.Next(25) == 0)
            {
                Changes(1, At(at).AddSeconds(chance.Next(500)), Ways[chance.Next(3)]);
            }

            if (chance.Next(4) != 0)
            {
                Deliver(At(at));
            }
        }

        End(At(5 * 24 * 60));
    }

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    private static Moment Now(DateTimeOffset at) => new(at, at - DateTimeOffset.UnixEpoch);

    private int NextSeq(IncidentId id) => world.Incidents[id].Updates.Length + 1;

    private void Joins(int number, DigestEvery way) =>
        world = Folded([new SubscriberJoined(Noon, IdOf(number), new(Mails) { Digest = way }, Confirmed: true)], world);

    private void Changes(int number, DateTimeOffset at, DigestEvery way) => Happens(new SubscriberWishesChanged(at, IdOf(number), new(Mails) { Digest = way }));

    private void Say(Event word)
    {
        Happens(word);
        var incident = word is IncidentOpened opened ? opened.Incident : ((IncidentUpdated)word).Incident;
        said.Add((incident.Value, world.Incidents[incident].Updates.Length));
    }

    private void Happens(Event happened)
    {
        world = World.Fold(world, happened);
        foreach (var topic in Topics.Of(happened))
        {
            outbox.Accept(world, topic, Now(happened.At));
        }
    }

    /// <summary>What time alone brings, and the question for everything that is asked each minute.</summary>
    private void Pass(DateTimeOffset at)
    {
        foreach (var due in DigestClock.Due(world, at).ToList())
        {
            Happens(due);
        }

        foreach (var topic in Topics.Current(world, at))
        {
            outbox.Accept(world, topic, Now(at));
        }
    }

    private void Deliver(DateTimeOffset at)
    {
        foreach (var stream in outbox.Begin(world, Now(at), 1_000).Started)
        {
            var facts = MessageWriter.Write(new(world, world.Subscribers[stream.Subscriber], stream, at) { Channel = Mails, Address = "ada@example.com" }).Facts;
            if (stream.Subscriber == IdOf(1))
            {
                Assert.True(stream.Topic.Digest is null || facts.Parts.Length > 0, "A digest said nothing.");
                heard.AddRange((facts.Parts.IsDefaultOrEmpty ? [facts] : facts.Parts).SelectMany(static one => one.Updates.Select(update => (one.Id, update.Seq))));
            }

            outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("250 ok"), Now(at));
        }
    }

    private void End(DateTimeOffset at)
    {
        for (var hour = 1; hour <= 26; hour++)
        {
            Pass(at.AddHours(hour));
            Deliver(at.AddHours(hour));
        }

        Assert.Equal(said.Order(), heard.Order());
    }
}
