using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Notices;

/// <summary>A small world in which something happens and somebody wants to know.</summary>
internal static class NoticeWorld
{
    public const string Channel = "webhook";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ComponentId Home = new("home00000000");
    public static readonly ComponentId Mail = new("mail00000000");
    public static readonly IncidentId Outage = new("outage000000");
    public static readonly Topic OutageTopic = Topic.Of(Outage);

    public static World Start(int subscribers) => Folded(
    [
        new PageConfigured(Noon, new("heroncopier1", "Heron Copier", "UTC") { Url = "https://status.example.com" }),
        new ComponentAdded(Noon, new(Home, "Homepage", null, 0)),
        new ComponentAdded(Noon, new(Mail, "Mail", null, 1)),
        .. Enumerable.Range(1, subscribers).Select(Joins),
    ]);

    public static SubscriberJoined Joins(int number) => new(Noon, IdOf(number), new(Channel), Confirmed: true);

    public static SubscriberId IdOf(int number) => new($"sub{number:000000000}");

    public static World Folded(IEnumerable<Event> events, World? from = null) => events.Aggregate(from ?? World.Empty, World.Fold);

    public static IncidentOpened Opens(DateTimeOffset at, IncidentId? id = null, bool automatic = false, ComponentStatus status = ComponentStatus.MajorOutage) => new(
        at, id ?? Outage, "Homepage is down", at, automatic, Published: true, "We are looking.", [new(Home, status, at)]);

    public static IncidentUpdated Says(
        DateTimeOffset at, int seq, IncidentStatus status, bool automatic = false, bool quiet = false, IncidentId? id = null) =>
        new(at, id ?? Outage, seq, status, $"Update {seq}.", automatic, ImmutableArray<ComponentImpact>.Empty) { Quiet = quiet };
}
