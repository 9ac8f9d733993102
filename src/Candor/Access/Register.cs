using Candor.Journal;

namespace Candor.Access;

/// <summary>
/// The roster and the one way to change it: decide against what is there, store, then let everybody see. One change at a
/// time, so that "only while nobody exists" is decided once.
/// </summary>
internal sealed class Register : IAsyncDisposable
{
    private readonly IPeopleStore store;
    private readonly SemaphoreSlim changing = new(1);
    private volatile Roster roster;

    private Register(IPeopleStore store, Roster roster) => (this.store, this.roster) = (store, roster);

    public Roster Roster => roster;

    /// <summary>Called after each change, before whoever asked for it has the answer.</summary>
    public Action<Roster> Changed { get; set; } = static _ => { };

    public static async Task<Register> OpenAsync(IPeopleStore store, CancellationToken cancellation) =>
        new(store, Roster.Of(await store.ReadAsync(cancellation)));

    /// <summary>Null once it is durable, or why it was not done. Throws <see cref="IOException"/> where it could not be stored.</summary>
    public ValueTask<Refusal?> CommitAsync(Func<Roster, Decision<RosterChange>> decide, CancellationToken cancellation) =>
        ChangeAsync(decide, evenUnstored: false, cancellation);

    /// <summary>
    /// For what may be forgotten by a restart, such as sessions: in force even where it cannot be stored. On a full disk
    /// people must still be able to sign in and say so.
    /// </summary>
    public ValueTask<Refusal?> NoteAsync(Func<Roster, Decision<RosterChange>> decide, CancellationToken cancellation) =>
        ChangeAsync(decide, evenUnstored: true, cancellation);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        changing.Dispose();
    }

    private async ValueTask<Refusal?> ChangeAsync(
        Func<Roster, Decision<RosterChange>> decide, bool evenUnstored, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            var decision = decide(roster);
            if (decision.Refusal is { } refusal || decision.Events.Count == 0)
            {
                return decision.Refusal;
            }

            try
            {
                await store.WriteAsync(decision.Events, CancellationToken.None);
            }
            catch (IOException) when (evenUnstored)
            {
                // It is in the roster until the next start.
            }

            roster = roster.With(decision.Events);
            Changed(roster);
            return null;
        }
        finally
        {
            changing.Release();
        }
    }
}
