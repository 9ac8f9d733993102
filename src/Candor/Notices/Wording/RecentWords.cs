using System.Globalization;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>
/// Words that were written a moment ago, for the next person who hears exactly the same: of a crowd, nearly everybody. For one
/// caller at a time.
/// </summary>
internal sealed class RecentWords
{
    /// <summary>No word says more exactly than by the minute when something was; on its way a notice takes about as long.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Heard, (DateTimeOffset At, MessageWords Words)> written = [];
    private World? world;

    public MessageWords Of(MessageOrder order)
    {
        if (Heard.In(order) is not { } heard)
        {
            return MessageWriter.Words(order);
        }

        // What was true of an older world need not be true any more.
        if (!ReferenceEquals(order.World, world))
        {
            written.Clear();
            world = order.World;
        }

        if (written.TryGetValue(heard, out var earlier) && order.Now - earlier.At is var age && age >= TimeSpan.Zero && age < Recent)
        {
            return earlier.Words;
        }

        var words = MessageWriter.Words(order);
        written[heard] = (order.Now, words);
        return words;
    }

    /// <summary>All that the words of an incident or a maintenance depend on, apart from the world and the time.</summary>
    /// <param name="Pending">The numbers of what is told by it.</param>
    private readonly record struct Heard(string Channel, Topic Topic, Language Language, string Zone, string Pending, DateTimeOffset Oldest, string? Reason)
    {
        /// <summary>Null where words are one person's: a link, a reminder, a digest, what is over for long.</summary>
        public static Heard? In(MessageOrder order)
        {
            var stream = order.Stream;
            return order.Others.Count == 0 && stream.Topic is { Subscription: null, Reminder: null, Digest: null }
                ? new(order.Channel, stream.Topic, order.Language, order.Zone, PendingIn(stream), stream.OldestPending!.Value.At, stream.Reason)
                : null;
        }

        /// <summary>Nearly always one, and small: the runtime has a string of it.</summary>
        private static string PendingIn(NoticeStream stream)
        {
            var numbers = "";
            foreach (var piece in stream.Pieces)
            {
                if (piece.IsPending)
                {
                    var number = piece.Seq.ToString(CultureInfo.InvariantCulture);
                    numbers = numbers.Length == 0 ? number : $"{numbers},{number}";
                }
            }

            return numbers;
        }
    }
}
