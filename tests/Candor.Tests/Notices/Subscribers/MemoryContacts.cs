using System.Collections.Concurrent;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>Sealed contacts without a disk; counts how often it was written to.</summary>
internal sealed class MemoryContacts : IContactStore
{
    public ConcurrentDictionary<SubscriberId, SealedContact> Rows { get; } = new();

    public int Writes { get; private set; }

    public ValueTask<IReadOnlyList<(SubscriberId Id, SealedContact Contact)>> ReadAsync(CancellationToken cancellation) =>
        new([.. Rows.Select(static row => (row.Key, row.Value))]);

    public ValueTask WriteAsync(IReadOnlyList<(SubscriberId Id, SealedContact? Contact)> changes, CancellationToken cancellation)
    {
        Writes++;
        foreach (var (id, contact) in changes)
        {
            if (contact is null)
            {
                Rows.TryRemove(id, out _);
            }
            else
            {
                Rows[id] = contact;
            }
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;
}
