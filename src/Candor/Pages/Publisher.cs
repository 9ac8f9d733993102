using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.Effects;
using Candor.Journal;
using Candor.Pages.Audiences;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.Extensions.Logging;

namespace Candor.Pages;

/// <summary>
/// Follows the journal and turns what it adds up to into bytes:
/// 1. take the latest brief; 2. render the urgent pages that are due; 3. swap the edition, in one step; 4. tell the live
/// streams, and do the same for the other front pages; 5. render the version for when nobody can vouch for the pages, and
/// save it: before the other pages where an incident has news; 6. render archived pages a few at a time; 7. wait for a
/// change, for the next age to lapse, or for the pulse.
/// Readers only ever see finished editions. If all of this stops, the edition itself turns to what was last known.
/// </summary>
internal sealed partial class Publisher(
    IBriefSource source, SavedEdition saved, TimeProvider time, ILogger<Publisher> logger) : IEditionSource
{
    private readonly Shelf shelf = new();
    private readonly Archive archive = new();
    private volatile Edition edition = Edition.None;
    private volatile PublisherCondition condition = PublisherCondition.NotStarted;
    private volatile TaskCompletionSource waker = NewSignal();
    private volatile bool nudged;
    private ImmutableDictionary<IncidentId, Incident>? lastKnownIncidents;
    private DateTimeOffset savedAt = DateTimeOffset.MinValue;
    private long savedPosition = -1;
    private string gate = "";

    public PublisherLimits Limits { get; init; } = PublisherLimits.Default;

    /// <summary>
    /// Rendering takes milliseconds, and whoever asks for a page that is finished does not wait for them. Null: it is done wherever
    /// this happens to go on.
    /// </summary>
    public LowPriorityThreads? Threads { get; init; }

    /// <summary>The pages that can change at any time.</summary>
    public Func<Brief, IEnumerable<PagePlan>> Front { get; init; } = Catalogue.FrontOf;

    /// <summary>The pages of what is over.</summary>
    public Func<Brief, IEnumerable<PagePlan>> Past { get; init; } = Catalogue.ArchiveOf;

    /// <summary>Called after each swap with what is new in it; must return at once.</summary>
    public Action<EditionNews> Announce { get; init; } = static _ => { };

    /// <summary>What readers get at this moment.</summary>
    public Edition Edition => edition;

    /// <summary>How rendering goes; the first thing to show on the operator's own page when it does not.</summary>
    public PublisherCondition Condition => condition;

    /// <summary>
    /// Puts up what was last known, from disk, before anything else has started. Without it, or when it is damaged,
    /// readers are told to come back in a moment.
    /// </summary>
    public void Restore()
    {
        try
        {
            if (saved.Load() is { } restored)
            {
                edition = restored;
                LogRestored(restored.Front.Count, restored.Position);
            }
        }
        catch (IOException fault)
        {
            LogNotRestored(fault);
        }
    }

    /// <summary>Renders soon although the journal does not move: something about Candor itself has changed.</summary>
    public void Nudge()
    {
        nudged = true;
        waker.TrySetResult();
    }

    /// <summary>Publishes until cancelled; then leaves the newest pages for the next start.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await PublishUntilAsync(cancellation);
        }
        finally
        {
            if (edition is { IsRestored: false, Front.Count: > 0 })
            {
                Save(edition.Position, edition.RenderedAt);
            }
        }
    }

    private async Task PublishUntilAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Threads is not null)
            {
                await Threads.TurnAsync();
            }

            var began = time.GetTimestamp();
            nudged = false;
            var brief = source.Current();
            await PublishAsync(brief, cancellation);
            var unvouched = await PrepareAsync(brief, cancellation);

            // In a burst of changes each edition would replace the one before unread: never more than half of a core for
            // what is urgent. The rest gives way to what is newer, so the time that it took counts as the pause.
            var took = condition.Took;
            var least = took > Limits.ShortestGap ? took : Limits.ShortestGap;
            least = least < Limits.LongestGap ? least : Limits.LongestGap;
            if (least - (time.GetElapsedTime(began) - took) is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellation);
            }

            await ArchiveAsync(brief, unvouched, cancellation);
            await WaitAsync(brief, cancellation);
        }
    }

    /// <summary>Renders what is due and swaps the edition: first what readers wait for, then the rest.</summary>
    private async Task PublishAsync(Brief brief, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var plans = Front(brief).ToList();
        var regated = brief.Gate != gate;
        if (regated)
        {
            // What was made for other eyes stands neither beside new pages nor on the disk: all of it goes in one step.
            shelf.Clear();
            archive.Clear();
            (gate, savedAt) = (brief.Gate, DateTimeOffset.MinValue);
        }

        var awaited = regated ? plans : plans.Where(shelf.IsUrgent).ToList();
        var others = regated ? [] : plans.Where(plan => !shelf.IsUrgent(plan)).ToList();
        var urgent = await shelf.RenewAsync(awaited, brief, static _ => true, cancellation);
        Swap(brief);
        Announce(new(edition, urgent.News, brief.Now) { IsRegated = regated });
        var took = time.GetElapsedTime(began);
        if (HasNewsOfIncidents(brief))
        {
            // Should the clock jump while the rest is rendered, readers fall back to what was last known: with the incident.
            await PrepareAsync(brief, cancellation);
        }

        var other = await shelf.RenewAsync(shelf.OldestFirst(others), brief, AFewOrWhileNothingIsNewer(brief), cancellation);
        IReadOnlyList<string> news = [.. other.News, .. shelf.ForgetAllBut(plans)];
        Swap(brief);
        if (news.Count > 0)
        {
            Announce(new(edition, news, brief.Now));
        }

        condition = new(brief.Now, took, [.. shelf.Faults]);
        LogNew(shelf.Faults, brief);
        LogPublished(
            brief.Position.Value, urgent.Rendered + other.Rendered, urgent.News.Count + news.Count, took.TotalMilliseconds);
    }

    /// <summary>What can come a moment later, once the readers have the news, and only while there are no newer ones.</summary>
    private async Task<Brief> PrepareAsync(Brief brief, CancellationToken cancellation)
    {
        var unvouched = LastKnown.Of(brief);
        var news = HasNewsOfIncidents(brief);
        var wanted = AFewOrWhileNothingIsNewer(brief);
        await shelf.PrepareLastKnownAsync(unvouched, plan => (news && plan.Urgent) || wanted(plan), cancellation);
        lastKnownIncidents = brief.World.Incidents;
        Swap(brief);
        SaveWhenDue(brief);
        return unvouched;
    }

    /// <summary>What is served when nobody can vouch for the pages does not yet say what the incidents are.</summary>
    private bool HasNewsOfIncidents(Brief brief) => brief.World.Incidents != lastKnownIncidents;

    /// <summary>Renders what is over, as long as nothing newer waits. It is told without a word about now.</summary>
    private async Task ArchiveAsync(Brief brief, Brief unvouched, CancellationToken cancellation)
    {
        if (Threads is not null)
        {
            await Threads.TurnAsync();
        }

        archive.Plan(Past(brief), brief);
        Swap(brief);
        while (archive.HasWork && !HasMoved(brief))
        {
            var began = time.GetTimestamp();
            LogNew(await archive.RenderSomeAsync(unvouched, Limits.ArchiveSlice, cancellation), brief);
            Swap(brief);
            await Task.Delay(time.GetElapsedTime(began) + TimeSpan.FromMilliseconds(1), time, cancellation);
            if (Threads is not null)
            {
                await Threads.TurnAsync();
            }
        }
    }

    /// <summary>
    /// Something newer interrupts what nobody waits for, but not for ever: a few are rendered each time, so in any stream of
    /// changes the oldest have their turn, and none of them keeps the news waiting for longer than those few take.
    /// </summary>
    private Func<PagePlan, bool> AFewOrWhileNothingIsNewer(Brief brief)
    {
        var left = Limits.AFew;
        return _ => left-- > 0 || !HasMoved(brief);
    }

    private bool HasMoved(Brief brief) => source.Position != brief.Position;

    private void Swap(Brief brief) => edition = new()
    {
        Position = brief.Position.Value,
        RenderedAt = brief.Now,
        GoodUntil = brief.Now + Shelf.GoodFor,
        Front = shelf.Pages.ToFrozenDictionary(
            pair => pair.Key, pair => Shelf.Servable(pair.Value, brief.Now), StringComparer.Ordinal),
        LastKnown = shelf.Pages.Where(pair => pair.Value.LastKnown is not null)
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Value.LastKnown!, StringComparer.Ordinal),
        Unprepared = shelf.Pages.Where(pair => pair.Value is { Plan.SpeaksOfNow: true, LastKnown: null })
            .Select(pair => pair.Key).ToFrozenSet(StringComparer.Ordinal),
        Archive = archive.Pages,
        IsComplete = archive.IsComplete,
        IsClosed = brief.IsClosed,
        Eyes = new(brief.Audience, brief.Gate),
    };

    private void SaveWhenDue(Brief brief)
    {
        var due = brief.Position.Value == savedPosition ? Limits.SaveAnyway : Limits.SaveEvery;
        if (brief.Now < savedAt || brief.Now - savedAt >= due)
        {
            Save(brief.Position.Value, brief.Now);
        }
    }

    private void Save(long position, DateTimeOffset now)
    {
        (savedAt, savedPosition) = (now, position);
        try
        {
            saved.Save(
                position,
                shelf.Pages.Where(pair => pair.Value.Plan.Saved)
                    .Select(pair => (pair.Key, pair.Value.LastKnown ?? pair.Value.Bytes)));
        }
        catch (IOException fault)
        {
            // A full disk takes nothing from the readers; the next round tries again.
            savedPosition = -1;
            LogNotSaved(fault);
        }
    }

    /// <summary>
    /// Waits for whatever comes first. One signal that all causes complete, rather than a race of tasks: the simulator's
    /// single thread then decides what runs when.
    /// </summary>
    private async Task WaitAsync(Brief brief, CancellationToken cancellation)
    {
        var due = brief.Now + Limits.Pulse;
        var lapse = EvidenceAge.NextLapse(brief) + TimeSpan.FromMilliseconds(1);
        var pause = (lapse < due ? lapse.Value : due) - time.GetUtcNow();
        waker = NewSignal();
        if (nudged || archive.HasWork || pause <= TimeSpan.Zero)
        {
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var timer = time.CreateTimer(Wake, waker, pause, Timeout.InfiniteTimeSpan);
        await using var stop = cancellation.Register(Wake, waker);
        var following = FollowAsync(brief.Position, waker, over.Token);
        await waker.Task;
        Cancel(over);
        await following;
    }

    private async Task FollowAsync(Position after, TaskCompletionSource signal, CancellationToken cancellation)
    {
        try
        {
            await source.WaitAsync(after, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Something else came first.
        }

        signal.TrySetResult();
    }

    private static void Wake(object? signal) => ((TaskCompletionSource)signal!).TrySetResult();

    // CancelAsync would run its callbacks on another thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private void LogNew(IEnumerable<PageFault> faults, Brief brief)
    {
        foreach (var fault in faults.Where(fault => fault.Since == brief.Now))
        {
            LogFault(fault.Path, fault.Since, fault.Cause);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
