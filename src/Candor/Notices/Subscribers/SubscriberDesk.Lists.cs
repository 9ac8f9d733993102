using Candor.Journal;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Whole lists of subscribers: what would become of each, and all of it or nothing.</summary>
internal sealed partial class SubscriberDesk
{
    /// <summary>What would become of each, in their order. Nothing is changed.</summary>
    public IReadOnlyList<RowFate> Judge(IEnumerable<SubscriberBody> rows, Actor by)
    {
        var (at, seen, fates) = (time.GetUtcNow(), new HashSet<string>(StringComparer.Ordinal), new List<RowFate>());
        foreach (var row in rows)
        {
            var (id, contact, wishes, refusal) = Read(row);
            Decision<Event> entered = refusal is { } unread ? unread : SubscriberDecisions.Enter(World, at, id, wishes!, ask: false, by);
            refusal = entered.Refusal;
            refusal ??= IsBlocked(row) ? new("blocked", "The address is blocked.") : null;
            var there = World.Subscribers.GetValueOrDefault(id);
            fates.Add(refusal is not null ? new(Fate.Refused, refusal)
                : !seen.Add($"{row.Channel} {contact?.Address ?? id.Value}") ? new(Fate.Twice, null)
                : there is null ? new(Fate.New, null)
                : there.LeftAt is not null ? new(Fate.Left, null)
                : entered.Events.Count == 0 ? new(Fate.Same, null)
                : new(Fate.Changed, null) { Changes = WishChange.Between(World, there, After(entered.Events, wishes!)) });
        }

        return fates;
    }

    private static SubscriberWishes After(IReadOnlyList<Event> events, SubscriberWishes wishes) =>
        events.OfType<SubscriberWishesChanged>().LastOrDefault()?.Wishes ?? wishes;

    /// <summary>Enters a list whose rows are all good: one write of addresses, one commit. Throws where that failed; then nothing was entered.</summary>
    /// <param name="ask">Each of them confirms first; otherwise nothing is sent.</param>
    public async Task<Refusal?> EnterListAsync(IReadOnlyList<SubscriberBody> rows, bool ask, Actor by, CancellationToken cancellation)
    {
        if (ask && World.Page.Url is null)
        {
            return NoPageAddress;
        }

        using var held = await HoldAsync(cancellation);
        var fates = Judge(rows, by);
        if (fates.FirstOrDefault(static fate => fate.Kind == Fate.Refused) is { Refusal: { } refusal })
        {
            return refusal;
        }

        var read = rows.Zip(fates).Where(static pair => pair.Second.Kind is Fate.New or Fate.Changed).Select(pair => Read(pair.First)).ToList();
        var at = time.GetUtcNow();
        await Office!.Contacts!.PutAsync(
            [.. read.Where(static one => one.Contact is not null).Select(static one => (one.Id, one.Wishes!.Channel, one.Contact!))], cancellation);
        return (await journal().CommitAsync(
            world => Steps.InOrder(world, [.. read.Select<(SubscriberId Id, Contact? Contact, SubscriberWishes? Wishes, Refusal? Refusal), Func<World, Decision<Event>>>(
                one => w => SubscriberDecisions.Enter(w, at, one.Id, one.Wishes!, ask, by))]),
            CommitClass.Essential, cancellation)).Refusal;
    }
}

/// <summary>What becomes of one row of a list.</summary>
internal sealed record RowFate(Fate Kind, Refusal? Refusal)
{
    /// <summary>Of somebody known: what they are told differently.</summary>
    public IReadOnlyList<WishChange> Changes { get; init; } = [];
}

internal enum Fate
{
    /// <summary>Nobody has this address yet.</summary>
    New,

    /// <summary>Known; what they are told becomes what the list says.</summary>
    Changed,

    /// <summary>Known, and told just that.</summary>
    Same,

    /// <summary>They have left, and a list does not bring them back.</summary>
    Left,

    /// <summary>The same address stands further up.</summary>
    Twice,

    Refused,
}
