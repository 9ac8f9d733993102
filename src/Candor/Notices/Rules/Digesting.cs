using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>What was said of one topic in one while.</summary>
/// <param name="Number">The while's.</param>
internal sealed record DigestNews(int Number, TopicView View, ImmutableArray<Saying> Said);

/// <summary>
/// Who is told what in a digest: exactly what the rules would have told them word by word, at the end of the while. Pure, so a
/// digest of nothing is nothing that is pending.
/// </summary>
internal static class Digesting
{
    /// <summary>Whether this is told to somebody in this way: a word by itself, or a while with something in it for them.</summary>
    public static bool Tells(Subscriber subscriber, TopicView view, Saying said)
    {
        if (view.Digest is not null)
        {
            return view.News.Any(news => news.Number == said.Seq && IsFor(subscriber, news));
        }

        return view.Only is not null || view.IsForDuty || (subscriber.OtherwiseUntil is { } until && said.At <= until
            ? subscriber.Wishes.Digest != DigestEvery.Each
            : subscriber.Wishes.Digest == DigestEvery.Each);
    }

    /// <summary>What of a while is for somebody.</summary>
    public static bool IsFor(Subscriber subscriber, DigestNews news) =>
        Audience.Of(subscriber, news.View) == Concern.Told && news.Said.Any(said => IsFor(subscriber, said));

    public static bool IsFor(Subscriber subscriber, Saying said) =>
        said.At >= subscriber.ConfirmedAt && !(said.At <= subscriber.OtherwiseUntil && subscriber.Wishes.Digest != DigestEvery.Each);

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
                   let said = view.Sayings.Where(said => !said.Quiet && said.At > one.From && said.At <= one.Until).ToImmutableArray()
                   where !said.IsEmpty
                   select new DigestNews(one.Number, view, said),
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
