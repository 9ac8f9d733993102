using Candor.Agents;
using Candor.Attachments;
using Candor.Journal;
using Candor.Judging;
using Candor.Mirrors.Outside;
using Candor.Notices;
using Candor.Notices.Subscribers;
using Candor.Probing;
using Candor.Probing.Alert;
using Candor.Probing.Heartbeat;
using Candor.Samples;
using Candor.Settings;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Node;

/// <summary>
/// What stands behind the pages: everything that needs the journal. Made when the node runs, after the last known pages
/// are up, because reading a snapshot takes a moment.
/// </summary>
internal sealed class Works : IDisposable
{
    private readonly NodeOptions options;
    private readonly NodeEffects effects;
    private readonly SelfLog self;
    private readonly Meters meters;
    private readonly ILoggerFactory logs;
    private readonly SnapshotFile snapshots;
    private readonly HttpMessageInvoker outside;

    /// <param name="isServing">Whether readers get a page.</param>
    /// <param name="readings">How often they have read something since the process began.</param>
    public Works(NodeOptions options, NodeEffects effects, SelfLog self, Meters meters, ILoggerFactory logs, Func<bool> isServing, Func<long> readings)
    {
        (this.options, this.effects, this.self, this.meters, this.logs) = (options, effects, self, meters, logs);
        var (time, disk) = (effects.Time, effects.Disk);
        Reserve = new(disk, options.PathOf("reserve"), time, Log<Reserve>());
        snapshots = new(disk, options.PathOf("snapshot"));
        Journal = MakeJournal();
        var files = new FileStore(disk, options.PathOf(FileStore.FolderName));
        var names = new NamedFiles();
        var uploads = new Uploads(disk, options.PathOf(Uploads.FolderName), files, FileLimits.Default, time)
        {
            IsNamed = hash => names.IsNamed(Journal.State, hash),
        };
        Attachments = new(uploads, files, names, () => Journal, time, Log<AttachmentDesk>());
        Alive = new(disk, options.PathOf("alive"), time);
        Judging = new(Journal, time, effects.Randomness, options.SignsMax, Alive.Read());
        Samples = new(effects.OpenSamples, time, SamplerLimits.Default, new SampleMetrics(meters), Log<Sampler>());
        Charts = new(Samples, () => Journal.State, time);
        var tokens = HeartbeatTokens.Load(disk, options.PathOf(HeartbeatTokens.FileName), effects.Randomness);
        Heartbeats = new(disk, options.PathOf("heartbeats.json"), tokens, time);
        Alerts = new(disk, options.PathOf("alerts.json"), tokens, effects.Secrets, self, time);
        var tools = Tools();
        Scheduler = new(VantageId.Local, tools, ReportAsync, SchedulerOptions.Default, meters, Log<Scheduler>());
        Controls = new(VantageId.Local, tools, effects.Gateways, (reading, cancellation) => Judging.Signs.WriteAsync(reading, cancellation));
        Agents = new(
            AgentBook.Load(disk, options.PathOf(AgentBook.FileName)), () => Journal.State, effects.Secrets, TakeAsync, time, effects.Randomness);
        Heartbeats.Heard = Scheduler.LookNow;
        Alerts.Heard = Scheduler.LookNow;
        outside = OutsideReader.Client(effects.Network);
        ReadBack = new(new(outside), () => Journal.Current, self, time, Log<ReadBack>());
        Calls = new(outside, isServing, ProveAsync, self, time, Log<AliveCalls>());
        Settings = new(
            new SettingsPlace(disk, options.SettingsPath), new SettingsReader(CheckKinds.All), Journal, self, time, Log<SettingsWatch>())
        {
            Accepted = declaration =>
            {
                effects.Serve(declaration.Serving);
                ReadBack.Configure(new(declaration.ReadBack.From, declaration.ReadBack.Every, declaration.ReadBack.Within));
                Calls.Configure(new(
                    [.. declaration.Alive.Tell.Select(one => new AliveAddress(one.Written, () => one.Reveal(effects.Secrets)))], declaration.Alive.Every));
                var channels = ChannelDeclarations.Of(declaration.Notices, effects.Secrets, disk, out var fault);
                Office?.Configure(channels);
                self.Set("notices:settings", Gravity.Private, fault);
                effects.Admit(declaration);
            },
        };
        Office = effects.Office is { } office ? new(Journal, office, readings, self, logs) : null;
        Forgetting = Office is null ? null : new(new(() => Journal, () => Office, effects.Randomness, effects.Time), effects.Time, Log<Forgetting>());
    }

    public Journal<World, Event> Journal { get; }

    public Reserve Reserve { get; }

    public AliveMark Alive { get; }

    public JudgingLoop Judging { get; }

    public Sampler Samples { get; }

    public ChartBook Charts { get; }

    public HeartbeatBook Heartbeats { get; }

    public AlertBook Alerts { get; }

    public Scheduler Scheduler { get; }

    public Controls Controls { get; }

    /// <summary>What is known of the agents of other places.</summary>
    public AgentDesk Agents { get; }

    public SettingsWatch Settings { get; }

    /// <summary>Reads the page back where readers get it.</summary>
    public ReadBack ReadBack { get; }

    /// <summary>Files that belong to words.</summary>
    public AttachmentDesk Attachments { get; }

    /// <summary>Tells others that this node works.</summary>
    public AliveCalls Calls { get; }

    /// <summary>Null where nobody is told anything.</summary>
    public PostOffice? Office { get; }

    /// <summary>Destroys addresses that nobody is told at any more; null where nobody is told anything.</summary>
    public Forgetting? Forgetting { get; }

    /// <summary>Completes once the settings file has been looked at, whatever came of it.</summary>
    public TaskCompletionSource SettingsLooked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once every audience of this start has pages of its own, be they the last known ones.</summary>
    public TaskCompletionSource AudiencesFollowed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the snapshot stood from which this start began.</summary>
    public Position StartedFrom { get; private set; }

    public TimeProvider Time => effects.Time;

    public void Allow(IReadOnlyList<string> networks) => effects.Allow(networks);

    /// <summary>Writes snapshots so that the next start folds little.</summary>
    public Snapshotter MakeSnapshotter() => new(
        snapshots, Journal, () => WorldSnapshot.Of(Journal.Current), effects.Time, Log<Snapshotter>())
    {
        Written = Journal.Position,
    };

    public void Dispose()
    {
        Scheduler.Dispose();
        Controls.Dispose();
        Heartbeats.Dispose();
        Alerts.Dispose();
        Agents.Dispose();
        Attachments.Dispose();
        outside.Dispose();
    }

    private Journal<World, Event> MakeJournal()
    {
        var (start, fault) = WorldSnapshot.From(snapshots.Read());
        if (fault is not null)
        {
            NodeLog.NoSnapshot(Log<Works>(), fault);
        }

        StartedFrom = start?.Position ?? Position.Start;
        return new(
            OpenJournalAsync, new WorldFolding(effects.Time), start, effects.Time, JournalLimits.Default, Log<Journal<World, Event>>())
        {
            Admission = Reserve.Admit,
        };
    }

    /// <summary>On a full disk the log needs room to be moved into its file; the reserve has it.</summary>
    private ValueTask<IJournalStore> OpenJournalAsync(CancellationToken cancellation)
    {
        Reserve.MakeRoomFor(effects.Disk.Stat(options.PathOf("journal.db-wal"))?.Bytes ?? 0);
        return effects.OpenJournal(cancellation);
    }

    private ProbeTools Tools() => new(effects.Network, effects.Time, effects.Randomness)
    {
        Processes = effects.Processes,
        Secrets = effects.Secrets,
        Heartbeats = Heartbeats,
        Alerts = Alerts,
        Names = effects.Names,
        Self = new SelfView
        {
            Disk = () => (effects.Disk.FreeBytes(options.DataFolder), null),
            Journal = () => Journal.Condition is { Phase: JournalPhase.Running or JournalPhase.Opening }
                ? null
                : "it takes no events at the moment",
        },
    };

    /// <summary>A reading is measured for the charts and heard by the judge; neither waits for the other.</summary>
    private ValueTask ReportAsync(Observation seen, CancellationToken cancellation)
    {
        Samples.Add(seen);
        if (seen.Reading == Reading.Bad)
        {
            // Whether it is them or us is asked at once, not at the next round.
            Controls.Soon();
        }

        return Judging.Signs.WriteAsync(seen, cancellation);
    }

    /// <summary>The same for what an agent saw; whether it is blind it has asked itself.</summary>
    private async ValueTask TakeAsync(Arrival arrival, CancellationToken cancellation)
    {
        foreach (var seen in arrival.Measured)
        {
            Samples.Add(seen);
        }

        // The late ones first: what is fresh goes on with them.
        foreach (var sign in arrival.Late.Concat(arrival.Heard))
        {
            await Judging.Signs.WriteAsync(sign, cancellation);
        }
    }

    /// <summary>Whether the journal really takes what happens, not only says so.</summary>
    private async ValueTask<bool> ProveAsync(CancellationToken cancellation)
    {
        try
        {
            return (await Journal.ProveAsync(cancellation)).Refusal is null;
        }
        catch (JournalFailedException)
        {
            return false;
        }
    }

    private ILogger<T> Log<T>() => logs.CreateLogger<T>();
}
