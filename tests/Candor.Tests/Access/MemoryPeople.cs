using Candor.Access;

namespace Candor.Tests.Access;

/// <summary>The rows of people.db in memory, with a switch that makes every write fail. They outlive the stores opened on them.</summary>
internal sealed class MemoryPeople
{
    public Dictionary<(string Kind, string Key), Entry> Rows { get; } = [];

    public bool IsFull { get; set; }

    public IPeopleStore Open() => new Store(this);

    private sealed class Store(MemoryPeople rows) : IPeopleStore
    {
        public ValueTask<IReadOnlyList<Entry>> ReadAsync(CancellationToken cancellation) => new([.. rows.Rows.Values]);

        public ValueTask WriteAsync(IReadOnlyList<RosterChange> changes, CancellationToken cancellation)
        {
            if (rows.IsFull)
            {
                throw new IOException("No space left on device");
            }

            foreach (var (kind, key, now) in changes)
            {
                if (now is null)
                {
                    rows.Rows.Remove((kind, key));
                }
                else
                {
                    rows.Rows[(kind, key)] = now;
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
