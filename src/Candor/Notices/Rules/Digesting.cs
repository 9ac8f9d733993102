using System.Collections.Immutable;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>What was said of one topic in one while.</summary>
/// <param name="Number">The while's.</param>
/// <param name="From">When it began.</param>
internal sealed record DigestNews(int Number, DateTimeOffset From, TopicView View, ImmutableArray<Saying> Said);

/// <summary>
/// Who is told what in a digest: exactly what the rules would have told them word by word, at the end of the while. Pure, so a
/// digest of nothing is nothing that is pending.
/// </summary>
internal static class Digesting
{
    /// <summary>Whether this is told to somebody in this way: a word by itself, or a while with something in it for them.</summary>
    public static bool Tells(Subscriber subscriber, TopicView view, Saying said) => view.Digest is { } every
        ? TellsInWhile(subscriber, view, said.Seq, every)
        : view.Only is not null || view.IsForDuty || subscriber.WayOf(said.At) == DigestEvery.Each;

    /// <summary>
    /// What is told of the whiles that are pending, topic by topic. What the rules keep from whoever was told nothing of it is
    /// kept from them here as well.
    /// </summary>
    public static IEnumerable<IGrouping<Topic, DigestNews>> Told(Subscriber subscriber, TopicView view, NoticeStream stream)
    {
        var pending = stream.Pieces.Where(static piece => piece.IsPending).Select(static piece => piece.Seq).ToHashSet();
        return Told(subscriber, view, pending.Contains);
    }

    /// <summary>
    /// The topics under which it is noted who was told by this stream: its own, and for a digest those of the incidents that these
    /// whiles told of, for the numbers on their pages.
    /// </summary>
    public static IEnumerable<Topic> NotedUnder(Subscriber subscriber, TopicView? view, Topic topic, Func<int, bool> whiles) =>
        view?.Digest is null ? [topic]
        : Told(subscriber, view, whiles).Where(static told => told.Key.Incident is not null).Select(static told => Topic.OfDigested(told.Key)).Prepend(topic);

    private static IEnumerable<IGrouping<Topic, DigestNews>> Told(Subscriber subscriber, TopicView view, Func<int, bool> whiles) =>
        view.News.Where(news => whiles(news.Number) && IsFor(subscriber, news, view.Digest!.Value))
            .GroupBy(static news => news.View.Topic)
            .Where(topic => topic.First() is var first && (Collapse.Unworthy(first.View) is null || first.View.Heard.Contains(subscriber.Number) || WasTold(subscriber, first)));

    private static bool TellsInWhile(Subscriber subscriber, TopicView view, int number, DigestEvery every) =>
        view.News.Any(news => news.Number == number && IsFor(subscriber, news, every));

    public static bool IsFor(Subscriber subscriber, Saying said, DigestEvery every) => said.At >= subscriber.ConfirmedAt && subscriber.WayOf(said.At) == every;

    private static bool IsFor(Subscriber subscriber, DigestNews news, DigestEvery every) =>
        Audience.Of(subscriber, news.View) == Concern.Told && news.Said.Any(said => IsFor(subscriber, said, every));

    /// <summary>Whether something was said to them before this while that was worth a word then.</summary>
    private static bool WasTold(Subscriber subscriber, DigestNews news) =>
        news.View.Sayings.Any(said => (!said.Quiet || said.IsTakenBack) && said.At >= subscriber.ConfirmedAt && said.At <= news.From)
        && !(Collapse.IsOverQuickly(news.View) && news.View.OverAt <= news.From);

    public static TopicView Of(World world, Topic topic, DigestEvery every)
    {
        var whiles = world.Digests.Where(one => one.Every == every).ToList();
        var views = whiles.Count == 0 ? [] : Touched(world, whiles[0].From).Select(one => TopicView.Of(world, one)).OfType<TopicView>().ToList();
        return new(topic, [.. whiles.Select(static one => new Saying(one.Number, one.Until, Quiet: false, Automatic: true))])
        {
            Digest = every,
            News =
            [
                .. from one in whiles
                   from view in views
                   let said = view.Sayings.Where(said => said is { Quiet: false, IsEndElsewhere: false } && said.At > one.From && said.At <= one.Until).ToImmutableArray()
                   where !said.IsEmpty
                   select new DigestNews(one.Number, one.From, view, said),
            ],
        };
    }

    /// <summary>Newest first, as on the page.</summary>
    private static IEnumerable<Topic> Touched(World world, DateTimeOffset after) =>
        world.Incidents.Values.Where(one => one.UpdatedAt > after).OrderByDescending(static one => one.CreatedAt).ThenBy(static one => one.Id.Value, StringComparer.Ordinal)
            .Select(static one => Topic.Of(one.Id))
            .Concat(world.Maintenances.Values.Where(one => one.UpdatedAt > after).OrderByDescending(static one => one.CreatedAt).ThenBy(static one => one.Id.Value, StringComparer.Ordinal)
                .SelectMany(static one => new[] { Topic.Of(one.Id), Topic.OfSchedule(one.Id) }));
}
