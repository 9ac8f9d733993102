namespace Candor.Journal;

/// <summary>A state, the place up to which it is the sum of all events, and the hash at that place.</summary>
internal sealed record Published<TState>(TState State, Position Position, ChainHash Hash);
