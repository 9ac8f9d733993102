namespace Candor.Pages.Live;

/// <summary>
/// A part of the streams, with a chain of messages of its own. Sending goes lane by lane, so that ten thousand streams
/// do not stand in front of the next reader of a page.
/// </summary>
internal sealed class LiveLane
{
    private volatile LiveMessage last = new(0, ReadOnlyMemory<byte>.Empty);

    /// <summary>Where a new stream begins: it gets what follows.</summary>
    public LiveMessage Last => last;

    /// <summary>One sender at a time.</summary>
    public void Send(ReadOnlyMemory<byte> bytes, bool isEnd = false)
    {
        var before = last;
        last = new(before.Number + 1, bytes) { IsEnd = isEnd };
        before.FollowedBy(last);
    }
}
