using Candor.Notices.Rules;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>The page counts who waits without making what they would be told; what the rules make of everybody says how many that are.</summary>
public sealed class WaitingTests
{
    private static readonly IncidentId Slow = new("slow00000000");
    private static readonly IncidentId Third = new("third0000000");
    private static readonly Actor Ada = new("person:ada");

    [Fact]
    public void As_many_wait_as_have_something_to_be_told_whatever_has_happened_and_whatever_they_wish()
    {
        var (random, seen) = (new Random(3), new HashSet<int>());
        for (var round = 0; round < 400; round++)
        {
            var world = Anything(random);
            var now = Noon.AddMinutes(random.Next(10, 60));
            foreach (var incident in world.Incidents.Values)
            {
                var settled = NumberSet.Of(Enumerable.Range(1, 12).Where(_ => random.Next(6) == 0));
                var waiting = TopicView.Of(world, Topic.Of(incident.Id)) is { } view
                    ? world.Subscribers.Values.Count(one => !settled.Contains(one.Number) && IsToBeTold(one, view, now)) : 0;

                Assert.Equal(waiting, Waiting.Of(world, incident, settled, now));
                seen.Add(waiting);
            }
        }

        Assert.True(seen.Count >= 8, $"only {string.Join(' ', seen.Order())} ever waited");
    }

    private static bool IsToBeTold(Subscriber subscriber, TopicView view, DateTimeOffset now) =>
        Accepting.Of(subscriber, view, null) is { HasPending: true } stream
        && Collapse.Of(stream, subscriber, view, now).Kind is StepKind.Send or StepKind.Wait;

    private static World Anything(Random random)
    {
        var world = Folded(Enumerable.Range(1, 12).Select(number => Joins(random, number)), Start(0));
        foreach (var id in (IncidentId[])[Outage, Slow, Third])
        {
            world = World.Fold(world, Opens(At(random), id, automatic: random.Next(2) == 0));
        }

        for (var step = random.Next(12); step > 0; step--)
        {
            world = Folded(Happens(world, random), world);
        }

        return world;
    }

    private static IEnumerable<Event> Happens(World world, Random random)
    {
        var incident = world.Incidents[random.Next(3) switch { 0 => Outage, 1 => Slow, _ => Third }];
        var (at, somebody, isOpen) = (At(random), IdOf(random.Next(1, 13)), incident is { IsOpen: true });
        var into = world.Incidents.Values.Where(one => one.IsOpen && one.Id != incident.Id).OrderBy(static one => one.Id.Value, StringComparer.Ordinal).FirstOrDefault();
        return random.Next(9) switch
        {
            0 or 1 when isOpen => [Says(at, incident.Updates.Length + 1, IncidentStatus.Identified, quiet: random.Next(2) == 0, id: incident.Id)],
            2 when isOpen => [Says(at, incident.Updates.Length + 1, IncidentStatus.Resolved, id: incident.Id)],
            3 when isOpen && into is not null => [new IncidentMerged(at, incident.Id, into.Id, Ada)],
            4 when incident.Removed is null && incident.Merged is null && random.Next(3) == 0 => [new IncidentRemoved(at, incident.Id, "A mistake.", Ada)],
            5 => [new NoticesHandedOver(at, Channel, [new(Topic.Of(incident.Id), 1, NumberSet.Of([random.Next(1, 13), random.Next(1, 13)]))])],
            6 => [random.Next(2) == 0 ? new SubscriberLeft(at, somebody) : new SubscriberStopped(at, somebody, StopReason.Bounced)],
            7 when random.Next(3) == 0 => [new ComponentChanged(at, world.Components[Home].Definition with { OnlyFor = random.Next(2) == 0 ? ["staff"] : [] })],
            8 => [new SubscriberWishesChanged(at, somebody, Wishes(random))],
            _ => [],
        };
    }

    private static SubscriberJoined Joins(Random random, int number) => new(At(random).AddMinutes(-4), IdOf(number), Wishes(random), Confirmed: random.Next(8) > 0);

    private static SubscriberWishes Wishes(Random random) => new(random.Next(4) switch { 0 => "email", 1 => "pagerduty", _ => Channel })
    {
        Components = random.Next(4) switch { 0 => [Home], 1 => [Mail], _ => [] },
        Incidents = random.Next(4) == 0 ? [Slow] : [],
        OnlyIncidents = random.Next(8) == 0,
        MinimumImpact = random.Next(4) == 0 ? Impact.Critical : Impact.None,
        Digest = random.Next(6) == 0 ? DigestEvery.Hourly : DigestEvery.Each,
        Reminders = random.Next(4) == 0,
    };

    private static DateTimeOffset At(Random random) => Noon.AddSeconds(random.Next(0, 600));
}
