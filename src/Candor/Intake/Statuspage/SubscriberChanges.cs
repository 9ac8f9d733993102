using System.Text.Json;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>What Statuspage's writes of subscribers ask for. Pure.</summary>
internal static class SubscriberChanges
{
    /// <summary>As many as one commit takes out or back; the rest is asked for again.</summary>
    public const int AtOnce = 5_000;

    /// <summary>Links that are sent again by one request; the rest is asked for once more.</summary>
    public const int AskedAtOnce = 100;

    /// <summary>The channel and the address that were sent; which form the address must have says the channel.</summary>
    public static (string Channel, string Address, Refusal? Fault) Reached(SentFields sent)
    {
        var (email, endpoint, phone) = (sent.Text("email"), sent.Text("endpoint"), sent.Text("phone_number"));
        return (email, endpoint, phone) switch
        {
            (_, { } hook, null) => ("webhook", hook, null),
            ({ } mail, null, null) => ("email", mail, null),
            (null, null, ['+', ..] number) => ("sms", number, null),
            (null, null, not null) => ("", "", new("no_address", "Write the phone_number with its country in front, such as +49 151 23456789.", "phone_number")),
            (null, null, null) => ("", "", new("empty", "Say how to reach the subscriber; give email, phone_number, or endpoint for a webhook.", "email")),
            _ => ("", "", new("several", "A subscriber is reached in one way; give email, phone_number or endpoint.", "phone_number")),
        };
    }

    /// <summary>Everything but the components stays as it was; a subscription keeps its address.</summary>
    /// <param name="known">The address whole and as it is answered: what was answered may be sent back.</param>
    public static Decision<Event> Change(World world, DateTimeOffset at, SubscriberId id, IReadOnlyCollection<string?> known, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var components = sent.Components();
        var moved = (sent.Text("email") ?? sent.Text("endpoint")) is { } told && known.Any(static one => one is not null)
            && !known.Contains(told, StringComparer.OrdinalIgnoreCase);
        return sent.Fault is { } no ? no
            : moved ? new Refusal("address_fixed", "A subscription keeps its address; enter the new one and delete this.", "email")
            : world.Subscribers.GetValueOrDefault(id) is not { Erased: false } there ? SubscriberDecisions.Change(world, at, id, new(""))
            : components is not { } wanted || there.Wishes.Components.SequenceEqual(wanted) ? Array.Empty<Event>()
            : SubscriberDecisions.Change(world, at, id, there.Wishes with { Components = wanted });
    }

    /// <summary>Who is meant by a list of ids or by "all", narrowed by channel and state.</summary>
    public static (IReadOnlyList<Subscriber> Meant, Refusal? Fault) Meant(World world, DateTimeOffset at, SentBody body, string state)
    {
        var sent = new SentFields(body, world, at);
        var isAll = body.Members.TryGetProperty("subscribers", out var named) && named.ValueKind == JsonValueKind.String && named.GetString() == "all";
        var ids = isAll ? [] : sent.List("subscribers");
        var type = sent.Text("type") ?? sent.Text("subscriber_type");
        var wanted = isAll ? sent.Text("state") ?? sent.Text("subscriber_state") ?? state : "all";
        if (sent.Fault is { } fault)
        {
            return ([], fault);
        }

        if (!isAll && ids.Count == 0)
        {
            return ([], new("empty", "Name the subscribers: a list of ids, or \"all\".", "subscribers"));
        }

        foreach (var id in ids)
        {
            if (world.Subscribers.GetValueOrDefault(new(id)) is not { Erased: false })
            {
                return ([], new("no_such_subscriber", $"There is no subscriber {id}; GET …/subscribers lists them.", "subscribers"));
            }
        }

        var all = isAll ? world.Subscribers.Values.Where(static one => !one.Erased) : ids.Distinct().Select(id => world.Subscribers[new(id)]);
        return ([.. all.Where(one => (type is null || V1Subscriber.ModeOf(one) == type) && (wanted == "all" || V1Subscriber.StateOf(one) == wanted))], null);
    }

    public static Decision<Event> Unsubscribe(World world, DateTimeOffset at, Actor by, SentBody body) =>
        Each(world, at, body, "active", (now, one) => SubscriberDecisions.Leave(now, at, one.Id, by));

    /// <summary>
    /// Whose side was not there is tried again. Who left, left; who complained to their provider is not told again because
    /// somebody else wants it.
    /// </summary>
    public static Decision<Event> Reactivate(World world, DateTimeOffset at, Actor by, SentBody body) => Each(
        world, at, body, "quarantined", (now, one) => one.Stopped is StopReason.Bounced or StopReason.Gone
            ? SubscriberDecisions.Join(now, at, one.Id, one.Wishes, confirmed: true, by)
            : Array.Empty<Event>());

    private static Decision<Event> Each(
        World world, DateTimeOffset at, SentBody body, string state, Func<World, Subscriber, Decision<Event>> decide)
    {
        var (meant, fault) = Meant(world, at, body, state);
        return fault is not null ? fault
            : meant.Count > AtOnce ? new Refusal("too_many", $"{meant.Count} subscribers are more than {AtOnce} at once; narrow them by type, or name their ids.", "subscribers")
            : Decision.Of<Event>([.. meant.Select(one => decide(world, one)).SelectMany(static one => one.Events)]);
    }
}
