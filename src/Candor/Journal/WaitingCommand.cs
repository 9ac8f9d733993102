namespace Candor.Journal;

/// <summary>One caller's commit while it waits, is decided, and is answered.</summary>
internal sealed class WaitingCommand<TState, TEvent>(
    Func<TState, Decision<TEvent>> decide, CommitClass commitClass, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<CommitOutcome> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CommitOutcome outcome;

    public CommitClass Class { get; } = commitClass;

    /// <summary>Wants something made durable though nothing has happened.</summary>
    public bool Proves { get; init; }

    public Task<CommitOutcome> Answer => answer.Task;

    /// <summary>False once it has been answered, or the caller has left before anything was decided.</summary>
    public bool StillWaiting()
    {
        if (cancellation.IsCancellationRequested)
        {
            answer.TrySetCanceled(cancellation);
        }

        return !answer.Task.IsCompleted;
    }

    public Decision<TEvent> Decide(TState state) => decide(state);

    /// <summary>Remembers the answer; the caller hears it from <see cref="Complete"/>, after the batch is durable.</summary>
    public void Resolve(CommitOutcome decided) => outcome = decided;

    public void Complete() => answer.TrySetResult(outcome);

    public void Fail(Exception fault) => answer.TrySetException(fault);
}
