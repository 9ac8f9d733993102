namespace Candor.State;

/// <summary>A place that probes turned live, suspect or blind.</summary>
/// <param name="Reason">One phrase for readers: "the default gateway does not answer".</param>
internal sealed record VantageChanged(
    DateTimeOffset At, VantageId Vantage, VantageStatus Status, DateTimeOffset Since, string Reason) : Event(At);

/// <summary>The wall clock of this node jumped; nothing fires early because of it, and the jump itself is a fact.</summary>
internal sealed record ClockJumped(DateTimeOffset At, TimeSpan By) : Event(At);

/// <summary>A place that probes, as the facts have it.</summary>
internal sealed record Vantage(VantageId Id, VantageStatus Status, DateTimeOffset Since, string Reason);
