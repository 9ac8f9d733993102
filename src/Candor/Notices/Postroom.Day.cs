using System.Threading.Channels;
using Candor.Journal;
using Candor.Notices.Queue;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Notices.Workers;

namespace Candor.Notices;

/// <summary>What a post room knows while it runs.</summary>
internal sealed partial class Postroom
{
    /// <summary>Everything of one run: a new one begins from the store.</summary>
    private sealed class Day(WorkerLink link, IQueueStore store, Outbox outbox, Channel<PostroomNews> news)
    {
        private int coming;
        private int brought;

        public WorkerLink Link { get; } = link;

        public RecentWords Words { get; } = new();

        public IQueueStore Store { get; } = store;

        public Outbox Outbox { get; } = outbox;

        public Channel<PostroomNews> News { get; } = news;

        /// <summary>Not stored yet; the last version of each counts.</summary>
        public Dictionary<StreamKey, NoticeStream> Changed { get; } = [];

        public Position? Done { get; set; }

        /// <summary>The last place that went into the store, so that events which concern nobody cost no write.</summary>
        public Position Noted { get; set; }

        public List<TaskCompletionSource> Stored { get; } = [];

        public Queue<Brought> TakingIn { get; } = new();

        /// <summary>The round that is under way, or null.</summary>
        public Reconciliation? Reconciling { get; set; }

        public bool LooksOn => TakingIn.Count > 0 || Reconciling is not null;

        /// <summary>How often the follower has brought something.</summary>
        public int Brought => Volatile.Read(ref brought);

        /// <summary>Dead letters that are pending again once this is stored.</summary>
        public List<TaskCompletionSource<bool>> Replayed { get; } = [];

        /// <summary>What the process has, by notice.</summary>
        public Dictionary<string, InHand> InHand { get; } = new(StringComparer.Ordinal);

        /// <summary>Tests by key, those that the process has and those that wait for it.</summary>
        public Dictionary<string, TestAsked> Tests { get; } = new(StringComparer.Ordinal);

        public Queue<TestAsked> TestsWaiting { get; } = new();

        /// <summary>The number of the process that was open last: what is in hand is in its hands.</summary>
        public int Process { get; set; }

        /// <summary>Since when there has been no process that is open; null while there is one.</summary>
        public TimeSpan? ShutSince { get; set; }

        public bool IsReady => ShutSince is null;

        /// <summary>When it began with what was stored.</summary>
        public DateTimeOffset BeganAt { get; set; }

        /// <summary>Nothing that the follower has brought waits to be taken.</summary>
        public bool IsFollowed => Volatile.Read(ref coming) == 0;

        /// <summary>Its settings have changed: it gets nothing more, and is replaced when this is over at the latest.</summary>
        public TimeSpan? RenewsAt { get; set; }

        /// <summary>What we did to the process that is about to end.</summary>
        public EndOfWorker End { get; set; }

        /// <summary>The process is given work.</summary>
        public bool Takes => IsReady && RenewsAt is null;

        public Task Telling { get; set; } = Task.CompletedTask;

        public TimeSpan ToldAt { get; set; }

        public TimeSpan LookedAt { get; set; }

        /// <summary>The counts that the view shows.</summary>
        public long? LookedAtVersion { get; set; }

        public TimeSpan? ForgetsAt { get; set; }

        public void Comes()
        {
            Interlocked.Increment(ref brought);
            Interlocked.Increment(ref coming);
        }

        public void Came() => Interlocked.Decrement(ref coming);
    }

    private sealed record InHand(StreamKey Stream, TimeSpan Since)
    {
        /// <summary>The process said that it began: it may have arrived.</summary>
        public bool IsBegun { get; set; }
    }
}
