using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Queue;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Notices;

/// <summary>What a post room is made of.</summary>
internal sealed record PostroomParts(IChannelKind Kind, Journal<World, Event> Journal, ContactBook Contacts)
{
    /// <summary>Opens the queue; called again after each failure.</summary>
    public required Func<CancellationToken, ValueTask<IQueueStore>> OpenQueue { get; init; }

    /// <summary>Starts the process of the channel.</summary>
    public required Func<IPipedProcess> StartChannel { get; init; }

    /// <summary>What the channel is opened with, asked at each start of its process.</summary>
    public required Func<ChannelSettings> Settings { get; init; }

    /// <summary>What operators have to mend where people are told by a channel of which the settings say nothing any more; else null.</summary>
    public Func<string?> Unset { get; init; } = static () => null;

    /// <summary>How often the page has been read since the process began.</summary>
    public required Func<long> Readings { get; init; }

    public required TimeProvider Time { get; init; }

    public required IRandomness Randomness { get; init; }

    public required SelfLog Self { get; init; }

    public required ILogger Logger { get; init; }
}
