using Candor.Effects;
using Candor.Notices.Ledger;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices;

/// <summary>What is here against what the journal knows. The journal is right.</summary>
internal sealed partial class Outbox
{
    /// <summary>
    /// Streams that knew less than the journal of who was told, since the beginning: an older queue was put back, the end of
    /// its log was lost, a row is gone. They were settled from it.
    /// </summary>
    public int Behind { get; private set; }

    /// <summary>
    /// Everything that may be to be told, asked once more, and with it who was told. Answers with the streams that changed.
    /// Costs a look at each subscriber for each topic.
    /// </summary>
    public IReadOnlyList<NoticeStream> Reconcile(World world, Moment now) => [.. TopicsToReconcile(world, now).SelectMany(topic => Accept(world, topic, now))];

    /// <summary>What goes on or was over a short while ago, and what somebody waits for.</summary>
    public IReadOnlyList<Topic> TopicsToReconcile(World world, Moment now) =>
        [.. Topics.Current(world, now.Wall).Concat(pending.Select(static key => key.Topic)).Distinct()];

    /// <summary>
    /// What was stored last is missing, so whoever waits for something that was said a short while before may have been told of
    /// it without anybody knowing: counted, and told the end in any case. What was said since nobody can know.
    /// </summary>
    /// <param name="since">When this began with what was stored.</param>
    public IReadOnlyList<NoticeStream> Distrust(World world, Moment now, DateTimeOffset since)
    {
        var changed = new List<NoticeStream>();
        foreach (var stream in pending.Select(key => streams[key]).Where(static stream => stream is { Attempt: null, MayKnow: false }).ToList())
        {
            if (MayHaveBeenTold(stream, since))
            {
                Ambiguous++;
                changed.Add(Put(stream with { MayKnow = true }, world, now));
            }
        }

        return changed;
    }

    /// <summary>
    /// What was begun, asked once more when it leaves, with all that goes in the same notice: between the two it was stored, and
    /// what has become private meanwhile, or whoever has left, is spared.
    /// </summary>
    public bool IsToldStill(World world, NoticeStream begun, Moment now)
    {
        var subscriber = world.Subscribers.GetValueOrDefault(begun.Subscriber);
        return IsTold(begun) && GoneWith(begun.Attempt!.Key).All(IsTold);

        bool IsTold(NoticeStream one) => Collapse.OfBegun(one, subscriber, ViewOf(world, one.Topic), now.Wall).Kind != StepKind.Suppress;
    }

    /// <summary>The rows counted one by one, beside what was counted as it happened.</summary>
    public Counts Recounted() =>
        streams.Values.Aggregate(Counts.None, static (sum, stream) => sum.With(null, stream)) with { Accepted = Total.Accepted };

    /// <summary>What the journal knows to be told is told, whatever this says of it.</summary>
    private NoticeStream? Believing(ToldBy told, Subscriber subscriber, TopicView view, NoticeStream? before, NoticeStream? after, Moment now)
    {
        var upTo = told.SeqOf(subscriber.Number);
        if (before is null)
        {
            // What is forgotten was settled for long; what was said since then and told has a row.
            Behind += after is not null && upTo > 0 && MadeAnewAt is null && WasSaidSince(view, upTo, now.Wall - KeptFor) ? 1 : 0;
            return after;
        }

        if (upTo <= before.ToldUpTo || after is not { Attempt: null } || after.ToldByJournal(upTo, now.Wall) is var settled && ReferenceEquals(settled, after))
        {
            return after;
        }

        Behind++;
        return settled;
    }

    private static bool WasSaidSince(TopicView view, int seq, DateTimeOffset then) => view.Sayings.Any(said => said.Seq == seq && said.At > then);

    private static bool MayHaveBeenTold(NoticeStream stream, DateTimeOffset until) =>
        stream.Pieces.Any(piece => piece.IsPending && piece.At > until - NotYetInTheJournal && piece.At <= until);

    /// <summary>What is new in it was accepted: counted by itself, and never by what became of it.</summary>
    private void Admit(NoticeStream? before, NoticeStream after)
    {
        var (known, more) = (before?.LastSeq ?? 0, 0);
        foreach (var piece in after.Pieces)
        {
            more += piece.Seq > known ? 1 : 0;
        }

        Admit(after.Topic, more);
    }

    private void Admit(Topic topic, int pieces)
    {
        if (pieces != 0)
        {
            counts[topic] = CountsOf(topic).Accept(pieces);
            Total = Total.Accept(pieces);
            Version++;
        }
    }
}
