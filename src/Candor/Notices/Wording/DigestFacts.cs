using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>What a digest carries: each topic as it is now, with what was said of it in the whiles that are told.</summary>
internal static class DigestFacts
{
    public static MessageFacts Of(MessageOrder order, DigestEvery every)
    {
        var page = order.World.Page;
        var pending = order.Stream.Pieces.Where(static piece => piece.IsPending).Select(static piece => piece.Seq).ToHashSet();
        var whiles = order.World.Digests.Where(one => pending.Contains(one.Number)).ToList();
        var parts = Digesting.Told(order.Subscriber, order.View ?? Digesting.Of(order.World, order.Stream.Topic, every), order.Stream)
            .Select(topic => PartOf(order, topic.Key, topic.SelectMany(static news => news.Said).Where(said => Digesting.IsFor(order.Subscriber, said, every))));
        return new()
        {
            PageId = page.Id,
            PageName = page.Name,
            PageUrl = page.Url,
            About = MessageSubject.Digest,
            Id = order.Stream.Topic.Value,
            Title = page.Name,
            Url = page.Url,
            Status = every.ToString().ToLowerInvariant(),
            StartedAt = whiles.Count > 0 ? whiles[0].From : order.Now,
            CreatedAt = whiles.Count > 0 ? whiles[^1].Until : order.Now,
            UpdatedAt = whiles.Count > 0 ? whiles[^1].Until : order.Now,
            Parts = [.. parts],
        };
    }

    private static MessageFacts PartOf(MessageOrder order, Topic topic, IEnumerable<Saying> said)
    {
        var stream = new NoticeStream(order.Subscriber.Id, topic)
            .Accept(said.OrderBy(static one => one.Seq).Select(static one => new Piece(one.Seq, one.At, PieceState.Pending)));
        return FactsOf.OfTopic(order with { Stream = stream });
    }
}
