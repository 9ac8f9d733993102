using System.Collections.Concurrent;

namespace Candor.Pages.Live;

/// <summary>
/// A part of the streams, with a chain of messages of its own. Sending goes lane by lane, so that ten thousand streams
/// do not stand in front of the next reader of a page.
/// </summary>
internal sealed class LiveLane
{
    private readonly ConcurrentDictionary<SocketStream, bool> sockets = new();
    private volatile LiveMessage last = new(0, ReadOnlyMemory<byte>.Empty);

    /// <summary>Where a new stream begins: it gets what follows.</summary>
    public LiveMessage Last => last;

    /// <summary>One sender at a time.</summary>
    public void Send(ReadOnlyMemory<byte> bytes, bool isEnd = false)
    {
        var before = last;
        last = new(before.Number + 1, bytes) { IsEnd = isEnd };
        before.FollowedBy(last);
        foreach (var (stream, _) in sockets)
        {
            stream.Advance();
        }
    }

    /// <summary>This one is sent to by whoever sends the lane; the others wait for messages themselves.</summary>
    public void Add(SocketStream stream) => sockets[stream] = true;

    public void Remove(LiveStream stream)
    {
        if (stream is SocketStream straight)
        {
            sockets.TryRemove(straight, out _);
        }
    }
}
