using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices;

/// <summary>
/// The channels by which somebody is written to. Asked at each commit of the journal: found in one walk over everybody, and
/// only where the list of subscribers has changed since.
/// </summary>
internal sealed class ChannelsInUse
{
    private FrozenSet<string> channels = FrozenSet<string>.Empty;
    private object? walked;

    public FrozenSet<string> Of(ImmutableDictionary<SubscriberId, Subscriber> subscribers)
    {
        if (!ReferenceEquals(subscribers, walked))
        {
            channels = subscribers.Values.Where(static one => one.IsWrittenTo).Select(static one => one.Wishes.Channel).ToFrozenSet(StringComparer.Ordinal);
            walked = subscribers;
        }

        return channels;
    }
}
