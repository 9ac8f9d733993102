using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State;

/// <summary>Who joins, changes and leaves, decided against the facts. Leaving twice is no fault: links are pressed twice.</summary>
internal static partial class SubscriberDecisions
{
    private const int ComponentsMost = 500;

    /// <summary>Of incidents that one subscriber follows by themselves; the ones from before go first.</summary>
    public const int IncidentsMost = 50;

    private const int LanguageLimit = 35;
    private const int ZoneLimit = 60;

    /// <summary>One mail a day with a link is what anybody can bring upon an address.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(24);

    /// <summary>
    /// Somebody is entered, or told differently. Whoever has left or complained stays away, whoever else enters them: they
    /// come back by themselves. Whom an operator took out an operator can enter again, and where messages only did not arrive,
    /// entering again is trying again.
    /// </summary>
    /// <param name="by">Null: they themselves.</param>
    public static Decision<Event> Join(
        World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes, bool confirmed, Actor? by) =>
        ((by is { } named ? Refusing.Unnamed(named) : null) ?? Against(world, wishes, id) ?? Erased(world, id)) switch
        {
            { } no => no,
            null => world.Subscribers.GetValueOrDefault(id) switch
            {
                { IsTold: true, EnteredByStranger: true } there when by is { } vouches => VouchedFor(at, there, Following(there, wishes), vouches),
                { IsTold: true } there => Changed(at, there, Following(there, wishes)),
                { } gone when by is not null && StaysAway(gone) => Left,
                _ => new Event[] { new SubscriberJoined(at, id, wishes, confirmed) { By = by } },
            },
        };

    /// <summary>
    /// A reader wants this address to be told. Nothing of a confirmed subscription is touched by it: whoever has the address
    /// gets the link, and only the link changes anything. Asked again within a day, nothing happens.
    /// </summary>
    public static Decision<Event> Ask(World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes) =>
        (Against(world, wishes) ?? Hidden(world, wishes) ?? Unknown(world, wishes) ?? Erased(world, id)) switch
        {
            { } no => no,
            null => world.Subscribers.GetValueOrDefault(id) switch
            {
                { Stopped: StopReason.Complaint } => Array.Empty<Event>(),
                { AskedAt: { } before } when at < before + AskAgainAfter => Array.Empty<Event>(),
                { IsTold: true } => new Event[] { new SubscriberAsked(at, id) },
                _ => new Event[] { new SubscriberJoined(at, id, wishes, Confirmed: false), new SubscriberAsked(at, id) },
            },
        };

    /// <summary>
    /// A list brings somebody. Whoever has left stays away, and whoever is told keeps being told: a list changes what they are
    /// told and asks nobody twice. A row that says nothing new of somebody is no word of the operator's about their address: it
    /// may come from a list that was saved here.
    /// </summary>
    /// <param name="ask">They confirm first; otherwise whoever brings the list vouches that they want to be told.</param>
    public static Decision<Event> Enter(World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes, bool ask, Actor by) =>
        (Refusing.Unnamed(by) ?? Against(world, wishes, id) ?? Erased(world, id)) switch
        {
            { } no => no,
            null => world.Subscribers.GetValueOrDefault(id) switch
            {
                { LeftAt: not null } => Array.Empty<Event>(),
                { IsTold: true, EnteredByStranger: true } there when !there.Wishes.SameAs(Following(there, wishes)) => VouchedFor(at, there, Following(there, wishes), by),
                { IsTold: true } there => Changed(at, there, Following(there, wishes)),
                { AskedAt: { } before } when ask && at < before + AskAgainAfter => Array.Empty<Event>(),
                _ when ask => new Event[] { new SubscriberJoined(at, id, wishes, Confirmed: false) { By = by }, new SubscriberAsked(at, id) { By = by } },
                _ => new Event[] { new SubscriberJoined(at, id, wishes, Confirmed: true) { By = by } },
            },
        };

    /// <summary>An operator enters an address that a stranger had entered and confirmed: from now on it is the operator's word.</summary>
    private static Decision<Event> VouchedFor(DateTimeOffset at, Subscriber there, SubscriberWishes wishes, Actor by) =>
        new Event[] { new SubscriberJoined(at, there.Id, wishes, Confirmed: true) { By = by } };

    /// <summary>An operator has the link sent again; they are not held to one a day, and are named.</summary>
    public static Decision<Event> AskFor(World world, DateTimeOffset at, SubscriberId id, Actor by) =>
        (Find(world, id, out var there) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when there.LeftAt is not null => new Refusal("left", "They have left; only they can come back, by subscribing again.", "id"),
            null => new Event[] { new SubscriberAsked(at, id) { By = by } },
        };

    /// <summary>Whoever holds the link is the one at the address: what they wish now counts from this moment.</summary>
    public static Decision<Event> ConfirmWith(World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes) =>
        (Find(world, id, out var there) ?? Against(world, wishes) ?? Hidden(world, wishes)) switch
        {
            { } no => no,
            null when there.Wishes.Channel != wishes.Channel => OtherChannel,
            null when there.LeftAt is not null => new Event[] { new SubscriberJoined(at, id, wishes, Confirmed: true) },
            null when there.ConfirmedAt is null =>
                there.Wishes.SameAs(wishes) ? new Event[] { new SubscriberConfirmed(at, id) }
                : new Event[] { new SubscriberWishesChanged(at, id, wishes), new SubscriberConfirmed(at, id) },
            null => there.Wishes.SameAs(wishes) ? Array.Empty<Event>() : new Event[] { new SubscriberWishesChanged(at, id, wishes) },
        };

    public static Decision<Event> Confirm(World world, DateTimeOffset at, SubscriberId id) => Find(world, id, out var there) switch
    {
        { } no => no,
        null when there.ConfirmedAt is not null => Array.Empty<Event>(),
        null => new Event[] { new SubscriberConfirmed(at, id) },
    };

    public static Decision<Event> Change(World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes) =>
        (Find(world, id, out var there) ?? Against(world, wishes)) switch
        {
            { } no => no,
            null when there.Wishes.Channel != wishes.Channel =>
                OtherChannel,
            null => new Event[] { new SubscriberWishesChanged(at, id, wishes) },
        };

    /// <summary>An operator has a responder reminded of what is due, or no more.</summary>
    public static Decision<Event> Remind(World world, DateTimeOffset at, SubscriberId id, bool reminded) => Find(world, id, out var there) switch
    {
        { } no => no,
        null when !there.IsTold => new Refusal("not_told", "Only somebody who is told can be reminded; they have left, or have not confirmed.", "id"),
        null => Changed(at, there, there.Wishes with { Reminders = reminded }),
    };

    /// <summary>
    /// An operator has somebody told of one incident. Whoever is told already keeps all that they have; whoever is not is told
    /// of this and of nothing else.
    /// </summary>
    public static Decision<Event> Follow(World world, DateTimeOffset at, SubscriberId id, string channel, IncidentId incident, Actor by) =>
        (Refusing.Unnamed(by) ?? Unfollowable(world, incident) ?? Erased(world, id)) switch
        {
            { } no => no,
            null when world.Subscribers.GetValueOrDefault(id) is { IsTold: true } there => there.Wishes.Incidents.Contains(incident)
                ? Array.Empty<Event>()
                : Changed(at, there, there.Wishes with { Incidents = [.. there.Wishes.Incidents.TakeLast(IncidentsMost - 1), incident] }),
            null when world.Subscribers.GetValueOrDefault(id) is { } gone && StaysAway(gone) => Left,
            null => new Event[]
            {
                new SubscriberJoined(at, id, new(channel) { Incidents = [incident], OnlyIncidents = true }, Confirmed: true) { By = by },
            },
        };

    /// <summary>One incident less; whoever was told of nothing else leaves with it.</summary>
    public static Decision<Event> Unfollow(World world, DateTimeOffset at, SubscriberId id, IncidentId incident, Actor by) =>
        (Find(world, id, out var there) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when there.LeftAt is not null || !there.Wishes.Incidents.Contains(incident) => NoSuch(id),
            null when there.Wishes.OnlyIncidents && there.Wishes.Incidents.Length == 1 => Leave(world, at, id, by),
            null => Changed(at, there, there.Wishes with { Incidents = there.Wishes.Incidents.Remove(incident) }),
        };

    public static Decision<Event> Leave(World world, DateTimeOffset at, SubscriberId id, Actor? by) => Find(world, id, out var there) switch
    {
        { } no => no,
        // Taken out by an operator, they say themselves that they want no more: from now on only they can come back.
        null when there.LeftAt is not null && !(by is null && there.TakenOut) => Array.Empty<Event>(),
        null => new Event[] { new SubscriberLeft(at, id) { By = by } },
    };

    /// <summary>Their side says that it is over; whoever has left already stays as they are, but for what they call unwanted.</summary>
    public static Decision<Event> Stop(World world, DateTimeOffset at, SubscriberId id, StopReason reason) =>
        world.Subscribers.TryGetValue(id, out var there)
        && (there.LeftAt is null || (reason == StopReason.Complaint && there is { Erased: false, Stopped: not StopReason.Complaint }))
            ? new Event[] { new SubscriberStopped(at, id, reason) }
            : Array.Empty<Event>();

    public static Decision<Event> Erase(World world, DateTimeOffset at, SubscriberId id) =>
        !world.Subscribers.TryGetValue(id, out var there) ? NoSuch(id)
        : there.Erased ? Array.Empty<Event>()
        : new Event[] { new SubscriberErased(at, id) };

    private static Decision<Event> Changed(DateTimeOffset at, Subscriber there, SubscriberWishes wishes) =>
        there.Wishes.SameAs(wishes) ? Array.Empty<Event>() : new Event[] { new SubscriberWishesChanged(at, there.Id, wishes) };

    /// <summary>Nobody but they themselves brings them back.</summary>
    private static bool StaysAway(Subscriber there) =>
        there.LeftAt is not null && (there.Stopped == StopReason.Complaint || there is { Stopped: null, TakenOut: false });

    private static Refusal Left { get; } =
        new("left", "They have left, or have called a message unwanted; only they can come back, by subscribing again.", "address");

    private static Refusal OtherChannel { get; } =
        new("channel_fixed", "A subscription keeps its channel; subscribe anew for another one.", "channel");

    /// <summary>Whoever is told of single incidents goes on being told of them, whatever else they wish from now on.</summary>
    private static SubscriberWishes Following(Subscriber there, SubscriberWishes wishes) =>
        wishes.Incidents.IsEmpty ? wishes with { Incidents = there.Wishes.Incidents } : wishes;

    /// <summary>Whether anybody may have themselves told of an incident: readers see it, and all of them do.</summary>
    public static bool MayFollow(World world, IncidentId id) =>
        Unfollowable(world, id) is null && world.Incidents[id].Published;

    /// <summary>For a stranger, what they do not see is not there, whatever the reason.</summary>
    private static Refusal? Unknown(World world, SubscriberWishes wishes) =>
        wishes.Incidents.Any(incident => !MayFollow(world, incident))
            ? new Refusal("no_such_incident", "There is no such incident on this page any more.", "incident")
            : null;

    private static Refusal? Unfollowable(World world, IncidentId id) =>
        !world.Incidents.TryGetValue(id, out var incident) || incident.Removed is not null
            ? new Refusal("no_such_incident", $"There is no incident {id}; list the incidents to see their ids.", "id")
            : world.IsWhollyForEverybody(incident.AffectedComponents, incident.OnlyFor) ? null
            : new Refusal("incident_private", "This incident is for some readers only; nobody is told of it by notices.", "id");

    /// <summary>What is for some readers only does not exist for a stranger.</summary>
    private static Refusal? Hidden(World world, SubscriberWishes wishes) =>
        !world.Page.OnlyFor.IsEmpty ? new("page_private", "This page is private; nobody is told of it by notices.")
        : wishes.Components.Where(one => !world.ReadersOf(one).IsEmpty).Select(static one => one.Value).FirstOrDefault() is { } hidden
            ? Refusing.NoSuchComponent(hidden)
            : null;

    /// <param name="of">What they were told about before need not be there any more: they did not ask for it now.</param>
    private static Refusal? Against(World world, SubscriberWishes wishes, SubscriberId? of = null) =>
        wishes.Components.Length > ComponentsMost
            ? new Refusal("too_many", $"{wishes.Components.Length} components are named; at most {ComponentsMost}. A group stands for all of its own.", "components")
            : wishes is { Digest: not DigestEvery.Each, IsProgram: true }
                ? new Refusal("no_digest", "Programs are told of each word; a digest is for people. Leave it out for this channel.", "digest")
            : wishes.Language is { } tag && (tag.Length > LanguageLimit || !LanguageTag().IsMatch(tag))
                ? new Refusal("no_language", "The language is no tag such as en or pt-BR.", "language")
            : wishes.TimeZone is { } zone && (zone.Length > ZoneLimit || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                ? new Refusal("no_time_zone", $"“{(zone.Length > ZoneLimit ? zone[..ZoneLimit] : zone)}” is no time zone; write one such as Europe/Berlin.", "time_zone")
                : Refusing.Unknown(world, wishes.Components.Except(of is { } id ? Told(world, id) : []).Select(static component => new Affected(component, ComponentStatus.Operational)));

    /// <summary>The form of a tag (RFC 5646), whatever it names.</summary>
    [GeneratedRegex(@"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LanguageTag();

    private static ImmutableArray<ComponentId> Told(World world, SubscriberId id) => world.Subscribers.GetValueOrDefault(id)?.Wishes.Components ?? [];

    private static Refusal? Erased(World world, SubscriberId id) =>
        world.Subscribers.TryGetValue(id, out var there) && there.Erased ? NoSuch(id) : null;

    private static Refusal? Find(World world, SubscriberId id, out Subscriber there) =>
        world.Subscribers.TryGetValue(id, out there!) && !there.Erased ? null : NoSuch(id);

    private static Refusal NoSuch(SubscriberId id) =>
        new("no_such_subscriber", $"There is no subscriber {id}; GET /api/subscribers lists them.", "id");
}
