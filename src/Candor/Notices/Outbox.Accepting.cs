using Candor.Effects;
using Candor.Notices.Ledger;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices;

/// <summary>What is to be told of a topic is taken in for each subscriber whom it concerns.</summary>
internal sealed partial class Outbox
{
    private IReadOnlyList<Subscriber> subscribers = [];
    private object? listed;

    /// <summary>Takes in what is to be told of a topic, and answers with the streams that changed.</summary>
    public IReadOnlyList<NoticeStream> Accept(World world, Topic topic, Moment now) => Accept(world, topic, now, after: 0, most: int.MaxValue).Changed;

    /// <summary>
    /// The same for a part of the subscribers, in the order in which they joined. Asking for the next part later, of the world as it
    /// is then, comes to the same.
    /// </summary>
    /// <param name="after">The number of the last subscriber that was looked at; 0: none.</param>
    /// <param name="most">Subscribers to look at.</param>
    public Accepted Accept(World world, Topic topic, Moment now, int after, int most)
    {
        var changed = new List<NoticeStream>();
        if (ViewOf(world, topic) is not { } view)
        {
            return new(changed, 0, null);
        }

        // Where there is no stream yet, or none any more, the journal says what was told: a row that was lost, or a whole
        // queue, is made anew from it and nobody is told again.
        var (told, all) = (ToldOf(world, topic), SubscribersOf(world, view));
        var first = FirstBehind(all, after);
        var end = first + Math.Min(most, all.Count - first);
        for (var i = first; i < end; i++)
        {
            if (Accept(world, view, all[i], told, now) is { } stream)
            {
                changed.Add(stream);
            }
        }

        return new(changed, end - first, end < all.Count ? all[end - 1].Number : null);
    }

    private NoticeStream? Accept(World world, TopicView view, Subscriber subscriber, ToldBy told, Moment now)
    {
        var before = streams.GetValueOrDefault(new(subscriber.Id, view.Topic));
        var after = before is null ? Anew(subscriber, view, told, now) : Accepting.Of(subscriber, view, before);
        after = Believing(told, subscriber, view, before, after, now);
        if (after is null || ReferenceEquals(after, before))
        {
            return null;
        }

        // Digests go on for ever; what is old of them does not.
        var kept = after.Without(now.Wall - KeptFor);
        Admit(before, after);
        Admit(view.Topic, kept.Pieces.Length - after.Pieces.Length);
        return Put(kept, world, now);
    }

    private NoticeStream? Anew(Subscriber subscriber, TopicView view, ToldBy told, Moment now)
    {
        // In a queue that was lost, anything may have waited; in one that was not, what is missing was settled and forgotten.
        var settledBefore = MadeAnewAt is null ? now.Wall - KeptFor : DateTimeOffset.MinValue;
        var made = Accepting.Anew(subscriber, view, told.SeqOf(subscriber.Number), told.Failed.Contains(subscriber.Number), settledBefore);
        return made is not null && MadeAnewAt is { } lost && MayHaveBeenTold(made, lost) ? made with { MayKnow = true } : made;
    }

    private IReadOnlyList<Subscriber> SubscribersOf(World world, TopicView view) =>
        view.Only is not { } only ? SubscribersOf(world)
        : world.Subscribers.TryGetValue(only, out var one) && one.Wishes.Channel == channel ? [one]
        : [];

    /// <summary>In the order in which they joined, so that the same seed is the same run. Made once per version of the list.</summary>
    private IReadOnlyList<Subscriber> SubscribersOf(World world)
    {
        if (!ReferenceEquals(world.Subscribers, listed))
        {
            subscribers = [.. world.Subscribers.Values.Where(one => one.Wishes.Channel == channel).OrderBy(static one => one.Number)];
            listed = world.Subscribers;
        }

        return subscribers;
    }

    private static int FirstBehind(IReadOnlyList<Subscriber> all, int number)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = all[middle].Number > number ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}

/// <summary>What came of looking at some subscribers.</summary>
/// <param name="Looked">How many there were.</param>
/// <param name="Next">The number behind which the others are; null: there are none.</param>
internal readonly record struct Accepted(IReadOnlyList<NoticeStream> Changed, int Looked, int? Next);
