using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>What a notice carries that tells several things which are over for long: each as it ended, with what was not told of it yet.</summary>
internal static class OverFacts
{
    public static MessageFacts Of(MessageOrder order)
    {
        var (page, streams) = (order.World.Page, order.Others.Append(order.Stream).ToList());
        var told = streams.Select(static stream => stream.Topic).ToHashSet();
        var oldest = streams.Min(static stream => stream.OldestPending!.Value.At);
        return new()
        {
            PageId = page.Id,
            PageName = page.Name,
            PageUrl = page.Url,
            About = MessageSubject.OverForLong,
            Id = order.Stream.Attempt!.Key,
            Title = page.Name,
            Url = page.Url,
            Status = "resolved",
            StartedAt = oldest,
            CreatedAt = oldest,
            UpdatedAt = oldest,

            // When planned work was to be is told with the work itself.
            Parts =
            [
                .. streams.Where(stream => stream.Topic.Schedule is not { } planned || !told.Contains(Topic.Of(planned)))
                    .Select(stream => FactsOf.OfTopic(order with { Stream = stream }))
                    .OrderByDescending(static part => part.EndedAt).ThenBy(static part => part.Id, StringComparer.Ordinal),
            ],
        };
    }
}
