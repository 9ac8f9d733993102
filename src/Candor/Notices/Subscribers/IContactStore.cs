using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Where sealed contacts are kept.</summary>
internal interface IContactStore : IAsyncDisposable
{
    /// <summary>Throws <see cref="IOException"/> where a row cannot be believed.</summary>
    ValueTask<IReadOnlyList<(SubscriberId Id, SealedContact Contact)>> ReadAsync(CancellationToken cancellation);

    /// <summary>Durable on return; null takes it away, and its bytes with it.</summary>
    ValueTask WriteAsync(IReadOnlyList<(SubscriberId Id, SealedContact? Contact)> changes, CancellationToken cancellation);
}
