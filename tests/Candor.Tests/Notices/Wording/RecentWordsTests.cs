using System.Text.Json;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Notices.Workers;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Wording;

/// <summary>Words that were written a moment ago are those that would be written now.</summary>
public sealed class RecentWordsTests
{
    private const int Updates = 4;
    private const int People = 24;
    private static readonly IncidentId Other = new("other0000000");
    private static readonly MaintenanceId Work = new("work00000000");
    private static readonly string[] Channels = ["email", "webhook"];
    private static readonly string?[] Languages = [null, "en", "de"];
    private static readonly string?[] Zones = [null, "Europe/Berlin", "Asia/Kolkata"];
    private static readonly string?[] Reasons = [null, "timeout"];
    private static readonly DigestEvery[] Everies = [DigestEvery.Hourly, DigestEvery.Daily];

    private readonly RecentWords recent = new();

    /// <summary>Whoever hears it, of whatever, in whatever order: nobody gets words that are not theirs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nobody_hears_what_would_not_have_been_written_for_them(int seed)
    {
        var random = new Random(seed);
        var (world, now, same) = (Beginning(), Noon.AddMinutes(30), 0);
        for (var i = 0; i < 1_500; i++)
        {
            now += random.Next(20) == 0 ? TimeSpan.FromSeconds(random.Next(1, 600)) : TimeSpan.Zero;
            world = random.Next(40) == 0 ? World.Fold(world, new IncidentUpdated(now, Outage, Seq(world) + 1, IncidentStatus.Identified, $"Word {i}.", Automatic: false, [])) : world;
            var order = Order(random, world, now);

            var (words, fresh) = (recent.Of(order), MessageWriter.Words(order));

            Assert.Equal(Json(fresh), Json(words));
            same += ReferenceEquals(recent.Of(order), words) ? 1 : 0;
        }

        Assert.InRange(same, 1_000, 1_499);
    }

    /// <summary>Written once for a crowd; with the links of each at its end.</summary>
    [Fact]
    public void Of_a_crowd_nearly_everybody_gets_the_same_words_and_their_own_links()
    {
        var world = Beginning();
        int[] alike = [1, 19];
        var written = alike.Select(number =>
        {
            var order = Order(world, number, Topic.Of(Outage), [1], Noon.AddMinutes(1), "email") with
            {
                ManageUrl = $"https://status.example.com/subscriptions/{number}", UnsubscribeUrl = $"https://status.example.com/unsubscribe/{number}",
            };
            return MessageWriter.Write(order, recent.Of(order));
        }).ToList();

        Assert.Same(written[0].Words, written[1].Words);
        Assert.All(written, (message, i) =>
        {
            Assert.EndsWith($"\nChange what you are told: https://status.example.com/subscriptions/{alike[i]}\nUnsubscribe: https://status.example.com/unsubscribe/{alike[i]}\n", message.Text, StringComparison.Ordinal);
            Assert.Contains($"href=\"https://status.example.com/unsubscribe/{alike[i]}\"", message.Html, StringComparison.Ordinal);
        });
    }

    /// <summary>What is in a digest, and where a link leads, depends on whoever gets it.</summary>
    [Fact]
    public void What_is_said_to_one_person_alone_is_written_each_time()
    {
        var world = Beginning();
        Topic[] theirs = [Topic.Of(IdOf(1)), Topic.OfDigest(DigestEvery.Hourly), Topic.OfDigest(DigestEvery.Daily)];
        Assert.All(theirs, topic =>
        {
            var order = Order(world, 1, topic, [1], Noon.AddMinutes(1), "email");
            Assert.NotSame(recent.Of(order), recent.Of(order));
        });
    }

    [Fact]
    public void What_is_a_second_old_or_from_before_the_clock_was_put_back_is_written_anew()
    {
        var world = Beginning();
        MessageWords At(double seconds) => recent.Of(Order(world, 1, Topic.Of(Outage), [1], Noon.AddSeconds(60 + seconds), "email"));
        var first = At(0);

        Assert.Same(first, At(0.999));
        Assert.NotSame(first, At(1));
        Assert.NotSame(At(1), At(0.5));
    }

    private static World Beginning() => Folded(
    [
        Opens(Noon), Opens(Noon.AddMinutes(1), Other),
        .. Enumerable.Range(2, Updates - 1).Select(static seq => Says(Noon.AddMinutes(seq), seq, IncidentStatus.Identified)),
        new MaintenanceScheduled(Noon, Work, new("New disks", Noon.AddHours(1), Noon.AddHours(2), [Home]), "New ones.", new("person:ada")),
        .. Enumerable.Range(1, People).Select(static number => new SubscriberJoined(
            Noon, IdOf(number), new("email") { Language = Languages[number % 3], TimeZone = Zones[number / 3 % 3] }, Confirmed: true)),
        .. Enumerable.Range(1, People).Select(static number => new SubscriberAsked(Noon.AddSeconds(number), IdOf(number))),
    ], Start(0));

    private static int Seq(World world) => world.Incidents[Outage].Updates[^1].Seq;

    private static MessageOrder Order(Random random, World world, DateTimeOffset now)
    {
        var number = random.Next(1, People + 1);
        var topic = random.Next(8) switch
        {
            0 => Topic.Of(Work), 1 => Topic.OfSchedule(Work), 2 => Topic.Of(IdOf(number)), 3 => Topic.OfDigest(Everies[random.Next(2)]), 4 => Topic.Of(Other), _ => Topic.Of(Outage),
        };
        int[] pending = topic == Topic.Of(Outage) ? [.. Enumerable.Range(1, Updates).Where(_ => random.Next(2) == 0).DefaultIfEmpty(1)] : [1];
        var order = Order(world, number, topic, pending, now, Channels[random.Next(2)]);
        order = order with
        {
            Stream = order.Stream with { Reason = Reasons[random.Next(2)] },
            ManageUrl = $"https://status.example.com/subscriptions/{number}",
        };

        // Some are told of more at once.
        return random.Next(6) == 0 && topic == Topic.Of(Outage)
            ? order with { Others = [Order(world, number, Topic.Of(Other), [1], now, order.Channel).Stream] }
            : order;
    }

    private static MessageOrder Order(World world, int number, Topic topic, int[] pending, DateTimeOffset now, string channel)
    {
        // What waits longer was said at the same time for everybody, or is a row of an older build.
        var stream = new NoticeStream(IdOf(number), topic).Accept(pending.Select(seq => new Piece(seq, Noon.AddMinutes(seq - (number % 2)), PieceState.Pending)));
        return new(world, world.Subscribers[IdOf(number)], stream.Begin(channel, now), now) { Channel = channel, Address = "a", View = TopicView.EvenHidden(world, topic) };
    }

    private static string Json(MessageWords words) => JsonSerializer.Serialize(words, WorkerJson.Default.MessageWords);
}
