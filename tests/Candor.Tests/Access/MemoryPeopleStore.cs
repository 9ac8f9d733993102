using Candor.Access;

namespace Candor.Tests.Access;

/// <summary>Rows in memory, with a switch that makes every write fail.</summary>
internal sealed class MemoryPeopleStore : IPeopleStore
{
    public Dictionary<(string Kind, string Key), Entry> Rows { get; } = [];

    public bool IsFull { get; set; }

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(CancellationToken cancellation) => new([.. Rows.Values]);

    public ValueTask WriteAsync(IReadOnlyList<RosterChange> changes, CancellationToken cancellation)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        foreach (var (kind, key, now) in changes)
        {
            if (now is null)
            {
                Rows.Remove((kind, key));
            }
            else
            {
                Rows[(kind, key)] = now;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
