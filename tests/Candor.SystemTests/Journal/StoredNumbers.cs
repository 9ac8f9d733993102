using Candor.Commands.Drills;
using Candor.Journal;
using Candor.Journal.Sqlite;

namespace Candor.SystemTests.Journal;

/// <summary>What a journal of the drill really holds, and how that compares with what was acknowledged.</summary>
internal static class StoredNumbers
{
    /// <summary>Reads and verifies everything; gaps and repeats of a writer's numbers throw.</summary>
    public static async Task<List<Numbered>> ReadAsync(string data, CancellationToken cancellation)
    {
        await using var store = await SqliteJournalStore.OpenAsync(Path.Combine(data, "journal.db"), cancellation);
        var folding = new NumberingFold();
        var state = folding.Initial;
        var all = new List<Numbered>();
        for (var at = Position.Start; await store.ReadAsync(at, 4096, cancellation) is { Count: > 0 } page; at = page[^1].Position)
        {
            foreach (var stored in page)
            {
                var number = folding.Decode(stored);
                state = folding.Fold(state, number, stored.Stamp);
                all.Add(number);
            }
        }

        Assert.Equal(store.Head.Position.Value, all.Count);
        return all;
    }

    /// <summary>Acknowledgements that are not where they were said to be.</summary>
    public static IReadOnlyList<Acknowledged> Lost(IReadOnlyList<Numbered> stored, IEnumerable<Acknowledged> acks) =>
    [
        .. acks.Where(ack => ack.Position > stored.Count
            || stored[(int)ack.Position - 1] is var there
            && (there.Writer != ack.Writer || there.Number != ack.Number)),
    ];
}
