using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Queue;
using Candor.Notices.Queue.Memory;
using Candor.Notices.Streams;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Notices.Subscribers;
using Candor.Tests.Notices.Workers;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Notices;

/// <summary>A post room at work, with journal, queue and process in memory and a clock that goes when it is told to.</summary>
internal sealed class PostroomRig : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly ContactBook contacts;

    private PostroomRig(MemoryQueueMedium medium, ContactBook contacts, IChannelKind kind)
    {
        this.contacts = contacts;
        Self = new(Time);
        Medium = medium;
        Journal = new(
            _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(Time), null, Time, JournalLimits.Default, NullLogger.Instance)
        {
            Admission = commit =>
            {
                Refused += Full is null ? 0 : 1;
                return Full;
            },
        };
        Room = new(new(kind, Journal, contacts)
        {
            OpenQueue = _ => new(new LockableStore(new MemoryQueueStore(medium), streams => IsLocked ? throw new IOException("database is locked") : Storing(streams))),
            StartChannel = () =>
            {
                var process = new StubProcess(message =>
                {
                    Sent.Enqueue(message);
                    return Answer(message);
                }, Opens);
                Processes.Enqueue(process);
                return process;
            },
            Unset = () => Unset,
            Readings = () => Readings(),
            Settings = () => new(ImmutableSortedDictionary<string, string>.Empty.Add("rate", Rate)),
            Time = Time,
            Randomness = new SystemRandomness(),
            Self = Self,
            Logger = NullLogger.Instance,
        });
    }

    /// <summary>A room of another channel, which does not run.</summary>
    public Postroom Beside(IChannelKind kind) => new(new(kind, Journal, contacts)
    {
        OpenQueue = static _ => new(new MemoryQueueStore(new())),
        StartChannel = static () => throw new InvalidOperationException("no channel is started here"),
        Readings = static () => 0,
        Settings = static () => ChannelSettings.None,
        Time = Time,
        Randomness = new SystemRandomness(),
        Self = Self,
        Logger = NullLogger.Instance,
    });

    /// <summary>What the journal answers while the disk is full; null while there is room.</summary>
    public Refusal? Full { get; set; }

    /// <summary>The queue takes no writes.</summary>
    public bool IsLocked { get; set; }

    /// <summary>What happens while the queue is written.</summary>
    public Func<IReadOnlyCollection<NoticeStream>, ValueTask> Storing { get; set; } = static _ => default;

    public SelfLog Self { get; }

    /// <summary>The newest run of the room.</summary>
    public Task Working { get; private set; } = Task.CompletedTask;

    /// <summary>Commits that were refused for that.</summary>
    public int Refused { get; private set; }

    /// <summary>False: processes live and never open.</summary>
    public bool Opens { get; set; } = true;

    /// <summary>How often the page has been read until now.</summary>
    public Func<long> Readings { get; set; } = static () => 0;

    /// <summary>What the settings lack.</summary>
    public string? Unset { get; set; }

    public ManualTimeProvider Time { get; } = new(NoticeWorld.Noon);

    public Journal<World, Event> Journal { get; }

    public MemoryQueueMedium Medium { get; }

    public Postroom Room { get; }

    public Func<Message, Handover?> Answer { get; set; } = static _ => Handover.Delivered("200");

    public ConcurrentQueue<Message> Sent { get; } = new();

    /// <summary>Every process that was started, in order.</summary>
    public ConcurrentQueue<StubProcess> Processes { get; } = new();

    /// <summary>What the owner's settings say of the channel.</summary>
    public string Rate { get; set; } = "1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Subscribers by webhook, whose addresses are known.</summary>
    public static Task<PostroomRig> StartAsync(MemoryQueueMedium medium, int subscribers = 1, bool opens = true) =>
        StartAsync(new WebhookKind(), static number => $"https://receiver{number}.example/", medium, subscribers, opens);

    /// <summary>The same by another channel.</summary>
    public static async Task<PostroomRig> StartAsync(
        IChannelKind kind, Func<int, string> addressOf, MemoryQueueMedium medium, int subscribers = 1, bool opens = true)
    {
        var randomness = new SystemRandomness();
        var secrets = new SecretBox(MasterKeys.Load(new MemoryDisk(), "master.key", null, randomness), randomness);
        var known = await ContactBook.OpenAsync(new MemoryContacts(), new ContactBox(secrets, randomness), Ct);
        var numbers = Enumerable.Range(1, subscribers).ToList();
        await known.PutAsync([.. numbers.Select(number => (NoticeWorld.IdOf(number), kind.Name, new Contact(addressOf(number))))], Ct);
        var rig = new PostroomRig(medium, known, kind) { Opens = opens };
        rig.running.Add(rig.Journal.RunAsync(rig.stopping.Token));
        await rig.Journal.WaitForOpenAsync(Ct);
        await rig.HappensAsync(
            new PageConfigured(NoticeWorld.Noon, new("heroncopier1", "Heron Copier", "UTC") { Url = "https://status.example.com" }),
            new ComponentAdded(NoticeWorld.Noon, new(NoticeWorld.Home, "Homepage", null, 0)));
        await rig.HappensAsync([.. numbers.Select(number => NoticeWorld.Joins(number) with { Wishes = new(kind.Name) })]);
        rig.Work();
        return rig;
    }

    /// <summary>What a supervisor does after a failure.</summary>
    public void Work() => running.Add(Working = Room.RunAsync(stopping.Token));

    public async Task HappensAsync(params Event[] events) => Assert.Null((await Journal.CommitAsync(_ => events, Ct)).Refusal);

    /// <summary>Waits for what comes without any time.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await BreatheAsync();
        }
    }

    /// <summary>Waits for what comes in time, and lets a second pass now and then; not faster than threads hear of each other.</summary>
    public async Task InTimeAsync(Func<bool> condition)
    {
        for (var i = 1; !condition(); i++)
        {
            if (i % 3 == 0)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            await BreatheAsync();
        }
    }

    /// <summary>So many seconds pass, and in each of them the process says that it lives.</summary>
    public async Task BeatAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await BeatAsync();
        }
    }

    /// <summary>Waits for what comes in time while the process says that it lives.</summary>
    public async Task BeatUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Ct.ThrowIfCancellationRequested();
            await BeatAsync();
        }
    }

    /// <summary>A second, in which the room gets its time to look at what the second has brought.</summary>
    private async Task BeatAsync()
    {
        var seen = Room.View;
        Time.Advance(TimeSpan.FromSeconds(1));
        if (Processes.LastOrDefault() is { } process)
        {
            await process.SayAsync(new() { Alive = true }, Ct);
        }

        // In real time, and not for ever: whoever set a timer just after the second had passed sleeps through it.
        var patience = Stopwatch.StartNew();
        while (ReferenceEquals(seen, Room.View) && patience.ElapsedMilliseconds < 300)
        {
            await BreatheAsync();
        }
    }

    /// <summary>In real time: whoever waits by looking again and again would keep from the processor what is waited for, for that gives way.</summary>
    private static Task BreatheAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();

        // What is in hand gets its moment, which is over only when the clock says so.
        var ending = Task.WhenAll(running);
        while (!ending.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await contacts.DisposeAsync();
        stopping.Dispose();
    }

    private sealed class LockableStore(MemoryQueueStore store, Func<IReadOnlyCollection<NoticeStream>, ValueTask> storing) : IQueueStore
    {
        public ValueTask<Position> LoadAsync(Action<NoticeStream> each, CancellationToken cancellation) => store.LoadAsync(each, cancellation);

        public async ValueTask WriteAsync(IReadOnlyCollection<NoticeStream> streams, Position? done, CancellationToken cancellation)
        {
            await storing(streams);
            await store.WriteAsync(streams, done, cancellation);
        }

        public ValueTask<QueuePage> ReadAsync(QueueQuestion asked, CancellationToken cancellation) => store.ReadAsync(asked, cancellation);

        public ValueTask ForgetAsync(IReadOnlyCollection<StreamKey> streams, CancellationToken cancellation) => store.ForgetAsync(streams, cancellation);

        public ValueTask DisposeAsync() => store.DisposeAsync();
    }
}
