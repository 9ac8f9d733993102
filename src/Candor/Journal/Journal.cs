using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>
/// The one door through which facts enter. Commands queue; one loop takes all that wait, decides each against the
/// latest state, folds the new events, appends them in one durable write, publishes the new state, answers the callers
/// and wakes the followers. A failed write ends the store: every waiting caller hears it, and the journal opens again
/// by reading back what is really on disk.
/// </summary>
internal sealed partial class Journal<TState, TEvent> : IJournalReader
{
    private readonly Func<CancellationToken, ValueTask<IJournalStore>> open;
    private readonly IFolding<TState, TEvent> folding;
    private readonly TimeProvider time;
    private readonly JournalLimits limits;
    private readonly ILogger logger;
    private readonly Channel<WaitingCommand<TState, TEvent>> waiting;
    private readonly Waking changed = new();

    private volatile Published<TState> current;
    private volatile JournalCondition condition = JournalCondition.Opening;
    private volatile IJournalStore? store;
    private JournalCondition? reported;
    private volatile string? tailLost;

    /// <param name="open">Opens the store; called again after each failure.</param>
    /// <param name="folding">How facts are written, read and added up.</param>
    /// <param name="start">A snapshot to start from, or null to replay everything.</param>
    public Journal(
        Func<CancellationToken, ValueTask<IJournalStore>> open,
        IFolding<TState, TEvent> folding,
        Published<TState>? start,
        TimeProvider time,
        JournalLimits limits,
        ILogger logger)
    {
        this.open = open;
        this.folding = folding;
        this.time = time;
        this.limits = limits;
        this.logger = logger;
        current = start ?? Nothing;
        waiting = Channel.CreateBounded<WaitingCommand<TState, TEvent>>(
            new BoundedChannelOptions(limits.WaitingMax) { SingleReader = true });
    }

    /// <summary>What is durable and folded; immutable, readable from any thread, also while the writer has failed.</summary>
    public Published<TState> Current => current;

    public TState State => current.State;

    public Position Position => current.Position;

    public JournalCondition Condition => condition;

    /// <summary>
    /// A sentence once an opening has found that acknowledged events are missing from the end; null where none ever was.
    /// The journal works all the same, and people have to be told.
    /// </summary>
    public string? TailLost => tailLost;

    /// <summary>Asked before each command is decided; answers with a refusal where the disk is too full for its class.</summary>
    public Func<CommitClass, Refusal?> Admission { get; init; } = static _ => null;

    private Published<TState> Nothing => new(folding.Initial, Position.Start, ChainHash.Genesis);

    /// <summary>
    /// Decides against the latest state and commits what was decided. Completes when it is durable and visible in
    /// <see cref="State"/>. <paramref name="decide"/> must be pure: it may be asked more than once. Throws
    /// <see cref="JournalFailedException"/> where the write failed or the journal is not running, and whatever
    /// <paramref name="decide"/> or the fold threw.
    /// </summary>
    public async ValueTask<CommitOutcome> CommitAsync(
        Func<TState, Decision<TEvent>> decide, CommitClass commitClass, CancellationToken cancellation) =>
        await AnswerAsync(new(decide, commitClass, cancellation), cancellation);

    /// <summary>As above, for facts that machines report.</summary>
    public ValueTask<CommitOutcome> CommitAsync(
        Func<TState, Decision<TEvent>> decide, CancellationToken cancellation) =>
        CommitAsync(decide, CommitClass.Ordinary, cancellation);

    /// <summary>
    /// Makes something durable that says nothing, through the same door as every fact: whoever is answered knows that facts
    /// would have been taken. Fails as a commit does, and is refused where machines' facts are.
    /// </summary>
    public async ValueTask<CommitOutcome> ProveAsync(CancellationToken cancellation) =>
        await AnswerAsync(new(static _ => [], CommitClass.Ordinary, cancellation) { Proves = true }, cancellation);

    private async Task<CommitOutcome> AnswerAsync(WaitingCommand<TState, TEvent> command, CancellationToken cancellation)
    {
        if (condition.Phase is not (JournalPhase.Running or JournalPhase.Opening))
        {
            throw NotRunning();
        }

        await waiting.Writer.WriteAsync(command, cancellation);

        // The loop may have failed and emptied the queue between the check above and the write.
        if (condition.Phase is not (JournalPhase.Running or JournalPhase.Opening))
        {
            command.Fail(NotRunning());
        }

        return await command.Answer;
    }

    public ValueTask WaitAsync(Position after, CancellationToken cancellation) =>
        changed.UntilAsync(() => current.Position > after, cancellation);

    public async ValueTask WaitForOpenAsync(CancellationToken cancellation)
    {
        await changed.UntilAsync(() => condition.Phase != JournalPhase.Opening, cancellation);
        if (condition.Phase != JournalPhase.Running)
        {
            throw NotRunning();
        }
    }

    public async ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation)
    {
        var published = current.Position;
        var source = store ?? throw NotRunning();
        var page = await source.ReadAsync(after, max, cancellation);

        // A store may already hold what is not yet published; followers see what readers of the state see.
        return page.Count > 0 && page[^1].Position > published
            ? page.TakeWhile(e => e.Position <= published).ToArray()
            : page;
    }

    private JournalFailedException NotRunning() => new(condition switch
    {
        { Phase: JournalPhase.Closed } => "The journal is closed: this node is shutting down.",
        { Phase: JournalPhase.Opening } => "The journal is still opening; try again in a moment.",
        { Phase: JournalPhase.Corrupt } c => $"The journal accepts nothing until it is repaired: {c.Reason}",
        var c => $"The journal cannot be written at the moment and is being opened again: {c.Reason}",
    });

    private void Publish(Published<TState> next)
    {
        current = next;
        changed.Wake();
    }

    private void Become(JournalCondition next)
    {
        condition = next;
        changed.Wake();
    }
}
