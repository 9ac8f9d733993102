using System.Collections.Concurrent;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>Sealed contacts without a disk; counts how often one of somebody's was written. Keys of the installation itself lie beside them.</summary>
internal sealed class MemoryContacts : IContactStore
{
    public ConcurrentDictionary<SubscriberId, SealedContact> Rows { get; } = new();

    public ConcurrentDictionary<SubscriberId, SealedContact> Own { get; } = new();

    public int Writes { get; private set; }

    public ValueTask<IReadOnlyList<(SubscriberId Id, SealedContact Contact)>> ReadAsync(CancellationToken cancellation) =>
        new([.. Rows.Concat(Own).Select(static row => (row.Key, row.Value))]);

    public ValueTask WriteAsync(IReadOnlyList<(SubscriberId Id, SealedContact? Contact)> changes, CancellationToken cancellation)
    {
        Writes += changes.Any(static one => !IsOwn(one.Id)) ? 1 : 0;
        foreach (var (id, contact) in changes)
        {
            var rows = IsOwn(id) ? Own : Rows;
            if (contact is null)
            {
                rows.TryRemove(id, out _);
            }
            else
            {
                rows[id] = contact;
            }
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    private static bool IsOwn(SubscriberId id) => id.Value.StartsWith("own:", StringComparison.Ordinal);
}
