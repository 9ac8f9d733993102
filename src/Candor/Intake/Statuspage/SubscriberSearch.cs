using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Which subscribers a list asks for, and in which order: <c>type</c>, <c>state</c>, <c>q</c>, <c>sort_field</c>, <c>sort_direction</c>.</summary>
internal sealed record SubscriberSearch(string Type, string State, string Sought, string SortField, bool Descending)
{
    private const int SoughtLengthMax = 254;

    /// <param name="otherwise">The state where none is asked for.</param>
    public static (SubscriberSearch? Search, Refusal? Fault) Of(IQueryCollection query, string otherwise)
    {
        var state = query["state"] is [{ Length: > 0 } asked] && otherwise != "unsubscribed" ? asked : otherwise;
        var (sort, direction) = (query["sort_field"].ToString(), query["sort_direction"].ToString());
        return state is not ("active" or "unconfirmed" or "quarantined" or "unsubscribed" or "all")
            ? (null, new("unknown_word", "The state is none of active, unconfirmed, quarantined, all.", "state"))
            : sort is not ("" or "primary" or "created_at" or "quarantined_at" or "relevance")
            ? (null, new("unknown_word", "The sort_field is none of primary, created_at, quarantined_at.", "sort_field"))
            : direction is not ("" or "asc" or "desc")
            ? (null, new("unknown_word", "The sort_direction is neither asc nor desc.", "sort_direction"))
            : query["q"].ToString().Length > SoughtLengthMax
            ? (null, new("too_long", $"q has more than {SoughtLengthMax} characters; no address is that long.", "q"))
            : (new(query["type"].ToString(), state, query["q"].ToString(), sort, direction == "desc"), null);
    }

    public IEnumerable<Subscriber> Of(World world, Func<SubscriberId, string?> addressOf)
    {
        var found = world.Subscribers.Values.Where(static one => !one.Erased)
            .Where(one => Type.Length == 0 || V1Subscriber.ModeOf(one) == Type)
            .Where(one => V1Subscriber.StateOf(one) is var stands && (State == "all" ? stands != "unsubscribed" : stands == State))
            .Where(one => Sought.Length == 0 || addressOf(one.Id)?.Contains(Sought, StringComparison.OrdinalIgnoreCase) is true)
            .OrderBy(static one => one.Number);
        var sorted = SortField switch
        {
            "primary" => found.OrderBy(one => addressOf(one.Id), StringComparer.OrdinalIgnoreCase),
            "quarantined_at" => found.OrderBy(static one => one.LeftAt),
            _ => found,
        };
        return Descending ? sorted.Reverse() : sorted;
    }
}
