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
        foreach (var room in InTurn(search))
        {
            await foreach (var entry in OfAsync(room, search, cancellation))
            {
                yield return entry;
            }
        }
    }

    /// <summary>So many of them, and where to go on. A channel that does not run is named, and hides no other one's.</summary>
    public async Task<LedgerPage> PageAsync(LedgerSearch search, int most, CancellationToken cancellation)
    {
        var (entries, silent) = (new List<LedgerEntry>(), new List<string>());
        foreach (var room in InTurn(search))
        {
            try
            {
                await foreach (var entry in OfAsync(room, search, cancellation))
                {
                    if (entries.Count == most)
                    {
                        return new(entries, new(entries[^1].Channel, entries[^1].Stream.Subscriber)) { Silent = silent };
                    }

                    entries.Add(entry);
                }
            }
            catch (IOException)
            {
                silent.Add(room.Channel);
            }
        }

        return new(entries, null) { Silent = silent };
    }

    private IEnumerable<Postroom> InTurn(LedgerSearch search) => rooms().Where(room => search.Channel.Length == 0 || room.Channel == search.Channel)
        .Where(room => search.After is not { } from || string.CompareOrdinal(room.Channel, from.Channel) >= 0)
        .OrderBy(static room => room.Channel, StringComparer.Ordinal);

    private static async IAsyncEnumerable<LedgerEntry> OfAsync(Postroom room, LedgerSearch search, [EnumeratorCancellation] CancellationToken cancellation)
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

/// <summary>A piece of a ledger.</summary>
/// <param name="Next">Where to go on, or null.</param>
internal sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries, LedgerPlace? Next)
{
    /// <summary>Channels that do not run, and whose rows are missing.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}

/// <summary>Everything that one subscriber was told or is to be told of the topic by one channel.</summary>
internal sealed record LedgerEntry(string Channel, NoticeStream Stream);
