namespace Candor.Pages.Live;

/// <summary>
/// A message as all streams send it, made once. Each knows the next, so a stream is nothing but a place in this chain:
/// no queue per reader, and what the slowest has read is collected.
/// </summary>
internal sealed class LiveMessage(long number, ReadOnlyMemory<byte> bytes)
{
    private readonly TaskCompletionSource<LiveMessage> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number => number;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>True for the last one: the node is stopping.</summary>
    public bool IsEnd { get; init; }

    public Task<LiveMessage> Next => next.Task;

    public void FollowedBy(LiveMessage message) => next.SetResult(message);
}
