namespace Candor.Journal;

/// <summary>
/// What the journal needs to know of the facts it carries: how they are written, read, and added up. Pure and free of
/// clocks; the state must be immutable, because readers hold it while the next one is made.
/// </summary>
internal interface IFolding<TState, TEvent>
{
    TState Initial { get; }

    /// <summary>Adds one fact. Throws where it cannot follow: such a fact is then never written.</summary>
    TState Fold(TState before, TEvent happened, in Stamp stamp);

    NewEvent Encode(TEvent happened);

    /// <summary>
    /// Reads a stored fact. A kind this build does not know is answered with a fact that says so (it stays in the
    /// journal and a newer build reads it); an unreadable body throws.
    /// </summary>
    TEvent Decode(Envelope stored);
}
