using Candor.Agents;
using Candor.Journal;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.Pages.Audiences;
using Candor.Pages.Live;
using Candor.Settings;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Node;

/// <summary>
/// A running Candor, made of the five effects and nothing else, so that <c>candor serve</c> and the simulator build the
/// same:
/// 1. the last known pages go up; 2. snapshot and journal are read back; 3. the settings are looked at; 4. probing,
/// judging, publishing and the rest run, each in a supervised loop; 5. on stopping all end within seconds.
/// Only plain awaits, so that it also runs on one thread in virtual time.
/// </summary>
internal sealed class Node : IDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    private readonly NodeOptions options;
    private readonly NodeEffects effects;
    private readonly ILoggerFactory logs;
    private readonly Restriction restriction;
    private readonly TaskCompletionSource firstEdition = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Works? works;

    public Node(NodeOptions options, NodeEffects effects, ILoggerFactory logs)
    {
        (this.options, this.effects, this.logs) = (options, effects, logs);
        restriction = options.RestrictionOn(effects.Disk);
        Self = new(effects.Time);
        Live = new(effects.Time, LiveLimits.Default);
        Briefs = new NodeBriefs(() => Works, Self, effects.Time, options.Version);
        Publisher = MakePublisher(null, Announce);
        Publications = new(new(null, Publisher, Live));
        Past = new(() => Works.Journal, effects.Time, PastLimits.Default, logs.CreateLogger<PastPages>())
        {
            Plans = brief => options.Front(brief).Concat(options.Past(brief)),
            Today = () => HasWorks ? Works.Journal.State : null,
        };
    }

    public SelfLog Self { get; }

    public Meters Meters { get; } = new();

    public LiveStreams Live { get; }

    /// <summary>What the pages are rendered from.</summary>
    public IBriefSource Briefs { get; }

    public Publisher Publisher { get; }

    /// <summary>The pages of everybody and of each audience.</summary>
    public Publications Publications { get; }

    /// <summary>The pages as they were.</summary>
    public PastPages Past { get; }

    /// <summary>Everything behind the pages; there once <see cref="RunAsync"/> has begun.</summary>
    public Works Works => works ?? throw new JournalFailedException("This node is still starting; try again in a moment.");

    public bool HasWorks => works is not null;

    /// <summary>Null until the settings of this start are known: before that, agents would be told that there is nothing to do.</summary>
    public AgentDesk? Agents => works is { SettingsLooked.Task.IsCompleted: true, Agents: var agents } ? agents : null;

    /// <summary>What the page speaks: as its bytes have it, and before there are any, as the record of events does.</summary>
    public Language Language => IsServing ? Publisher.Edition.Language : Language.Of(works?.Journal.Current.State.Page.Language);

    /// <summary>Whether readers get a page, be it the last known one.</summary>
    public bool IsServing => Publisher.Edition.Front.Count > 0;

    /// <summary>Completes once a page is up that was rendered, not only restored.</summary>
    public Task FirstEdition => firstEdition.Task;

    /// <summary>Runs until stopped. Throws only where it cannot begin; afterwards faults are the supervisor's.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var made = new Works(options, effects, Self, Meters, logs, () => IsServing, () => Publications.Readings);
        works = made;
        var supervisor = new Supervisor(
            Self, new LoopMetrics(Meters), effects.Time, effects.Randomness, logs.CreateLogger<Supervisor>());
        using var metrics = new NodeMetrics(this);
        var running = NodeLoops.Of(this, made, (name, body) => supervisor.RunAsync(name, null, body, stopping))
            .Select(loop => supervisor.RunAsync(loop.Name, loop.Consequence, loop.Body, stopping))
            .ToArray();
        await EndedAsync(Task.WhenAll(running), stopping);
    }

    /// <summary>Pages of its own for an audience, with the last known ones up.</summary>
    public (Publication Publication, Publisher Publisher) Publish(string audience)
    {
        var live = new LiveStreams(effects.Time, LiveLimits.Default);
        var publisher = MakePublisher(audience, live.Announce);
        return (new(audience, publisher, live), publisher);
    }

    /// <summary>Takes the last known pages of an audience from the disk: it is not there any more.</summary>
    public void Forget(string audience) => effects.Disk.Delete(PathOf(audience));

    public void Dispose()
    {
        works?.Dispose();
        Meters.Dispose();
    }

    private Publisher MakePublisher(string? audience, Action<EditionNews> announce)
    {
        var publisher = new Publisher(
            new AudienceBriefs(Briefs, audience),
            new SavedEdition(effects.Disk, PathOf(audience))
            {
                Mark = () => works?.Settings.Handled ?? "",
                IsStillFor = restriction.IsOpenFor,
            },
            effects.Time,
            logs.CreateLogger<Publisher>())
        {
            Front = options.Front,
            Past = options.Past,
            Announce = announce,
            Threads = effects.Rendering,
        };
        publisher.Restore();
        return publisher;
    }

    private string PathOf(string? audience) => options.PathOf(audience is null ? "pages" : $"pages-{audience}");

    private async Task EndedAsync(Task all, CancellationToken stopping)
    {
        await Task.WhenAny(all, StoppingAsync(stopping));
        await Task.WhenAny(all, Task.Delay(StopWithin, effects.Time, CancellationToken.None));
        if (!all.IsCompleted)
        {
            NodeLog.StoppedLate(logs.CreateLogger<Node>(), StopWithin.TotalSeconds);
        }
    }

    private static async Task StoppingAsync(CancellationToken stopping)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = stopping.Register(() => asked.TrySetResult());
        await asked.Task;
    }

    private void Announce(EditionNews news)
    {
        works?.ReadBack.Note(news.Edition);
        Live.Announce(news);
        firstEdition.TrySetResult();
    }
}
