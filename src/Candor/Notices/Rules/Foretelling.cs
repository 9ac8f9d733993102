using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>How many would be told of a word that is not said yet, by channel: asked of the rules that will tell them, so that it cannot say anything else.</summary>
internal static class Foretelling
{
    /// <param name="before">The world as it is; whoever is due to be told of what it says counts as told.</param>
    /// <param name="after">The world with the word in it.</param>
    public static ImmutableSortedDictionary<string, int> Of(World before, World after, Topic topic, DateTimeOffset now)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        if (TopicView.Of(after, topic) is not { } view)
        {
            return counts.ToImmutable();
        }

        var was = TopicView.Of(before, topic);
        foreach (var subscriber in after.Subscribers.Values)
        {
            if (IsTold(subscriber, was, view, now))
            {
                counts[subscriber.Wishes.Channel] = counts.GetValueOrDefault(subscriber.Wishes.Channel) + 1;
            }
        }

        return counts.ToImmutable();
    }

    private static bool IsTold(Subscriber subscriber, TopicView? was, TopicView view, DateTimeOffset now)
    {
        var hears = was is not null && Accepting.Of(subscriber, was, null) is { HasPending: true };
        var known = hears ? Accepting.Anew(subscriber, was!, was!.LastSeq, failed: false, DateTimeOffset.MinValue) : null;
        return Accepting.Of(subscriber, view, known) is { HasPending: true } stream
            && Collapse.Of(stream, subscriber, view, now).Kind is StepKind.Send or StepKind.Wait;
    }
}
