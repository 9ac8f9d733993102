namespace Candor.Access;

/// <summary>Where the roster is kept. Written by one <see cref="Register"/>, in order.</summary>
internal interface IPeopleStore : IAsyncDisposable
{
    ValueTask<IReadOnlyList<Entry>> ReadAsync(CancellationToken cancellation);

    /// <summary>All of the changes or none, durable on return. Throws <see cref="IOException"/> where they could not be stored.</summary>
    ValueTask WriteAsync(IReadOnlyList<RosterChange> changes, CancellationToken cancellation);
}
