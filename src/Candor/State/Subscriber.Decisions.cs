using Candor.Journal;

namespace Candor.State;

/// <summary>Who joins, changes and leaves, decided against the facts. Leaving twice is no fault: links are pressed twice.</summary>
internal static class SubscriberDecisions
{
    private const int ComponentsMost = 500;
    private const int LanguageLimit = 35;

    public static Decision<Event> Join(
        World world, DateTimeOffset at, SubscriberId id, SubscriberWishes wishes, bool confirmed, Actor? by) =>
        ((by is { } named ? Refusing.Unnamed(named) : null) ?? Against(world, wishes) ?? Erased(world, id)) switch
        {
            { } no => no,
            null when world.Subscribers.TryGetValue(id, out var there) && there.IsTold && there.Wishes == wishes => Array.Empty<Event>(),
            null => new Event[] { new SubscriberJoined(at, id, wishes, confirmed) { By = by } },
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
                new Refusal("channel_fixed", "A subscription keeps its channel; subscribe anew for another one.", "channel"),
            null => new Event[] { new SubscriberWishesChanged(at, id, wishes) },
        };

    public static Decision<Event> Leave(World world, DateTimeOffset at, SubscriberId id, Actor? by) => Find(world, id, out var there) switch
    {
        { } no => no,
        null when there.LeftAt is not null => Array.Empty<Event>(),
        null => new Event[] { new SubscriberLeft(at, id) { By = by } },
    };

    /// <summary>Their side says that it is over; whoever has left already stays as they are.</summary>
    public static Decision<Event> Stop(World world, DateTimeOffset at, SubscriberId id, StopReason reason) =>
        world.Subscribers.TryGetValue(id, out var there) && there.LeftAt is null
            ? new Event[] { new SubscriberStopped(at, id, reason) }
            : Array.Empty<Event>();

    public static Decision<Event> Erase(World world, DateTimeOffset at, SubscriberId id) =>
        !world.Subscribers.TryGetValue(id, out var there) ? NoSuch(id)
        : there.Erased ? Array.Empty<Event>()
        : new Event[] { new SubscriberErased(at, id) };

    private static Refusal? Against(World world, SubscriberWishes wishes) =>
        wishes.Components.Length > ComponentsMost
            ? new Refusal("too_many", $"{wishes.Components.Length} components are named; at most {ComponentsMost}. A group stands for all of its own.", "components")
            : wishes.Language is { Length: > LanguageLimit }
                ? new Refusal("no_language", "The language is no tag such as en or pt-BR.", "language")
                : Refusing.Unknown(world, wishes.Components.Select(static component => new Affected(component, ComponentStatus.Operational)));

    private static Refusal? Erased(World world, SubscriberId id) =>
        world.Subscribers.TryGetValue(id, out var there) && there.Erased ? NoSuch(id) : null;

    private static Refusal? Find(World world, SubscriberId id, out Subscriber there) =>
        world.Subscribers.TryGetValue(id, out there!) && !there.Erased ? null : NoSuch(id);

    private static Refusal NoSuch(SubscriberId id) =>
        new("no_such_subscriber", $"There is no subscriber {id}; GET /api/subscribers lists them.", "id");
}
