using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>
/// The one loop of everything that follows the journal: read a page behind the cursor, handle it, and only then move
/// the cursor. So each event is handled at least once; whoever must not act twice compares keys made of positions. An
/// event that cannot be handled stops this follower alone, loudly, and is never skipped.
/// </summary>
internal sealed class Follower(
    string name,
    IJournalReader journal,
    ICursor cursor,
    Func<IReadOnlyList<Envelope>, CancellationToken, ValueTask> handle,
    TimeProvider time,
    ILogger logger)
{
    private volatile FollowerCondition condition = new(FollowerPhase.Starting, Position.Start, null, null);
    private readonly Waking waking = new();
    private volatile bool released;
    private Position at;
    private int pageSize;
    private int failures;

    public string Name { get; } = name;

    public FollowerCondition Condition => condition;

    public FollowerLimits Limits { get; init; } = FollowerLimits.Default;

    /// <summary>What is worth trying again for ever, because the event is not to blame.</summary>
    public Func<Exception, bool> IsTransient { get; init; } =
        static fault => fault is IOException or TimeoutException or HttpRequestException or JournalFailedException;

    public long LagEvents => Math.Max(0, journal.Position.Value - condition.Position.Value);

    /// <summary>For how long the oldest event that is not yet handled has been in the journal.</summary>
    public TimeSpan Lag =>
        condition.OldestPendingSince is { } since && LagEvents > 0 ? time.GetUtcNow() - since : TimeSpan.Zero;

    /// <summary>A person's word that the poison is dealt with: the same event is tried again.</summary>
    public void Release()
    {
        released = true;
        waking.Wake();
    }

    /// <summary>Runs until stopped; no fault ends it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        pageSize = Limits.PageMax;
        try
        {
            await StartAsync(stopping);
            while (true)
            {
                await FollowAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Become(FollowerPhase.Stopped, null);
        }
    }

    private async Task StartAsync(CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await journal.WaitForOpenAsync(stopping);
                at = await cursor.LoadAsync(stopping);
                break;
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Become(FollowerPhase.Starting, fault.Message);
                await PauseAsync(attempt, stopping);
            }
        }

        if (at > journal.Position)
        {
            // The journal lost its tail. What is written from now on takes those positions again and must be handled.
            FollowerLog.Ahead(logger, Name, at.Value, journal.Position.Value);
            at = journal.Position;
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        IReadOnlyList<Envelope> page = [];
        try
        {
            if (at >= journal.Position)
            {
                Become(FollowerPhase.CaughtUp, null);
                await journal.WaitAsync(at, stopping);
            }

            page = await journal.ReadAsync(at, pageSize, stopping);
            if (page.Count > 0)
            {
                Become(FollowerPhase.Running, condition.Reason, page[0]);
                await handle(page, stopping);
            }
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            await FailedAsync(page, fault, stopping);
            return;
        }

        await MoveAsync(page, stopping);
    }

    private async Task MoveAsync(IReadOnlyList<Envelope> page, CancellationToken stopping)
    {
        try
        {
            if (page.Count > 0)
            {
                await cursor.SaveAsync(page[^1].Position, stopping);
                at = page[^1].Position;
            }

            failures = 0;
            pageSize = Limits.PageMax;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // The work is done and the note of it is not: it is done again, which everyone must be able to bear.
            await RetryAsync(page, fault, stopping);
        }
    }

    private async Task FailedAsync(IReadOnlyList<Envelope> page, Exception fault, CancellationToken stopping)
    {
        // The first failures shrink the page to one event, so that the guilty one is known by its position.
        var alone = page.Count == 1;
        if (page.Count == 0 || IsTransient(fault) || !alone || failures + 1 < Limits.AttemptsMax)
        {
            pageSize = 1;
            await RetryAsync(page, fault, stopping);
            return;
        }

        released = false;
        FollowerLog.Poisoned(logger, Name, page[0].Position.Value, page[0].Kind, fault);
        Become(
            FollowerPhase.Poisoned, $"Event {page[0].Position} ({page[0].Kind}) cannot be handled: {fault.Message}", page[0]);
        await waking.UntilAsync(() => released, stopping);
        failures = 0;
    }

    private async Task RetryAsync(IReadOnlyList<Envelope> page, Exception fault, CancellationToken stopping)
    {
        if (failures == 0)
        {
            FollowerLog.Retrying(logger, Name, at.Next.Value, fault);
        }

        Become(FollowerPhase.Retrying, fault.Message, page.Count > 0 ? page[0] : null);
        await PauseAsync(failures++, stopping);
    }

    private Task PauseAsync(int attempt, CancellationToken stopping)
    {
        var pause = Limits.PauseFirst * Math.Pow(2, Math.Min(attempt, 20));
        return Task.Delay(pause < Limits.PauseLongest ? pause : Limits.PauseLongest, time, stopping);
    }

    private void Become(FollowerPhase phase, string? reason, Envelope? oldest = null) => condition = new(
        phase, at, phase == FollowerPhase.CaughtUp ? null : oldest?.CommittedAt ?? condition.OldestPendingSince, reason);
}
