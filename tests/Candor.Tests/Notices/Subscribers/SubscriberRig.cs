using System.Collections.Immutable;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Queue.Memory;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>A desk with a journal and addresses in memory; nothing is sent, because no post room is started.</summary>
internal sealed class SubscriberRig : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];

    private SubscriberRig()
    {
        Journal = new(
            _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(Time), null, Time, JournalLimits.Default, NullLogger.Instance)
        {
            Admission = _ => Full,
        };
        var randomness = new SystemRandomness();
        Self = new(Time);
        Office = new(
            Journal,
            new(Time, randomness)
            {
                OpenQueue = static (_, _) => new(new MemoryQueueStore(new())),
                OpenContacts = _ => new(Contacts),
                Secrets = () => new(MasterKeys.Load(new MemoryDisk(), "master.key", null, randomness), randomness),
                StartChannel = static _ => throw new InvalidOperationException("no channel is started here"),
            },
            static () => 0, Self, NullLoggerFactory.Instance);
        Office.Configure(ImmutableDictionary<string, ChannelSettings>.Empty.Add("email", ChannelSettings.None));
        Desk = new(() => Journal, () => Office, randomness, Time);
        OptIn = new(Desk, Time);
    }

    /// <summary>What the journal answers while the disk is full; null while there is room.</summary>
    public Refusal? Full { get; set; }

    public ManualTimeProvider Time { get; } = new(NoticeWorld.Noon);

    public Journal<World, Event> Journal { get; }

    public SelfLog Self { get; }

    public MemoryContacts Contacts { get; } = new();

    public PostOffice Office { get; }

    public SubscriberDesk Desk { get; }

    public OptIn OptIn { get; }

    public World World => Journal.State;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SubscriberRig> StartAsync(params Event[] more)
    {
        var rig = new SubscriberRig();
        rig.running.Add(rig.Journal.RunAsync(rig.stopping.Token));
        await rig.Journal.WaitForOpenAsync(Ct);
        await rig.HappensAsync([
            new PageConfigured(NoticeWorld.Noon, new("heroncopier1", "Heron Copier", "UTC") { Url = "https://status.example.com" }),
            new ComponentAdded(NoticeWorld.Noon, new(NoticeWorld.Home, "Homepage", null, 0)),
            new ComponentAdded(NoticeWorld.Noon, new(NoticeWorld.Mail, "Mail", null, 1) { OnlyFor = ["staff"] }),
            .. more,
        ]);
        rig.running.Add(rig.Office.RunAsync(static (_, _) => Task.CompletedTask, rig.stopping.Token));
        while (rig.Office.Contacts is null)
        {
            await Task.Yield();
        }

        return rig;
    }

    public async Task HappensAsync(params Event[] events) => await Journal.CommitAsync(_ => events, Ct);

    /// <summary>Asks as a reader does, and lets the time pass until the answer comes, and no further.</summary>
    public Task<AskOutcome> AskAsync(string address, string channel = "email", string? from = "198.51.100.7", params string[] components) =>
        AskAsync(address, null, channel, from, components);

    /// <param name="about">One incident, and nothing else.</param>
    public Task<AskOutcome> AskAsync(string address, IncidentId? about, string channel = "email", string? from = "198.51.100.7", params string[] components) =>
        Task.Run(
            async () =>
            {
                var asking = OptIn.AskAsync(
                    new() { Channel = channel, Address = address, Components = components }, about, from is null ? null : System.Net.IPAddress.Parse(from), Ct);
                while (!asking.IsCompleted)
                {
                    // Here, outside the test's own context, what waits for a moment goes on within the step that reaches it.
                    Time.Advance(TimeSpan.FromMilliseconds(10));
                    await Task.Yield();
                }

                return await asking;
            },
            Ct);

    public Subscriber The(string address, string channel = "email") => World.Subscribers[Office.Contacts!.FindByAddress(channel, address)!.Value];

    public string LinkOf(string address, LinkUse use, string channel = "email")
    {
        var id = The(address, channel).Id;
        return SubscriptionLink.Of(id, Office.Contacts!.Find(id)!.Secret!, use).ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}
