using System.Collections.Immutable;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices;

/// <summary>
/// Streams that go out in one notice. Each has the attempt in its own row, under the notice's one key, and what comes of it
/// comes of each of them; whose turn it was carries it.
/// </summary>
internal sealed partial class Outbox
{
    private readonly Dictionary<string, ImmutableArray<StreamKey>> together = new(StringComparer.Ordinal);

    /// <summary>What the notice of this attempt tells besides the stream whose turn it was.</summary>
    public IReadOnlyList<NoticeStream> GoneWith(string notice) =>
        Companions(notice) is { IsEmpty: false } others ? [.. others.Select(key => streams[key])] : [];

    private ImmutableArray<StreamKey> Companions(string notice) => together.GetValueOrDefault(notice, []);

    /// <summary>
    /// Begins a hand-over, and with it that of everything else that is over for long and waits for the same person. The one whose
    /// turn it was comes first.
    /// </summary>
    private List<NoticeStream> Depart(World world, Subscriber subscriber, NoticeStream stream, Moment now)
    {
        var others = Gathering.IsFor(subscriber, stream, ViewOf(world, stream.Topic), now.Wall) ? WaitingWith(world, subscriber, stream.Key, now) : [];
        if (others.Count == 0)
        {
            return [Start(stream, notice: null, now)];
        }

        var notice = NoticeKey.OfSeveral(channel, others.Append(stream));
        together[notice] = [.. others.Select(static other => other.Key)];
        var departed = new List<NoticeStream> { Start(stream, notice, now) };
        foreach (var other in others)
        {
            Admit(streams[other.Key], other);
            dispatch.Withdraw(other.Key);
            departed.Add(Start(other, notice, now));
        }

        return departed;
    }

    private NoticeStream Start(NoticeStream stream, string? notice, Moment now)
    {
        holds.Forget(stream.Key);
        var started = Timed(notice is null ? stream.Begin(channel, now.Wall) : stream.Begin(now.Wall, notice), now);
        Replace(streams[stream.Key], started);
        return started;
    }

    /// <summary>What is over for long and would be told by itself, newest first.</summary>
    private List<NoticeStream> WaitingWith(World world, Subscriber subscriber, StreamKey turn, Moment now)
    {
        var waiting = new List<(DateTimeOffset Over, NoticeStream Stream)>();
        foreach (var topic in OverForLong(world, now))
        {
            if (topic == turn.Topic || !streams.TryGetValue(new(subscriber.Id, topic), out var before))
            {
                continue;
            }

            var view = ViewOf(world, topic)!;
            var stream = Accepting.Of(subscriber, view, before)!;
            if (Gathering.MayJoin(stream, now.Wall) && Collapse.Of(stream, subscriber, view, now.Wall).Kind == StepKind.Send)
            {
                waiting.Add((view.OverAt!.Value, stream));
            }
        }

        return [.. waiting.OrderByDescending(static one => one.Over).ThenBy(static one => one.Stream.Topic.Value, StringComparer.Ordinal).Take(Gathering.Most - 1).Select(static one => one.Stream)];
    }

    private List<Topic> OverForLong(World world, Moment now) =>
        [.. byTopic.Keys.Where(topic => CountsOf(topic).Pending > 0 && Gathering.IsOverForLong(ViewOf(world, topic), now.Wall))];

    /// <summary>
    /// What became of an attempt becomes of everything that went out with it. Whatever is tried again goes together again, so it
    /// waits as long as the first one does.
    /// </summary>
    private List<NoticeStream> Share(World world, NoticeStream before, Func<NoticeStream, NoticeStream> what, Moment now)
    {
        var notice = before.Attempt!.Key;
        var shared = new List<NoticeStream> { After(before, null) };
        foreach (var key in Companions(notice))
        {
            if (streams[key] is { Attempt: { } attempt } other && attempt.Key == notice)
            {
                shared.Add(After(other, shared[0].NotBefore));
            }
        }

        together.Remove(notice);
        return shared;

        NoticeStream After(NoticeStream one, DateTimeOffset? notBefore)
        {
            var after = what(one);
            after = Timed(notBefore is not null && after.HasPending ? after with { NotBefore = notBefore } : after, now);
            Note(world, one, after);
            return Put(after, world, now);
        }
    }
}
