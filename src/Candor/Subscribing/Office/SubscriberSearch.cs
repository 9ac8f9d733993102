using System.Globalization;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Office;

/// <summary>Which subscribers are shown: a part of the address or the id, how they stand, from where on.</summary>
internal sealed record SubscriberSearch(string Text, string State, int After)
{
    public const int PageMost = 100;

    public static SubscriberSearch Of(IQueryCollection query) => new(
        query["q"].ToString().Trim(),
        SubscriberView.States.Contains(query["state"].ToString()) ? query["state"].ToString() : "",
        int.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0);

    /// <summary>In the order in which they came, one page of them and whether there are more.</summary>
    public (IReadOnlyList<Subscriber> Found, bool More) In(World world, Func<SubscriberId, string?> addressOf)
    {
        var found = world.Subscribers.Values
            .Where(one => !one.Erased && one.Number > After && (State.Length == 0 || SubscriberView.StateOf(one) == State))
            .Where(one => Text.Length == 0 || one.Id.Value == Text || (addressOf(one.Id)?.Contains(Text, StringComparison.OrdinalIgnoreCase) ?? false))
            .OrderBy(static one => one.Number).Take(PageMost + 1).ToList();
        return ([.. found.Take(PageMost)], found.Count > PageMost);
    }
}
