using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Wording;

/// <summary>
/// Writes a notice from the facts as they are at this moment. Pure: the same facts at the same time make the same message,
/// and what is over is never told as if it went on.
/// </summary>
internal static class MessageWriter
{
    public static Message Write(MessageOrder order) => Write(order, Words(order));

    /// <summary>With words that were written of the same a moment ago, see <see cref="RecentWords"/>.</summary>
    public static Message Write(MessageOrder order, MessageWords words)
    {
        var facts = words.Facts;
        return new()
        {
            Key = order.Stream.Attempt!.Key,
            Thread = order.Others.Count > 0 ? NoticeKey.ThreadOfSeveral(order.Stream.Attempt.Key) : NoticeKey.ThreadOf(order.Channel, order.Stream.Key),
            OpensThread = order.Others.Count > 0 || !order.Stream.WasTold,
            Address = order.Address,
            PublicOnly = order.Subscriber.EnteredByStranger,
            Words = words,
            GoesOnInThread = facts is { ContinuesIn: { } other, EndedAt: null }
                ? NoticeKey.ThreadOf(order.Channel, new(order.Subscriber.Id, Topic.Of(new IncidentId(other.Id))))
                : null,
            EndsThreads = facts.EndedAt is not null && order.Stream.Topic.Incident is { } id && order.World.Incidents.TryGetValue(id, out var incident)
                ? [.. Continuing.Ended(order.World, incident).Select(one => NoticeKey.ThreadOf(order.Channel, new(order.Subscriber.Id, Topic.Of(one.Id))))]
                : [],
            ManageUrl = order.ManageUrl,
            UnsubscribeUrl = order.UnsubscribeUrl,
            SigningKeys = order.SigningKeys,
            Earlier = order.Others.Count > 0 ? null : order.Stream.Receipt,
        };
    }

    public static MessageWords Words(MessageOrder order)
    {
        var facts = Shortening.Of(FactsOf.Stream(order));
        var words = Telling.Of(facts, new(new PageClock(order.Zone, order.Language), order.Now)
        {
            PageZone = new PageClock(order.World.Page.TimeZone, order.Language).Zone,
            Reminding = ReminderClock.PolicyOf(order.World),
        });
        return new()
        {
            Subject = words.Subject,
            Line = words.Line,
            Next = words.Next,
            Text = words.Text,
            Html = words.Html,
            Language = order.Language.Tag,
            Facts = facts,
            LinksFollow = NoticeEnd.FollowsOn(facts.About),
        };
    }
}
