using System.Globalization;
using System.Runtime.CompilerServices;
using Candor.Access;
using Candor.Notices.Ledger;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Ledgers;

/// <summary>
/// What somebody gets to see of the ledger: topics within their reach; addresses, and the words of whoever was to take a notice
/// there, only with the right for them.
/// </summary>
internal sealed class LedgerDesk(SubscriberDesk desk)
{
    public const int PageMost = 200;

    private readonly LedgerReader reader = new(() => desk.Office?.Rooms ?? []);

    public static bool SeesAddresses(Principal who) => Permissions.Against(who, Act.ManageSubscribers) is null;

    /// <summary>Null where there is no such topic for them.</summary>
    public LedgerSearch? SearchOf(Principal who, Topic topic, IQueryCollection query)
    {
        if (!desk.World.Within(who.Reach).Knows(who.Reach, topic))
        {
            return null;
        }

        var state = query["state"].ToString();
        return new(topic)
        {
            State = LedgerSearch.States.ContainsKey(state) ? state : "",
            Channel = query["channel"].ToString(),
            Who = Named(who, query["q"].ToString().Trim()),
            After = LedgerPlace.Read(query["after"]),
        };
    }

    /// <summary>What each channel counts of a topic, as of a second ago; channels that were to tell nobody of it are left out.</summary>
    public IReadOnlyDictionary<string, Counts> CountsOf(Topic topic) => (desk.Office?.Rooms ?? [])
        .Select(room => (room.Channel, Counts: room.View.ByTopic.GetValueOrDefault(topic, Counts.None))).Where(static one => one.Counts.Accepted > 0)
        .OrderBy(static one => one.Channel, StringComparer.Ordinal).ToDictionary(static one => one.Channel, static one => one.Counts);

    public Task<LedgerPage> PageAsync(LedgerSearch search, CancellationToken cancellation) =>
        reader.PageAsync(search, PageMost, cancellation);

    public string? AddressFor(Principal who, SubscriberId id) => SeesAddresses(who) ? desk.AddressOf(id) : null;

    /// <summary>Every row, one after the other.</summary>
    public async IAsyncEnumerable<LedgerRow> RowsAsync(Principal who, LedgerSearch search, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in reader.AllAsync(search, cancellation))
        {
            foreach (var row in RowsOf(who, search, entry))
            {
                yield return row;
            }
        }
    }

    public IEnumerable<LedgerRow> RowsOf(Principal who, LedgerSearch search, LedgerEntry entry)
    {
        var address = AddressFor(who, entry.Stream.Subscriber);
        return NoticeLine.Each(entry.Stream, search).Select(line => LedgerRow.Of(entry, Shown(who, line), address));
    }

    /// <summary>The same as notices, for people.</summary>
    public static IEnumerable<NoticeLine> LinesOf(Principal who, LedgerSearch search, LedgerEntry entry) =>
        NoticeLine.Of(entry.Stream, search).Select(line => Shown(who, line));

    private static NoticeLine Shown(Principal who, NoticeLine line) => SeesAddresses(who) ? line : line.WithoutWords;

    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>By id, or by a part of the address for whoever may see it.</summary>
    private HashSet<SubscriberId>? Named(Principal who, string text) => text.Length == 0 ? null : desk.World.Subscribers.Keys
        .Where(id => id.Value == text || (AddressFor(who, id)?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)).ToHashSet();
}
