using Candor.Journal;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Queue;

/// <summary>Where the streams of one channel are kept: queue, ledger and the follower's place in one file, written in one step.</summary>
internal interface IQueueStore : IAsyncDisposable
{
    /// <summary>The follower's place, and each stream, one after the other. Throws <see cref="QueueDamagedException"/> where something cannot be believed.</summary>
    ValueTask<Position> LoadAsync(Action<NoticeStream> each, CancellationToken cancellation);

    /// <summary>All of it or nothing; durable on return. A place of null leaves it as it was.</summary>
    ValueTask WriteAsync(IReadOnlyCollection<NoticeStream> streams, Position? done, CancellationToken cancellation);

    /// <summary>Streams of one topic, a piece at a time: whoever looks at a large one does not hold up what is written.</summary>
    ValueTask<QueuePage> ReadAsync(QueueQuestion asked, CancellationToken cancellation);

    /// <summary>Drops these; durable on return.</summary>
    ValueTask ForgetAsync(IReadOnlyCollection<StreamKey> streams, CancellationToken cancellation);
}

/// <summary>A queue file was put aside because it cannot be believed. The next opening begins a new one, made from the journal.</summary>
internal sealed class QueueDamagedException(string message, Exception? inner = null) : IOException(message, inner);
