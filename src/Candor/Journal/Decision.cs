using System.Collections;
using System.Runtime.CompilerServices;

namespace Candor.Journal;

/// <summary>
/// What a decision came to: events to commit (none is allowed: nothing needs to change), or a refusal.
/// Write <c>return [new IncidentOpened(…)];</c> or <c>return new Refusal(…);</c>.
/// </summary>
[CollectionBuilder(typeof(Decision), nameof(Decision.Of))]
internal readonly struct Decision<TEvent> : IEnumerable<TEvent>
{
    private readonly IReadOnlyList<TEvent>? events;

    internal Decision(IReadOnlyList<TEvent>? events, Refusal? refusal)
    {
        this.events = events;
        Refusal = refusal;
    }

    public IReadOnlyList<TEvent> Events => events ?? [];

    public Refusal? Refusal { get; }

    public static implicit operator Decision<TEvent>(Refusal refusal) => new(null, refusal);

    public static implicit operator Decision<TEvent>(TEvent[] events) => new(events, null);

    public IEnumerator<TEvent> GetEnumerator() => Events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes decisions from lists.</summary>
internal static class Decision
{
    public static Decision<TEvent> Of<TEvent>(ReadOnlySpan<TEvent> events) => new(events.ToArray(), null);

    public static Decision<TEvent> Of<TEvent>(IReadOnlyList<TEvent> events) => new(events, null);
}
