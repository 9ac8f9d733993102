using Candor.Effects;
using Candor.State;

namespace Candor.Notices;

/// <summary>
/// What the journal brings is taken in for some subscribers at a time, and between two parts the first of them are told: of a
/// crowd nobody waits until everybody is in the book, and no pause of the collector is as long as a crowd is large.
/// </summary>
internal sealed partial class Postroom
{
    private const int LookedAtAtOnce = 500;

    /// <summary>While something new is taken in.</summary>
    private const int ReconciledAtOnce = 100;

    private void TakeIn(Day day, Moment now)
    {
        Reconcile(day, day.TakingIn.Count > 0 ? ReconciledAtOnce : LookedAtAtOnce, now);
        for (var left = LookedAtAtOnce; left > 0 && day.TakingIn.TryPeek(out var brought);)
        {
            while (left > 0 && brought.Topics.TryPeek(out var topic))
            {
                var part = day.Outbox.Accept(journal.State, topic, now, brought.After, left);
                Keep(day, part.Changed);
                left -= brought.Advance(part);
            }

            if (brought.Topics.Count == 0)
            {
                day.Done = brought.Went.Done;
                day.Stored.Add(brought.Went.Stored);
                day.Came();
                day.TakingIn.Dequeue();
            }
        }
    }

    /// <summary>Topics of which everybody is looked at, and how far that is.</summary>
    private abstract class Round(IEnumerable<Topic> topics)
    {
        public Queue<Topic> Topics { get; } = new(topics);

        /// <summary>The number of the last subscriber that was looked at for the first of the topics.</summary>
        public int After { get; private set; }

        /// <summary>A part of the first topic was looked at; what it counts for.</summary>
        public int Advance(Accepted part)
        {
            After = part.Next ?? 0;
            if (part.Next is null)
            {
                Topics.Dequeue();
            }

            return Math.Max(1, part.Looked);
        }
    }

    /// <summary>What the follower brought.</summary>
    private sealed class Brought(JournalWentOn went, IEnumerable<Topic> topics) : Round(topics)
    {
        public JournalWentOn Went { get; } = went;
    }
}
