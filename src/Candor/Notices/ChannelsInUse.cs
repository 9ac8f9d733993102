using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices;

/// <summary>
/// The channels by which somebody is written to. Asked at each commit of the journal and from every room: found in one walk
/// over everybody, and only where the list of subscribers has changed since.
/// </summary>
internal sealed class ChannelsInUse
{
    private volatile Walk last = new(null, FrozenSet<string>.Empty, FrozenDictionary<string, int>.Empty);

    public FrozenSet<string> Of(ImmutableDictionary<SubscriberId, Subscriber> subscribers) => WalkOver(subscribers).Written;

    /// <summary>How many are told by a channel: confirmed, and not gone.</summary>
    public int ToldBy(ImmutableDictionary<SubscriberId, Subscriber> subscribers, string channel) => WalkOver(subscribers).Told.GetValueOrDefault(channel);

    private Walk WalkOver(ImmutableDictionary<SubscriberId, Subscriber> subscribers)
    {
        var walk = last;
        if (!ReferenceEquals(subscribers, walk.Over))
        {
            last = walk = new(
                subscribers,
                subscribers.Values.Where(static one => one.IsWrittenTo).Select(static one => one.Wishes.Channel).ToFrozenSet(StringComparer.Ordinal),
                subscribers.Values.Where(static one => one.IsTold).CountBy(static one => one.Wishes.Channel, StringComparer.Ordinal)
                    .ToFrozenDictionary(StringComparer.Ordinal));
        }

        return walk;
    }

    private sealed record Walk(object? Over, FrozenSet<string> Written, FrozenDictionary<string, int> Told);
}
