using System.Text;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Pages;
using Candor.Samples.Memory;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Drills.Simulation;

/// <summary>
/// A simulated computer that runs a whole node: the same one as <c>candor serve</c>, from settings file to page, with
/// time, randomness, disk, network and stores replaced. What a process held dies with it; what was written stays.
/// </summary>
internal sealed class Machine : IDisposable
{
    private const string DataFolder = "/data";
    private const string SettingsPath = "/etc/candor.yaml";
    private static readonly DateTimeOffset Beginning = new(2026, 3, 28, 20, 0, 0, TimeSpan.Zero);

    private readonly Script script;
    private readonly SeededRandomness random;
    private readonly Func<Brief, IEnumerable<PagePlan>> front;
    private readonly SimulatedDisk disk;
    private readonly SimulatedNetwork network;
    private readonly MemorySampleMedium samples = new();
    private readonly List<Outpost> outposts = [];
    private CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public Machine(
        Script script, SeededRandomness random, VirtualThread thread, Func<Brief, IEnumerable<PagePlan>> front)
    {
        (this.script, this.random, this.front, Thread) = (script, random, front, thread);
        Time = new(thread, Beginning);
        disk = new(script, Time);
        network = new(script, VantageId.Local.Value, Time, random.Fork(), Ledger);
        WriteSettings(script.Settings);
    }

    public VirtualThread Thread { get; }

    public VirtualTime Time { get; }

    public Ledger Ledger { get; } = new();

    public MemoryJournalMedium Journal { get; } = new();

    /// <summary>When the process that runs now was started.</summary>
    public TimeSpan StartedAt { get; private set; }

    /// <summary>The process that runs now; null between two.</summary>
    public Node.Node? Node { get; private set; }

    public void Start()
    {
        stopping = new();
        StartedAt = Time.Elapsed;
        Node = new(new(DataFolder, SettingsPath) { Front = front, Past = static _ => [] }, Effects(), NullLoggerFactory.Instance);
        running = Node.RunAsync(stopping.Token);
        foreach (var place in script.Outline?.Outposts ?? [])
        {
            // They live elsewhere and never fail here; to a node that begins anew they report anew.
            var outpost = new Outpost(place, new SimulatedNetwork(script, place, Time, random.Fork(), Ledger), Time, random.Fork());
            outposts.Add(outpost);
            _ = outpost.RunAsync(Node.Works, stopping.Token);
        }
    }

    /// <summary>As kill -9 does it.</summary>
    public void Crash()
    {
        Thread.Die();
        Node?.Dispose();
        outposts.ForEach(outpost => outpost.Dispose());
        outposts.Clear();
        Thread.Die();
        Node = null;
    }

    /// <summary>As SIGTERM does it; false where it does not end within a virtual minute.</summary>
    public bool Stop()
    {
        stopping.Cancel();
        var patience = Thread.Now + TimeSpan.FromMinutes(1).Ticks;
        Thread.Settle();
        while (!running.IsCompleted && Thread.NextDue is { } due && due <= patience)
        {
            Thread.RunUntil(due);
        }

        var ended = running.IsCompleted;
        Crash();
        return ended;
    }

    public void WriteSettings(string yaml) => disk.Put(SettingsPath, Encoding.UTF8.GetBytes(yaml));

    public void Dispose()
    {
        Crash();
        stopping.Dispose();
    }

    private NodeEffects Effects() => new(Time, random.Fork(), disk, network)
    {
        OpenJournal = cancellation => OpenAsync(cancellation),
        OpenSamples = _ => new(new MemorySampleStore(samples)),
        Names = SimulatedNetwork.Names,
        Gateways = SimulatedNetwork.Gateways,
    };

    private async ValueTask<Journal.IJournalStore> OpenAsync(CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), Time, cancellation);
        return script.IsOn(FaultKind.JournalFails, Time.Elapsed) && random.Chance(0.5)
            ? throw new IOException("The journal cannot be opened (simulated).")
            : new SimulatedStore(Journal, script, Time, random.Fork(), Ledger);
    }
}
