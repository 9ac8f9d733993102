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
    public static Message Write(MessageOrder order)
    {
        var facts = Shortening.Of(FactsOf.Stream(order));
        var words = Telling.Of(facts, new(new PageClock(order.Subscriber.Wishes.TimeZone ?? order.World.Page.TimeZone, order.Language), order.Now)
        {
            ManageUrl = order.ManageUrl,
            UnsubscribeUrl = order.UnsubscribeUrl,
            PageZone = new PageClock(order.World.Page.TimeZone, order.Language).Zone,
            Reminding = ReminderClock.PolicyOf(order.World),
        });
        return new()
        {
            Key = order.Stream.Attempt!.Key,
            Thread = order.Others.Count > 0 ? NoticeKey.ThreadOfSeveral(order.Stream.Attempt.Key) : NoticeKey.ThreadOf(order.Channel, order.Stream.Key),
            OpensThread = order.Others.Count > 0 || !order.Stream.WasTold,
            Address = order.Address,
            PublicOnly = order.Subscriber.EnteredByStranger,
            Subject = words.Subject,
            Line = words.Line,
            Next = words.Next,
            GoesOnInThread = facts is { ContinuesIn: { } other, EndedAt: null }
                ? NoticeKey.ThreadOf(order.Channel, new(order.Subscriber.Id, Topic.Of(new IncidentId(other.Id))))
                : null,
            EndsThreads = facts.EndedAt is not null && order.Stream.Topic.Incident is { } id && order.World.Incidents.TryGetValue(id, out var incident)
                ? [.. Continuing.Ended(order.World, incident).Select(one => NoticeKey.ThreadOf(order.Channel, new(order.Subscriber.Id, Topic.Of(one.Id))))]
                : [],
            Text = words.Text,
            Html = words.Html,
            Language = order.Language.Tag,
            Facts = facts,
            ManageUrl = order.ManageUrl,
            UnsubscribeUrl = order.UnsubscribeUrl,
            SigningKeys = order.SigningKeys,
            Earlier = order.Others.Count > 0 ? null : order.Stream.Receipt,
        };
    }
}
