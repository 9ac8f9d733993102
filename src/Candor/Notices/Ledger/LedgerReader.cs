using System.Runtime.CompilerServices;
using Candor.Notices.Queue;
using Candor.Notices.Streams;

namespace Candor.Notices.Ledger;

/// <summary>Reads what is stored of one topic, channel by channel, and never much of it at once.</summary>
internal sealed class LedgerReader(Func<IReadOnlyList<Postroom>> rooms)
{
    /// <summary>Rows that are looked at in one go: some milliseconds, in which nothing is written.</summary>
    private const int AtOnce = 250;

    /// <summary>One after the other, for whoever hands them on. Throws <see cref="IOException"/> where a channel does not run.</summary>
    public async IAsyncEnumerable<LedgerEntry> AllAsync(LedgerSearch search, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var inTurn = rooms().Where(room => search.Channel.Length == 0 || room.Channel == search.Channel)
            .Where(room => search.After is not { } from || string.CompareOrdinal(room.Channel, from.Channel) >= 0)
            .OrderBy(static room => room.Channel, StringComparer.Ordinal);
        foreach (var room in inTurn)
        {
            var asked = new QueueQuestion(search.Topic, search.After is { } after && after.Channel == room.Channel ? after.Subscriber : null, AtOnce)
            {
                Wanted = search.Who is { } who ? who.Contains : null,
            };
            while (true)
            {
                var page = await room.ReadAsync(asked, cancellation);
                foreach (var stream in page.Streams.Where(stream => stream.Pieces.Any(search.Wants)))
                {
                    yield return new(room.Channel, stream);
                }

                if (page.Next is not { } next)
                {
                    break;
                }

                asked = asked with { After = next };
            }
        }
    }

    /// <summary>So many of them, and where to go on.</summary>
    public async Task<(IReadOnlyList<LedgerEntry> Entries, LedgerPlace? Next)> PageAsync(LedgerSearch search, int most, CancellationToken cancellation)
    {
        var entries = new List<LedgerEntry>();
        await foreach (var entry in AllAsync(search, cancellation))
        {
            if (entries.Count == most)
            {
                return (entries, new(entries[^1].Channel, entries[^1].Stream.Subscriber));
            }

            entries.Add(entry);
        }

        return (entries, null);
    }
}

/// <summary>Everything that one subscriber was told or is to be told of the topic by one channel.</summary>
internal sealed record LedgerEntry(string Channel, NoticeStream Stream);
