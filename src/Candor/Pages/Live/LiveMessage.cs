namespace Candor.Pages.Live;

/// <summary>
/// A message as all streams send it, made once. Each knows the next, so a stream is nothing but a place in this chain:
/// no queue per reader, and what the slowest has read is collected.
/// </summary>
internal sealed class LiveMessage(long number, ReadOnlyMemory<byte> bytes)
{
    /// <summary>Before the first.</summary>
    public static readonly LiveMessage None = new(0, ReadOnlyMemory<byte>.Empty);

    private readonly TaskCompletionSource<LiveMessage> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number => number;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>True for the last one: the node is stopping.</summary>
    public bool IsEnd { get; init; }

    public Task<LiveMessage> Next => next.Task;

    /// <summary>The next one, if it is there.</summary>
    public LiveMessage? Following => next.Task.IsCompleted ? next.Task.Result : null;

    public void FollowedBy(LiveMessage message) => next.SetResult(message);
}
