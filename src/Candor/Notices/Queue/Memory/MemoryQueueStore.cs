using Candor.Journal;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Queue.Memory;

/// <summary>A queue that is gone with the process; what survives a crash in tests is its medium.</summary>
internal sealed class MemoryQueueStore(MemoryQueueMedium medium) : IQueueStore
{
    public ValueTask<Position> LoadAsync(Action<NoticeStream> each, CancellationToken cancellation)
    {
        foreach (var stream in medium.Streams.Values)
        {
            each(stream);
        }

        return new(medium.Done);
    }

    public ValueTask WriteAsync(IReadOnlyCollection<NoticeStream> streams, Position? done, CancellationToken cancellation)
    {
        foreach (var stream in streams)
        {
            medium.Streams[stream.Key] = stream;
        }

        medium.Done = done ?? medium.Done;
        return default;
    }

    public ValueTask<QueuePage> ReadAsync(QueueQuestion asked, CancellationToken cancellation)
    {
        var looked = medium.Streams.Values.Where(stream => stream.Topic == asked.Topic)
            .Where(stream => asked.After is not { } after || string.CompareOrdinal(stream.Subscriber.Value, after.Value) > 0)
            .OrderBy(static stream => stream.Subscriber.Value, StringComparer.Ordinal).Take(asked.Most).ToList();
        return new(new QueuePage(
            [.. looked.Where(stream => asked.Wanted?.Invoke(stream.Subscriber) ?? true)],
            looked.Count == asked.Most ? looked[^1].Subscriber : null));
    }

    public ValueTask ForgetAsync(IReadOnlyCollection<StreamKey> streams, CancellationToken cancellation)
    {
        foreach (var key in streams)
        {
            medium.Streams.Remove(key);
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;
}

/// <summary>What a <see cref="MemoryQueueStore"/> writes to.</summary>
internal sealed class MemoryQueueMedium
{
    public Dictionary<StreamKey, NoticeStream> Streams { get; } = [];

    public Position Done { get; set; }
}
