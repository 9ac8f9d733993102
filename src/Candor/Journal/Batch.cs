namespace Candor.Journal;

/// <summary>
/// Commands decided one after the other, each against the state its predecessors left. Events are folded here, before
/// anything is written: a fact that cannot be folded fails its own command and nobody else's.
/// </summary>
internal sealed class Batch<TState, TEvent>(
    IFolding<TState, TEvent> folding, Published<TState> origin, DateTimeOffset committedAt)
{
    private readonly List<NewEvent> events = [];

    public TState State { get; private set; } = origin.State;

    public IReadOnlyList<NewEvent> Events => events;

    public DateTimeOffset CommittedAt { get; } = committedAt;

    private Position Last => origin.Position.Plus(events.Count);

    public void Add(WaitingCommand<TState, TEvent> command, Refusal? notAdmitted)
    {
        if (notAdmitted is not null)
        {
            command.Resolve(new(Last, notAdmitted));
            return;
        }

        try
        {
            Stage(command);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            command.Fail(fault);
        }
    }

    private void Stage(WaitingCommand<TState, TEvent> command)
    {
        var decision = command.Decide(State);
        if (decision.Refusal is { } refusal)
        {
            command.Resolve(new(Last, refusal));
            return;
        }

        var state = State;
        var staged = new List<NewEvent>(decision.Events.Count);
        foreach (var happened in decision.Events)
        {
            var written = folding.Encode(happened);
            Chain.Accept(written);
            staged.Add(written);
            state = folding.Fold(state, happened, StampFor(written, Last.Plus(staged.Count)));
        }

        State = state;
        events.AddRange(staged);
        command.Resolve(new(Last, null));
    }

    private Stamp StampFor(NewEvent written, Position position) => new(
        position,
        written.OccurredAt.ToUniversalTime(),
        written.ArrivedAt.ToUniversalTime(),
        CommittedAt.ToUniversalTime());
}
